"""What is sold in another way: a gift set, boxes, pieces kept for a shop, a pre-order, stock held for a time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.timezone import localdate, now

from inventory.bundles import Part, set_components
from inventory.catalogue import SkuDraft, create_sku, update_sku
from inventory.kept import keep_for_channel
from inventory.models import Sku, SkuPack, Stock
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
    update_sku(skus[-1].pk, reserve_from=localdate() + timedelta(days=30))
    if today.date() == now().date():
        waiting = Order.objects.filter(status=OrderStatus.PENDING_REVIEW).order_by("-pk")
        ids = sorted(waiting.values_list("pk", flat=True)[:3])
        hold_softly(ids, until=now() + timedelta(hours=24), actor=clerk)
