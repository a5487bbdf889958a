"""A stock is put in another bin."""

from django.db import transaction

from inventory.models import Stock
from inventory.models.bin_change import BinChange
from inventory.places import check_place, clean_place, open_bins
from oms.errors import InvalidInput
from oms.models import User


def change_bin(stock_id: int, code: str, *, actor: User | None) -> bool:
    """Say where a stock lies from now on ("": nowhere in particular); a new bin is created.

    Writes who did it; False when it lies there already. Raises InvalidInput (`bin_code`).
    """
    code = clean_place(code)
    if errors := list(check_place(code, "bin_code")):
        raise InvalidInput(errors)
    with transaction.atomic():
        locked = Stock.objects.select_for_update(no_key=True, of=("self",))
        stock = locked.select_related("bin").get(pk=stock_id)
        before = stock.bin.code if stock.bin else ""
        if code == before:
            return False
        bins, _created = open_bins({(stock.warehouse_id, code)} if code else set())
        stock.bin_id = bins.get((stock.warehouse_id, code))
        stock.save(update_fields=["bin"])
        BinChange.objects.create(stock=stock, before=before, after=code, actor=actor)
    return True
