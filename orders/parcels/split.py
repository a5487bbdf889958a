"""Splitting a parcel by hand, moving pieces to another warehouse, and putting parcels together again."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from inventory import ledger
from inventory.ledger import Allotment
from inventory.models import Warehouse
from oms.errors import FieldError, InvalidInput, NotPossible
from oms.models import User
from oms.sql import int_array, query
from orders.allocation.allocate import plan_alone
from orders.fulfilment.models import Shipment, ShipmentStatus
from orders.fulfilment.prepare import prepare_shipments
from orders.parcels.contents import Piece, divided, lock_untouched, require_fitting, told
from orders.transition import record

_KEEP_ALONE = "UPDATE orders_shipment SET stays_alone = true WHERE id = %s"
_PREPARE_AGAIN = "UPDATE orders_shipment SET prepared_at = NULL WHERE id = %s"
_CANCEL = """
UPDATE orders_shipment SET status = 'cancelled' WHERE id = ANY(%s::bigint[]) AND status = 'ready'
"""


def split_parcel(shipment_id: int, pieces: Mapping[int, int], *, actor: User | None) -> Shipment:
    """Take `pieces` (order line → how many) of a parcel into a new one of the same order and warehouse.

    Raises InvalidInput naming `line-<id>` or `pieces`, NotPossible for a parcel that is begun or merged.
    """
    with transaction.atomic():
        shipment, inside = lock_untouched(shipment_id)
        require_fitting(inside, pieces, may_empty=False)
        new = _new_parcel(shipment, shipment.warehouse_id)
        query(_KEEP_ALONE, [new.pk])
        _divide(inside, pieces, new.pk)
        query(_PREPARE_AGAIN, [shipment.pk])
        _tell("split", shipment, new.number, told(inside, pieces), actor)
    return new


def move_parcel(
    shipment_id: int, pieces: Mapping[int, int], warehouse_id: int, *, actor: User | None
) -> Shipment:
    """Take `pieces` of a parcel from another warehouse instead, which must have them free.

    Raises InvalidInput naming `warehouse`, `line-<id>` or `pieces`, NotPossible as `split_parcel`.
    """
    with transaction.atomic():
        shipment, inside = lock_untouched(shipment_id)
        require_fitting(inside, pieces, may_empty=True)
        target = _other_warehouse(shipment, warehouse_id)
        plan_alone()
        ledger.lock_stock(sorted({one.sku_id for one in inside}))
        allotments = _taken_from(target, inside, pieces)
        ledger.release(_divide(inside, pieces, None))
        new = _new_parcel(shipment, target.pk)
        ledger.reserve(allotments, [new.pk] * len(allotments))
        ledger.promise(allotments)
        if sum(pieces.values()) == sum(one.quantity for one in inside):
            query(_CANCEL, [int_array([shipment.pk])])
        query(_PREPARE_AGAIN, [shipment.pk])
        _tell("moved", shipment, new.number, told(inside, pieces), actor)
    return new


def _other_warehouse(shipment: Shipment, warehouse_id: int) -> Warehouse:
    target = Warehouse.objects.filter(pk=warehouse_id, is_active=True).first()
    if target is None or target.pk == shipment.warehouse_id:
        words = _("Choose a warehouse in use, other than the one the parcel leaves.")
        raise InvalidInput([FieldError("warehouse", "not_another", words, warehouse_id)])
    return target


def _taken_from(
    target: Warehouse, inside: list[Piece], pieces: Mapping[int, int]
) -> list[Allotment]:
    """What the warehouse gives instead. Raises InvalidInput where it has too few free pieces."""
    skus = {one.order_line_id: one.sku_id for one in inside}
    supply = ledger.look_at_supply(sorted(set(skus.values())))
    free = {one.sku_id: one for one in supply if one.warehouse_id == target.pk}
    left = {sku: one.available for sku, one in free.items()}
    errors, taken = [], []
    for line, wanted in pieces.items():
        there = left.get(skus[line], 0)
        if wanted > there:
            words = _("%(number)d are free in %(warehouse)s: write that or less.")
            told_words = words % {"number": there, "warehouse": target.name}
            errors.append(FieldError(f"line-{line}", "not_there", told_words, wanted))
        elif wanted:
            left[skus[line]] = there - wanted
            taken.append(Allotment(line, free[skus[line]].stock_id, target.pk, wanted))
    if errors:
        raise InvalidInput(errors)
    return taken


def _divide(inside: list[Piece], pieces: Mapping[int, int], shipment_id: int | None) -> list[int]:
    divisions = divided(inside, pieces, shipment_id)
    done = ledger.divide(divisions)
    if len(done) != len(divisions):
        raise RuntimeError("reservations of a locked order changed")
    return done


def _new_parcel(shipment: Shipment, warehouse_id: int) -> Shipment:
    place = (shipment.order_id, warehouse_id)
    return Shipment.objects.get(pk=prepare_shipments([place])[place])


def _tell(kind: str, shipment: Shipment, new: str, pieces: list[str], actor: User | None) -> None:
    data = {"shipment": shipment.number, "into": new, "pieces": pieces}
    record([shipment.order_id], kind=f"parcel_{kind}", actor=actor, data=data)


_ALIKE = """
SELECT s.id, s.number FROM orders_shipment s JOIN orders_shipment me ON me.id = %s
WHERE s.order_id = me.order_id AND s.warehouse_id = me.warehouse_id AND s.status = 'ready'
  AND s.consignment_id IS NULL AND s.id <> me.id ORDER BY s.id
"""


def rejoin_parcels(shipment_id: int, *, actor: User | None) -> list[str]:
    """Undo a split: what else the order has ready in this warehouse goes into this parcel. Their numbers.

    Raises NotPossible when there is nothing to put together, or as `split_parcel`.
    """
    with transaction.atomic():
        shipment, _inside = lock_untouched(shipment_id)
        others: dict[int, str] = dict(query(_ALIKE, [shipment_id]))
        if not others:
            words = _("%s is the only parcel of the order that waits in this warehouse.")
            raise NotPossible(words % shipment.number, code="single")
        ledger.unite(list(others), into=shipment.pk)
        query(_CANCEL, [int_array(others)])
        query(_PREPARE_AGAIN, [shipment.pk])
        if shipment.stays_alone and shipment.status == ShipmentStatus.READY:
            Shipment.objects.filter(pk=shipment.pk).update(stays_alone=False)
        data = {"shipment": shipment.number, "taken_in": list(others.values())}
        record([shipment.order_id], kind="parcel_rejoined", actor=actor, data=data)
    return list(others.values())
