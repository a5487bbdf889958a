"""Several orders in one parcel: shipments of one warehouse to one recipient, none of them begun."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from oms.errors import NotPossible
from oms.models import User
from oms.sql import int_array, query, rows_json
from orders.fulfilment.models import ShipmentStatus
from orders.fulfilment.step import STOPPED, lock_orders_of
from orders.parcels.leave import forget_empty
from orders.states import OrderStatus


@dataclass(frozen=True, slots=True)
class Parcel:
    """A shipment as merging looks at it."""

    pk: int
    number: str
    order_id: int
    order_status: str
    status: str
    warehouse_id: int
    recipient_key: str
    currency: str
    consignment_id: int | None

    @property
    def bound_for(self) -> tuple[int, str, str]:
        return self.warehouse_id, self.recipient_key, self.currency


_PARCELS = """
SELECT s.id, s.number, s.order_id, o.status, s.status, s.warehouse_id, s.recipient_key, o.currency, s.consignment_id
FROM orders_shipment s JOIN orders_order o ON o.id = s.order_id
WHERE s.id = ANY(%(ids)s::bigint[]) OR s.consignment_id IN (
  SELECT consignment_id FROM orders_shipment WHERE id = ANY(%(ids)s::bigint[]) AND consignment_id IS NOT NULL)
ORDER BY s.id
"""


def merge_parcels(shipment_ids: Sequence[int], *, actor: User | None) -> list[int]:
    """Make one parcel of these, and of what already travels with them; returns the shipments in it.

    Raises NotPossible for fewer than two orders, for other recipients, warehouses or currencies, and for parcels that
    somebody has begun or whose order is stopped.
    """
    with transaction.atomic():
        held = set(lock_orders_of(shipment_ids))
        parcels = read_parcels(shipment_ids)
        if {one.order_id for one in parcels} - held:
            raise NotPossible(
                _("One of the parcels was merged with another meanwhile. Look again.")
            )
        require_mergeable(parcels)
        unite([parcels], actor=actor)
    return [one.pk for one in parcels]


def read_parcels(shipment_ids: Iterable[int]) -> list[Parcel]:
    """The shipments and all that travel with them."""
    return [Parcel(*row) for row in query(_PARCELS, {"ids": int_array(shipment_ids)})]


def require_mergeable(parcels: Sequence[Parcel]) -> None:
    """Raises NotPossible, saying what keeps these from being one parcel."""
    for one in parcels:
        _require_untouched(one)
    numbers = ", ".join(one.number for one in parcels)
    if len({one.order_id for one in parcels}) < 2:  # noqa: PLR2004
        raise NotPossible(_("Choose parcels of two or more orders to merge."), code="single")
    refusals = (
        ("warehouse_id", "warehouses", _("%s leave different warehouses; merge parcels of one.")),
        ("recipient_key", "recipients", _("%s go to different recipients or addresses.")),
        ("currency", "currencies", _("%s are paid in different currencies; customs wants one.")),
    )
    for name, code, words in refusals:
        if len({getattr(one, name) for one in parcels}) > 1:
            raise NotPossible(words % numbers, code=f"different_{code}")
    if not parcels[0].recipient_key:
        words = _("%s: telephone or street are missing; nobody knows whether it is one recipient.")
        raise NotPossible(words % numbers, code="no_recipient")


def _require_untouched(one: Parcel) -> None:
    if one.order_status in STOPPED:
        status = OrderStatus(one.order_status).label
        words = _("%(number)s: the order is “%(status)s”; its parcel stays where it is.")
        raise NotPossible(words % {"number": one.number, "status": status}, code="stopped")
    if one.status != ShipmentStatus.READY:
        status = ShipmentStatus(one.status).label
        words = _("%(number)s is “%(status)s”; only parcels that nobody has begun are merged.")
        raise NotPossible(words % {"number": one.number, "status": status}, code="begun")


_NEW = """
INSERT INTO orders_consignment (warehouse_id, recipient_key, currency)
SELECT warehouse_id, recipient_key, currency
FROM json_to_recordset(%s) AS w(warehouse_id bigint, recipient_key text, currency text)
RETURNING warehouse_id, recipient_key, currency, id
"""
_JOIN = """
WITH wanted AS (
  SELECT * FROM json_to_recordset(%(rows)s) AS w(id bigint, consignment_id bigint, company text[])
), joined AS (
  UPDATE orders_shipment s SET consignment_id = w.consignment_id, stays_alone = false, prepared_at = NULL
  FROM wanted w WHERE s.id = w.id
), told AS (
  INSERT INTO orders_orderevent (order_id, kind, actor_id, actor_name, data)
  SELECT s.order_id, 'merged', %(actor_id)s, %(actor_name)s,
    jsonb_build_object('shipment', s.number, 'merged_with', to_jsonb(w.company))
  FROM wanted w JOIN orders_shipment s ON s.id = w.id ORDER BY s.id RETURNING order_id
)
INSERT INTO orders_ordertouched (order_id) SELECT order_id FROM told
"""


def unite(
    groups: Sequence[Sequence[Parcel]], *, actor: User | None, actor_name: str = "system"
) -> None:
    """Each group, mergeable and locked by the caller, becomes one parcel. Three statements for any number."""
    homes: dict[tuple[int, str, str], int] = {}
    for group in groups:
        there = [one.consignment_id for one in group if one.consignment_id]
        if there:
            homes[group[0].bound_for] = min(there)
    new = [group[0] for group in groups if group[0].bound_for not in homes]
    for *bound_for, pk in query(_NEW, [rows_json([_bound(one) for one in new])]) if new else ():
        homes[(bound_for[0], bound_for[1], bound_for[2])] = pk
    rows, left = [], set[int]()
    for group in groups:
        home = homes[group[0].bound_for]
        for one in group:
            if one.consignment_id != home:
                company = [other.number for other in group if other is not one]
                rows.append({"id": one.pk, "consignment_id": home, "company": company})
                left.add(one.consignment_id or 0)
    who = {
        "actor_id": actor.pk if actor else None,
        "actor_name": actor.display_name[:80] if actor else actor_name,
    }
    query(_JOIN, {"rows": rows_json(rows)} | who)
    forget_empty(sorted(left))


def _bound(one: Parcel) -> dict[str, object]:
    return {
        "warehouse_id": one.warehouse_id,
        "recipient_key": one.recipient_key,
        "currency": one.currency,
    }
