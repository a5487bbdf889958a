"""What else the page of a SKU tells: what is kept for channels, packs, and the bundles it is made of or belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass

from inventory.availability import available
from inventory.models import BundleComponent, ChannelKept, Sku, Warehouse
from inventory.packs import Pack, in_packs
from oms.models import Channel


@dataclass(frozen=True, slots=True)
class Extras:
    """`bundles_free`: how many of a bundle its components allow; `packed`: the free pieces in packs, "" without."""

    kept: list[ChannelKept]
    channels: list[Channel]
    packs: list[Pack]
    packed: str
    components: list[BundleComponent]
    bundles: list[BundleComponent]
    bundles_free: int


def extras_of(sku: Sku, warehouses: Sequence[Warehouse], free: int, *, may_keep: bool) -> Extras:
    """`free` pieces of it are available in the warehouses that are shown."""
    is_bundle = sku.kind == Sku.Kind.BUNDLE
    packs = [Pack(one.name, one.pieces) for one in sku.packs.order_by("-pieces")]
    kept = ChannelKept.objects.filter(stock__sku=sku, stock__warehouse__in=warehouses)
    return Extras(
        kept=list(
            kept.select_related("channel", "stock__warehouse").order_by("channel__code", "pk")
        ),
        channels=list(Channel.objects.filter(is_active=True)) if may_keep else [],
        packs=packs,
        packed=in_packs(free, packs),
        components=list(sku.components.select_related("component").order_by("pk"))
        if is_bundle
        else [],
        bundles=[]
        if is_bundle
        else list(sku.bundles.select_related("bundle").order_by("bundle__code")),
        bundles_free=available([sku.pk])[sku.pk] if is_bundle else 0,
    )
