"""One step of shipments along their way: what pick, pack, ship, deliver and cancel have in common."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from oms.models import User
from oms.sql import int_array, query, rows_json
from orders.fulfilment.models import ShipmentStatus
from orders.outcome import Outcome
from orders.states import OrderStatus

# These shipments and all that travel with one of them.
_TOGETHER = """
SELECT s.id, s.order_id, s.number FROM orders_shipment s WHERE s.id = ANY(%(ids)s::bigint[])
UNION
SELECT m.id, m.order_id, m.number FROM orders_shipment s JOIN orders_shipment m ON m.consignment_id = s.consignment_id
WHERE s.id = ANY(%(ids)s::bigint[])
"""
# Orders first, by primary key; then their shipments.
_LOCK = f"""
SELECT o.id FROM orders_order o
WHERE o.id IN (SELECT order_id FROM ({_TOGETHER}) AS t) ORDER BY o.id FOR NO KEY UPDATE
"""

_STEP = """
UPDATE orders_shipment s SET status = %(target)s, carrier = coalesce(nullif(w.carrier, ''), s.carrier),
  waybill = coalesce(nullif(w.waybill, ''), s.waybill),
  shipped_at = CASE WHEN %(target)s = 'shipped' THEN now() ELSE s.shipped_at END,
  delivered_at = CASE WHEN %(target)s = 'delivered' THEN now() ELSE s.delivered_at END
FROM orders_order o, (SELECT unnest(%(ids)s::bigint[]) AS id) chosen
LEFT JOIN json_to_recordset(%(waybills)s) AS w(id bigint, carrier text, waybill text) USING (id)
WHERE s.id = chosen.id AND o.id = s.order_id AND s.status = %(source)s AND o.status <> ALL(%(stopped)s)
RETURNING s.id, s.order_id, s.number
"""

_WHERE_THEY_ARE = """
SELECT s.id, s.number, s.status, o.status FROM orders_shipment s JOIN orders_order o ON o.id = s.order_id
WHERE s.id = ANY(%s)
"""

_TELL = """
WITH touched AS (
  INSERT INTO orders_ordertouched (order_id) SELECT order_id FROM orders_shipment WHERE id = ANY(%(ids)s)
)
INSERT INTO orders_orderevent (order_id, kind, actor_id, actor_name, data)
SELECT s.order_id, %(kind)s, %(actor_id)s, %(actor_name)s,
       jsonb_strip_nulls(jsonb_build_object('shipment', s.number, 'carrier', nullif(s.carrier, ''),
                                            'waybill', nullif(s.waybill, '')))
FROM orders_shipment s WHERE s.id = ANY(%(ids)s) ORDER BY s.id
"""

STOPPED = [OrderStatus.ON_HOLD.value, OrderStatus.CANCELLED.value]


def lock_orders_of(shipment_ids: Sequence[int]) -> list[int]:
    """Lock the orders of these shipments, and of what travels with them, until the transaction ends; their ids."""
    return [row[0] for row in query(_LOCK, {"ids": int_array(shipment_ids)})]


@dataclass(frozen=True, slots=True)
class Going:
    """What is to take a step together, the `orders` of all of it being locked, and why some stay."""

    orders: list[int]
    shipment_ids: list[int]
    refused: dict[int, str]


def lock_together(shipment_ids: Sequence[int]) -> Going:
    """Lock the orders of these shipments and say what goes: a merged parcel goes as a whole.

    One that was merged between the look and the lock stays: the order that came along is not locked.
    """
    orders = lock_orders_of(shipment_ids)
    held, rows = set(orders), query(_TOGETHER, {"ids": int_array(shipment_ids)})
    apart = [pk for pk, order_id, _number in rows if order_id not in held]
    late = {row[0] for row in query(_TOGETHER, {"ids": int_array(apart)})} if apart else set()
    words = _("%s was merged with another parcel meanwhile. Look again.")
    return Going(
        orders,
        sorted({*shipment_ids, *(row[0] for row in rows)} - late),
        {pk: words % number for pk, _order_id, number in rows if pk in late & set(shipment_ids)},
    )


def together(shipment_ids: Sequence[int]) -> list[int]:
    """These shipments and all that travel with one of them."""
    return sorted(row[0] for row in query(_TOGETHER, {"ids": int_array(shipment_ids)}))


def take_step(
    going: Going, source: ShipmentStatus, target: ShipmentStatus, *, kind: str, actor: User | None,
    waybills: dict[int, tuple[str, str]] | None = None,
) -> Outcome:  # fmt: skip
    """Move each of `going` that is in `source` (and whose order is not stopped) to `target`; the others are refused."""
    marks = [
        {"id": pk, "carrier": carrier, "waybill": waybill}
        for pk, (carrier, waybill) in (waybills or {}).items()
    ]
    rows = query(
        _STEP,
        {"ids": going.shipment_ids, "source": source.value, "target": target.value, "stopped": STOPPED,
         "waybills": rows_json(marks)},
    )  # fmt: skip
    outcome = Outcome(done=sorted(row[0] for row in rows))
    if outcome.done:
        query(
            _TELL,
            {"kind": kind, "ids": outcome.done, "actor_id": actor.pk if actor else None,
             "actor_name": actor.display_name[:80] if actor else "system"},
        )  # fmt: skip
    left = [pk for pk in going.shipment_ids if pk not in set(outcome.done)]
    outcome.refused = going.refused | (_why_not(left, target) if left else {})
    return outcome


def _why_not(shipment_ids: Sequence[int], target: ShipmentStatus) -> dict[int, str]:
    words = {pk: _("There is no such shipment.") for pk in shipment_ids}
    for pk, number, status, order_status in query(_WHERE_THEY_ARE, [list(shipment_ids)]):
        if order_status in STOPPED:
            words[pk] = _("%(number)s: the order is “%(status)s”; do not send it.") % {
                "number": number, "status": OrderStatus(order_status).label,
            }  # fmt: skip
        else:
            words[pk] = _("%(number)s is “%(status)s”; it cannot become “%(target)s”.") % {
                "number": number, "status": ShipmentStatus(status).label, "target": target.label,
            }  # fmt: skip
    return words
