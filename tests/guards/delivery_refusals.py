"""For each constraint on what follows a parcel to its customer a statement that only it stops."""

DELIVERY_REFUSALS: dict[str, str] = {
    "tracking_event_once": (
        "INSERT INTO orders_trackingevent (shipment_id, state, at, words, key)"
        " SELECT s.id, 'collected', now(), 'w', 'k'"
        " FROM (SELECT min(id) AS id FROM orders_shipment) s, generate_series(1, 2)"
    ),
    "one_open_link_per_order": (
        "INSERT INTO orders_followlink (order_id, token_hash, token)"
        " SELECT o.id, n::text, 'sealed' FROM (SELECT min(id) AS id FROM orders_order) o, generate_series(1, 2) n"
    ),
}
