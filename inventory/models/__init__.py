from inventory.models.bin_change import BinChange
from inventory.models.pace import StockPace
from inventory.models.product import (
    BundleComponent,
    Product,
    Sku,
    SkuAlias,
    SkuBarcode,
    SkuPack,
)
from inventory.models.reservation import Reservation
from inventory.models.stock import ChannelKept, Stock, StockAdjustment, StockBlock, StockMovement
from inventory.models.warehouse import Bin, Warehouse, WarehouseStaff

from inventory.counting.models import CountLine, CountSheet  # isort: skip
from inventory.transfers.models import Transfer, TransferLine  # isort: skip

__all__ = [
    "Bin",
    "BinChange",
    "BundleComponent",
    "ChannelKept",
    "CountLine",
    "CountSheet",
    "Product",
    "Reservation",
    "Sku",
    "SkuAlias",
    "SkuBarcode",
    "SkuPack",
    "Stock",
    "StockAdjustment",
    "StockBlock",
    "StockMovement",
    "StockPace",
    "Transfer",
    "TransferLine",
    "Warehouse",
    "WarehouseStaff",
]
