"""What a parcel holds, and pieces of it as somebody asks for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from inventory.ledger import Division
from oms.errors import FieldError, InvalidInput, NotPossible
from oms.sql import query
from orders.fulfilment.models import Shipment, ShipmentStatus
from orders.fulfilment.step import lock_orders_of
from orders.states import OrderStatus


@dataclass(frozen=True, slots=True)
class Piece:
    """A reservation in a parcel: so many pieces for one order line."""

    reservation_id: int
    order_line_id: int
    sku_id: int
    code: str
    quantity: int


_INSIDE = """
SELECT r.id, r.order_line_id, l.sku_id, k.code, r.quantity
FROM inventory_reservation r
JOIN orders_orderline l ON l.id = r.order_line_id
JOIN inventory_sku k ON k.id = l.sku_id
WHERE r.shipment_id = %s AND r.status = 'open' ORDER BY r.id FOR NO KEY UPDATE OF r
"""


def lock_untouched(shipment_id: int) -> tuple[Shipment, list[Piece]]:
    """A parcel that nobody has begun, and what is in it; both stay so until the transaction ends.

    Raises NotPossible for one that is begun, merged with others or gone.
    """
    lock_orders_of([shipment_id])
    found = Shipment.objects.select_related("order", "warehouse").filter(pk=shipment_id).first()
    if found is None:
        raise NotPossible(_("There is no such shipment."))
    words = {"number": found.number, "status": found.get_status_display()}
    if found.order.status == OrderStatus.CANCELLED or found.status != ShipmentStatus.READY:
        raise NotPossible(
            _("%(number)s is “%(status)s”; only a parcel that nobody has begun is changed.")
            % words,
            code="begun",
        )
    if found.consignment_id:
        raise NotPossible(
            _("%(number)s travels with other orders; take it out of the merged parcel first.")
            % words,
            code="merged",
        )
    return found, [Piece(*row) for row in query(_INSIDE, [shipment_id])]


def divided(
    inside: Sequence[Piece], pieces: Mapping[int, int], shipment_id: int | None
) -> list[Division]:
    """`pieces` per order line, taken from the reservations of a parcel, the oldest first."""
    left, found = dict(pieces), []
    for one in inside:
        taken = min(left.get(one.order_line_id, 0), one.quantity)
        if taken > 0:
            left[one.order_line_id] -= taken
            found.append(Division(one.reservation_id, taken, shipment_id))
    return found


def check_pieces(inside: Sequence[Piece], pieces: Mapping[int, int]) -> list[FieldError]:
    """What is wrong with `pieces` per order line; the field of line 7 is `line-7`, that of the sum `pieces`."""
    held: dict[int, int] = {}
    for one in inside:
        held[one.order_line_id] = held.get(one.order_line_id, 0) + one.quantity
    errors = []
    for line, wanted in pieces.items():
        if line not in held:
            words = _("Nothing of this line is in the parcel.")
            errors.append(FieldError(f"line-{line}", "not_in_it", words, wanted))
        elif wanted < 0:
            words = _("Write 0 or more.")
            errors.append(FieldError(f"line-{line}", "negative", words, wanted))
        elif wanted > held[line]:
            words = _("Only %d are in the parcel: write that or less.") % held[line]
            errors.append(FieldError(f"line-{line}", "too_many", words, wanted))
    if not errors and not any(pieces.values()):
        words = _("Write how many pieces go; nothing would move.")
        errors.append(FieldError("pieces", "empty", words, 0))
    return errors


def require_fitting(inside: Sequence[Piece], pieces: Mapping[int, int], *, may_empty: bool) -> None:
    """Raises InvalidInput with every wrong field."""
    errors = check_pieces(inside, pieces)
    is_all = sum(one.quantity for one in inside) == sum(pieces.values())
    if not errors and is_all and not may_empty:
        words = _("Leave a piece in the parcel, or there is nothing to split.")
        errors.append(FieldError("pieces", "everything", words, sum(pieces.values())))
    if errors:
        raise InvalidInput(errors)


def told(inside: Sequence[Piece], pieces: Mapping[int, int]) -> list[str]:
    """The pieces in words, as events keep them."""
    codes = {one.order_line_id: one.code for one in inside}
    return [f"{codes[line]} ×{wanted}" for line, wanted in pieces.items() if wanted]
