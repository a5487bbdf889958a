from inventory.models.bin_change import BinChange
from inventory.models.lot import Lot, LotMovement, LotStock
from inventory.models.pace import StockPace
from inventory.models.product import (
    BundleComponent,
    Product,
    Sku,
    SkuAlias,
    SkuBarcode,
    SkuPack,
)
from inventory.models.repair import StockRepair
from inventory.models.reservation import Reservation
from inventory.models.stock import ChannelKept, Stock, StockAdjustment, StockBlock, StockMovement
from inventory.models.warehouse import Bin, Warehouse, WarehouseStaff
from inventory.purchasing.models import (
    PurchaseLine,
    PurchaseMail,
    PurchaseOrder,
    Receipt,
    ReceiptLine,
)
from inventory.purchasing.supplier_models import SuggestionSnooze, Supplier, SupplierItem

from inventory.counting.models import CountLine, CountSheet  # isort: skip
from inventory.transfers.models import Transfer, TransferLine  # isort: skip

__all__ = [
    "Bin",
    "BinChange",
    "BundleComponent",
    "ChannelKept",
    "CountLine",
    "CountSheet",
    "Lot",
    "LotMovement",
    "LotStock",
    "Product",
    "PurchaseLine",
    "PurchaseMail",
    "PurchaseOrder",
    "Receipt",
    "ReceiptLine",
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
    "StockRepair",
    "SuggestionSnooze",
    "Supplier",
    "SupplierItem",
    "Transfer",
    "TransferLine",
    "Warehouse",
    "WarehouseStaff",
]
