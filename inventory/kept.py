"""Pieces that are kept for one channel: set per SKU, warehouse and channel."""

from django.db import transaction
from django.utils.translation import gettext as _

from inventory import ledger
from inventory.count import MAX_QUANTITY
from inventory.models import ChannelKept, Sku, Stock
from oms.errors import FieldError, InvalidInput


def keep_for_channel(
    *, sku_id: int, warehouse_id: int, channel_id: int, quantity: int
) -> ChannelKept | None:
    """Let the other channels leave so many free pieces there; 0 keeps none any more.

    Raises InvalidInput for a quantity out of range and for a SKU that has no stock or is no longer sold.
    """
    with transaction.atomic():
        errors = kept_faults(Sku.objects.get(pk=sku_id), quantity)
        if errors:
            raise InvalidInput(errors)
        ledger.lock_on_hand(warehouse_id, sku_id)
        stock = Stock.objects.get(warehouse=warehouse_id, sku=sku_id)
        if not quantity:
            ChannelKept.objects.filter(stock=stock, channel=channel_id).delete()
            return None
        kept, _is_new = ChannelKept.objects.update_or_create(
            stock=stock, channel_id=channel_id, defaults={"quantity": quantity}
        )
    return kept


def kept_faults(sku: Sku, quantity: int) -> list[FieldError]:
    """What is wrong with keeping so many pieces of the SKU."""
    found = []
    if not 0 <= quantity <= MAX_QUANTITY:
        words = _("Give a whole number of pieces from 0 to %d.") % MAX_QUANTITY
        found.append(FieldError("quantity", "out_of_range", words, str(quantity)[:40]))
    if sku.kind != Sku.Kind.GOODS:
        words = _("%s has no stock of its own: keep pieces of goods.") % sku.code
        found.append(FieldError("sku", "no_stock", words, sku.code))
    elif quantity and not sku.is_active:
        words = _("SKU %s is no longer sold. Choose another.") % sku.code
        found.append(FieldError("sku", "inactive", words, sku.code))
    return found
