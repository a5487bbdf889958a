"""Taking goods in."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from inventory.count import MAX_QUANTITY
from inventory.ledger import LotPieces, Posting, post
from inventory.models import StockMovement
from inventory.places import check_place, clean_place, open_bins
from oms.errors import FieldError, InvalidInput
from oms.models import User


@dataclass(frozen=True, slots=True)
class Arrival:
    """Pieces of a SKU that arrived, and the bin they are put in ("": they stay where the others lie).

    `unit_cost` of a piece in the SKU's currency moves the SKU's average; None leaves it. `lots` are told where the SKU
    has lots or serial numbers.
    """

    sku_id: int
    quantity: int
    bin_code: str = ""
    unit_cost: Decimal | None = None
    lots: tuple[LotPieces, ...] = ()


def receive(
    arrivals: Sequence[Arrival],
    *,
    warehouse_id: int,
    reference: str = "",
    event_key: str = "",
    actor: User | None,
) -> list[int]:
    """Add goods that arrived, all or none, in bins that are created when new.

    The same `event_key` (of the whole delivery, up to 60 characters) a second time adds nothing more.
    Returns the movements' ids in the order of `arrivals`. Raises InvalidInput; its fields are named
    `lines[0].quantity`, `lines[0].bin` and `lines[0].lots`.
    """
    codes = [clean_place(one.bin_code) for one in arrivals]
    _check(arrivals, codes)
    kind = StockMovement.Kind.RECEIPT.value
    with transaction.atomic():
        bins, _created = open_bins({(warehouse_id, code) for code in codes if code})
        return post(
            [
                Posting(
                    warehouse_id,
                    one.sku_id,
                    one.quantity,
                    kind,
                    reference=reference,
                    bin_id=bins.get((warehouse_id, code)),
                    unit_cost=one.unit_cost,
                    event_key=f"{event_key}#{at}" if event_key else "",
                    lots=one.lots,
                )
                for at, (one, code) in enumerate(zip(arrivals, codes, strict=True))
            ],
            actor=actor,
        )


def _check(arrivals: Sequence[Arrival], codes: Sequence[str]) -> None:
    errors = []
    for at, (one, code) in enumerate(zip(arrivals, codes, strict=True)):
        if not 1 <= one.quantity <= MAX_QUANTITY:
            words = _("Give the pieces received, 1 or more.")
            errors.append(FieldError(f"lines[{at}].quantity", "out_of_range", words, one.quantity))
        if one.unit_cost is not None and one.unit_cost < 0:
            words = _("Give the cost of a piece, 0 or more.")
            errors.append(
                FieldError(f"lines[{at}].unit_cost", "out_of_range", words, one.unit_cost)
            )
        errors += check_place(code, f"lines[{at}].bin")
    if errors:
        raise InvalidInput(errors)
