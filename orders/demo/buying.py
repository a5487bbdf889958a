"""Two suppliers, what they sell, and purchase orders under way: so that the purchasing screens are alive."""

from datetime import datetime, timedelta
from random import Random

from inventory.models import PurchaseOrder, Sku, Supplier, SupplierItem
from inventory.purchasing.make import Wanted, make_orders
from inventory.purchasing.receive import Delivered, Delivery, receive_delivery
from inventory.purchasing.send import send_purchase
from inventory.purchasing.suggestions import Row, suggestions
from oms.models import User
from orders.demo.catalogue import Place

# Code: name, contact, language, minimum order, lead days, what their goods' codes begin with.
_SUPPLIERS = {
    "JDZ": ("景德镇青云瓷坊", "方师傅", "zh-hans", 3000, 12, ("TEA", "CUP", "LEAF")),
    "YWH": ("Yiwu Harvest Trading", "Ms Lin", "en", 2000, 7, ("PEN", "DISH", "KIT", "BOX", "LIN", "LAMP")),
}  # fmt: skip
_COST_SHARE = 0.45
_ORDERED_ROWS, _DAYS_AGO = 4, 9


def buy_goods(
    rng: Random, places: list[Place], skus: list[Sku], buyer: User, now: datetime
) -> None:
    """Suppliers of most goods; one purchase order half arrived and overdue, one just ordered, one a draft."""
    _create_suppliers(rng, skus)
    rows = [row for row in suggestions() if row.suggestion.quantity]
    old, new = (
        _ordered(places[0], rows[at : at + _ORDERED_ROWS], buyer) for at in (0, _ORDERED_ROWS)
    )
    _ordered(places[0], rows[2 * _ORDERED_ROWS : 2 * _ORDERED_ROWS + 2], buyer)
    for order in (*old, *new):
        send_purchase(order.pk, actor=buyer)
    ordered_at = now - timedelta(days=_DAYS_AGO)
    for order in old:
        day = (now - timedelta(days=1)).date()
        PurchaseOrder.objects.filter(pk=order.pk).update(ordered_at=ordered_at, expected_on=day)
        _receive_half(order, buyer)


def _create_suppliers(rng: Random, skus: list[Sku]) -> None:
    for code, (name, contact, language, minimum, days, prefixes) in _SUPPLIERS.items():
        supplier = Supplier.objects.create(
            code=code, name=name, contact=contact, language=language, minimum_amount=minimum, lead_days=days
        )  # fmt: skip
        SupplierItem.objects.bulk_create(
            SupplierItem(
                supplier=supplier,
                sku=sku,
                code=f"{code}-{sku.pk}",
                price=round(float(sku.price) * _COST_SHARE, 1),
                pack_size=rng.choice((1, 6, 12)),
                is_preferred=True,
            )
            for sku in skus
            if sku.code.startswith(prefixes)
        )


def _ordered(place: Place, rows: list[Row], buyer: User) -> list[PurchaseOrder]:
    wanted = [Wanted(row.sku_id, row.suggestion.quantity or 1) for row in rows]
    return make_orders(wanted, warehouse=place.warehouse, mark=2**40, actor=buyer).orders


def _receive_half(order: PurchaseOrder, buyer: User) -> None:
    first, *_others = order.lines.order_by("position")
    came = max(1, first.ordered // 2)
    receive_delivery(
        order.pk,
        Delivery([Delivered(first.pk, came - 1, 1)], reference="DN-2601"),
        event_key=f"demo:{order.number}",
        actor=buyer,
    )
