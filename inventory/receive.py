"""Taking goods in."""

from django.db import transaction
from django.utils.translation import gettext as _

from inventory.count import MAX_QUANTITY
from inventory.ledger import Posting, post
from inventory.models import Bin, StockMovement
from oms.errors import FieldError, InvalidInput
from oms.models import User

BIN_LENGTH = 20


def receive(
    *,
    warehouse_id: int,
    sku_id: int,
    quantity: int,
    reference: str = "",
    bin_code: str = "",
    actor: User | None,
) -> int:
    """Add goods that arrived, in a bin that is created when new; returns the movement's id."""
    if not 1 <= quantity <= MAX_QUANTITY:
        raise InvalidInput(
            [
                FieldError(
                    "quantity", "out_of_range", _("Give the pieces received, 1 or more."), quantity
                )
            ]
        )
    with transaction.atomic():
        bin_id = None
        if bin_code.strip():
            code = bin_code.strip()[:BIN_LENGTH]
            bin_id = Bin.objects.get_or_create(warehouse_id=warehouse_id, code=code)[0].pk
        kind = StockMovement.Kind.RECEIPT.value
        posting = Posting(warehouse_id, sku_id, quantity, kind, reference=reference, bin_id=bin_id)
        return post([posting], actor=actor)[0]
