"""For each constraint on what follows a parcel to its customer a statement that only it stops."""

_CARRIER = (
    "WITH carrier AS (INSERT INTO orders_carrier (code, name, kind, account, is_active)"
    " VALUES ('c', 'C', 'manual', '', true) RETURNING id)"
)
_RATE = (
    f"{_CARRIER} INSERT INTO orders_carrierrate (carrier_id, first_grams, first_price, step_grams, step_price, days)"
    " SELECT id, 1000, {price}, 1000, 0, 1 FROM carrier, generate_series(1, {times})"
)

DELIVERY_REFUSALS: dict[str, str] = {
    "tracking_event_once": (
        "INSERT INTO orders_trackingevent (shipment_id, state, at, words, key)"
        " SELECT s.id, 'collected', now(), 'w', 'k'"
        " FROM (SELECT min(id) AS id FROM orders_shipment) s, generate_series(1, 2)"
    ),
    "carrier_rule_names_a_carrier": (
        "INSERT INTO orders_carrierrule (name, position, is_active, by) VALUES ('R', 1, true, 'named')"
    ),
    "carrier_rate_once_per_region": _RATE.format(price=1, times=2),
    "carrier_rate_is_a_price": _RATE.format(price=-1, times=1),
    "one_open_link_per_order": (
        "INSERT INTO orders_followlink (order_id, token_hash, token)"
        " SELECT o.id, n::text, 'sealed' FROM (SELECT min(id) AS id FROM orders_order) o, generate_series(1, 2) n"
    ),
}
