from inventory.models.product import Product, Sku, SkuAlias, SkuBarcode
from inventory.models.reservation import Reservation
from inventory.models.stock import Stock, StockAdjustment, StockMovement
from inventory.models.warehouse import Bin, Warehouse, WarehouseStaff

__all__ = [
    "Bin",
    "Product",
    "Reservation",
    "Sku",
    "SkuAlias",
    "SkuBarcode",
    "Stock",
    "StockAdjustment",
    "StockMovement",
    "Warehouse",
    "WarehouseStaff",
]
