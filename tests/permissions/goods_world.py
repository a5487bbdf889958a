"""What the rows about stock and purchasing are about: made once for each of the two worlds."""

from typing import Any

from inventory.counting.choose import Choice
from inventory.counting.hand_out import hand_out
from inventory.ledger import Blocking, block
from inventory.models import Bin, Sku, Stock, Warehouse
from inventory.transfers.draft import Route, Wanted, write_transfer
from tests.fixtures.purchasing import create_item, create_supplier, draft_of


def warehouse_work(warehouse: Warehouse, sku: Sku) -> dict[str, Any]:
    """A place with blocked pieces, a transfer that is not sent yet, and a count sheet."""
    stock = Stock.objects.get(sku=sku)
    (block_id,) = block([Blocking(stock.pk, 1, "damaged")], actor=None)
    elsewhere = Warehouse.objects.get_or_create(code="NB", defaults={"name": "NB"})[0]
    route = Route(warehouse.pk, elsewhere.pk)
    transfer = write_transfer(route, [Wanted(sku.code, 1)], actor=None)
    shelf = Bin.objects.create(warehouse=warehouse, code="A-01")
    Stock.objects.filter(pk=stock.pk).update(bin=shelf)
    sheet = hand_out(warehouse, Choice("bins", "A-01"), is_blind=False, actor=None)
    return {
        "stock_id": stock.pk,
        "block": block_id,
        "transfer": transfer.number,
        "sheet": sheet.number,
    }


def purchase(sku: Sku, warehouse: Warehouse) -> str:
    supplier = create_supplier(f"S-{warehouse.code}")
    create_item(supplier, sku)
    return draft_of(warehouse, (sku, 5)).number
