"""What is sold in another way: a gift set, boxes, lots, pieces kept for a shop, a pre-order, stock held for a time."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.timezone import localdate, now

from inventory.bundles import Part, set_components
from inventory.catalogue import SkuDraft, create_sku, update_sku
from inventory.kept import keep_for_channel
from inventory.ledger import LotPieces
from inventory.models import Sku, SkuPack, Stock, Warehouse
from inventory.receive import Arrival, receive
from oms.models import Channel, User
from orders.allocation.hold import hold_softly
from orders.models import Order
from orders.states import OrderStatus

_BOX = 12


def make_offers(skus: Sequence[Sku], clerk: User, today: datetime) -> None:
    """Few of each. Stock is only held when the demo is of today: an old hold would be no more than an event."""
    first, second, third = skus[0], skus[5], skus[10]
    draft = SkuDraft(
        "GIFT-901-1", "新年礼盒", kind=Sku.Kind.BUNDLE, unit="盒", price=first.price * 2
    )
    gift = create_sku(draft)
    set_components(gift.pk, [Part(first, 1), Part(second, 2)])
    SkuPack.objects.bulk_create(SkuPack(sku=sku, name="箱", pieces=_BOX) for sku in skus[:8])
    shop = Channel.objects.get(code="taobao")
    for stock in Stock.objects.filter(sku=third).order_by("pk"):
        keep_for_channel(
            sku_id=third.pk, warehouse_id=stock.warehouse_id, channel_id=shop.pk, quantity=5
        )
    _sell_by_lots()
    update_sku(skus[-1].pk, reserve_from=localdate() + timedelta(days=30))
    if today.date() == now().date():
        waiting = Order.objects.filter(status=OrderStatus.PENDING_REVIEW).order_by("-pk")
        ids = sorted(waiting.values_list("pk", flat=True)[:3])
        hold_softly(ids, until=now() + timedelta(hours=24), actor=clerk)


def _sell_by_lots() -> None:
    """Milk in two lots, one of them near its end, and a device with serial numbers."""
    house = Warehouse.objects.order_by("priority")[0]
    milk = create_sku(
        SkuDraft("MILK-902-1", "纯牛奶 250ml", tracking="lot", unit="盒", price=Decimal(6))
    )
    scale = create_sku(
        SkuDraft("SCALE-903-1", "蓝牙厨房秤", tracking="serial", unit="台", price=Decimal(129))
    )
    lots = [
        LotPieces("M2611", 24, localdate() + timedelta(days=12)),
        LotPieces("M2612", 48, localdate() + timedelta(days=150)),
    ]
    serials = [LotPieces(f"SN2600{number}") for number in range(11, 16)]
    receive(
        [
            Arrival(milk.pk, 72, "F-01", Decimal(3), tuple(lots)),
            Arrival(scale.pk, len(serials), "F-02", Decimal(70), tuple(serials)),
        ],
        warehouse_id=house.pk,
        actor=None,
    )
