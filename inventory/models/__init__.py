from inventory.models.product import BundleComponent, Product, Sku, SkuAlias, SkuBarcode
from inventory.models.reservation import Reservation
from inventory.models.stock import Stock, StockAdjustment, StockBlock, StockMovement
from inventory.models.warehouse import Bin, Warehouse, WarehouseStaff
from inventory.purchasing.models import (
    PurchaseLine,
    PurchaseMail,
    PurchaseOrder,
    Receipt,
    ReceiptLine,
)
from inventory.purchasing.supplier_models import SuggestionSnooze, Supplier, SupplierItem

__all__ = [
    "Bin",
    "BundleComponent",
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
    "Stock",
    "StockAdjustment",
    "StockBlock",
    "StockMovement",
    "SuggestionSnooze",
    "Supplier",
    "SupplierItem",
    "Warehouse",
    "WarehouseStaff",
]
