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

__all__ = [
    "Bin",
    "BundleComponent",
    "ChannelKept",
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
    "Warehouse",
    "WarehouseStaff",
]
