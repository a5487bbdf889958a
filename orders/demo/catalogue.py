"""The goods table as SKUs with prices, barcodes and the channels' own codes; warehouses with bins."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from inventory.catalogue import SkuDraft, create_skus
from inventory.models import Bin, Product, Sku, SkuAlias, Warehouse
from oms.models import Channel
from orders.demo.goods import GOODS, Goods

AISLES = "ABCDEF"
RACKS, LEVELS = 6, 4
# code, name, priority (the lower is asked first), share of the stock, share of the goods kept there
WAREHOUSES = (
    ("HZ", "杭州仓", 10, 4, 0.8),
    ("GZ", "广州仓", 20, 3, 0.6),
    ("CD", "成都仓", 30, 3, 0.5),
)
_STEP = Decimal("0.35")
_ALIASED = 0.3


@dataclass(frozen=True, slots=True)
class Place:
    """A warehouse with its bins, and which share of the goods it gets."""

    warehouse: Warehouse
    bins: list[Bin]
    weight: int
    keeps: float


def create_goods(rng: Random) -> list[Sku]:
    """About 400 SKUs, in the order of the table."""
    products = Product.objects.bulk_create(
        Product(name=goods.name, category=goods.category) for goods in GOODS
    )
    drafts = []
    for number, (goods, product) in enumerate(zip(GOODS, products, strict=True), start=1):
        drafts += list(_variants(goods, number, product.pk))
    skus = create_skus(drafts)
    _name_in_taobao(skus, rng)
    return skus


def _variants(goods: Goods, number: int, product_id: int) -> Iterator[SkuDraft]:
    """Sizes cost more the larger; the rest costs the same."""
    grows = goods.variants[-1][-1] in "号装件杯瓶克升米层" or goods.variants[-1][0].isdigit()
    for place, variant in enumerate(goods.variants):
        factor = 1 + _STEP * place if grows else Decimal(1)
        yield SkuDraft(
            code=f"{goods.prefix}-{100 + number}-{place + 1}",
            name=f"{goods.name} {variant}",
            product_id=product_id,
            unit=goods.unit,
            weight_grams=int(goods.grams * factor),
            price=Decimal(int(goods.price * factor)),
            barcodes=[_barcode(number, place)],
        )


def _barcode(number: int, place: int) -> str:
    """An EAN-13 of the range that shops use for themselves (20…), with its check digit."""
    digits = f"2000{number:05d}{place:03d}"
    weighted = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(digits))
    return f"{digits}{-weighted % 10}"


def _name_in_taobao(skus: list[Sku], rng: Random) -> None:
    """Some goods have a code of their own in the Taobao shop."""
    taobao = Channel.objects.get(code="taobao")
    SkuAlias.objects.bulk_create(
        SkuAlias(sku=sku, channel=taobao, code=f"TB{710000 + sku.pk}")
        for sku in skus
        if rng.random() < _ALIASED
    )


def create_warehouses() -> list[Place]:
    """Three warehouses with 144 bins each."""
    return [_create_warehouse(*row) for row in WAREHOUSES]


def _create_warehouse(code: str, name: str, priority: int, weight: int, keeps: float) -> Place:
    warehouse = Warehouse.objects.create(code=code, name=name, priority=priority)
    bins = Bin.objects.bulk_create(
        Bin(warehouse=warehouse, code=f"{aisle}-{rack:02d}-{level:02d}")
        for aisle in AISLES
        for rack in range(1, RACKS + 1)
        for level in range(1, LEVELS + 1)
    )
    return Place(warehouse, bins, weight, keeps)
