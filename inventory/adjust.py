"""Correcting stock by differences."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from inventory.ledger import LotPieces, Posting, post
from inventory.models import StockMovement
from oms.errors import FieldError, InvalidInput
from oms.models import User


@dataclass(frozen=True, slots=True)
class Difference:
    """So many pieces of a SKU more (positive) or fewer (negative) than the book says.

    Of a SKU with lots or serial numbers, pieces more name theirs; pieces fewer without a name are of the lots that
    expire first.
    """

    sku_id: int
    quantity: int
    lots: tuple[LotPieces, ...] = ()


def adjust(
    differences: Sequence[Difference],
    *,
    warehouse_id: int,
    reason: str,
    reference: str = "",
    actor: User | None,
) -> list[int]:
    """Post the differences, all or none; returns the movements' ids in their order.

    Raises InvalidInput (fields are named `lines[0].quantity`, `lines[0].lots`, `reason`); NotPossible when less than
    the reserved would be left.
    """
    words = _("Give a difference other than zero.")
    errors = [
        FieldError(f"lines[{at}].quantity", "zero", words, 0)
        for at, one in enumerate(differences)
        if not one.quantity
    ]
    if not reason.strip():
        errors.append(FieldError("reason", "empty", _("Say why the stock differs.")))
    if errors:
        raise InvalidInput(errors)
    kind = StockMovement.Kind.ADJUSTMENT.value
    return post(
        [
            Posting(warehouse_id, one.sku_id, one.quantity, kind, reason, reference, lots=one.lots)
            for one in differences
        ],
        actor=actor,
    )
