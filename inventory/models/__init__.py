from inventory.models.product import BundleComponent, Product, Sku, SkuAlias, SkuBarcode
from inventory.models.repair import StockRepair
from inventory.models.reservation import Reservation
from inventory.models.stock import Stock, StockAdjustment, StockBlock, StockMovement
from inventory.models.warehouse import Bin, Warehouse, WarehouseStaff

__all__ = [
    "Bin",
    "BundleComponent",
    "Product",
    "Reservation",
    "Sku",
    "SkuAlias",
    "SkuBarcode",
    "Stock",
    "StockAdjustment",
    "StockBlock",
    "StockMovement",
    "StockRepair",
    "Warehouse",
    "WarehouseStaff",
]
