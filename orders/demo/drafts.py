"""Three months of orders as drafts, each as its channel would hand it over."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from inventory.models import Sku
from orders.demo.calendar import is_promotion, moments
from orders.demo.people import Person
from orders.intake.draft import LineDraft, OrderDraft, PaymentDraft

ORDERS = 3000
_BOUGHT_TWICE = ((-9, -4), (-16, -11), (-22, -19))
_CENT = Decimal("0.01")
_FREE_SHIPPING_FROM, _SHIPPING_FEE = 99, Decimal(8)
_PROMOTION_DISCOUNT = Decimal("0.15")
_COUPONS = (Decimal(5), Decimal(10), Decimal(20))
_LINES = (55, 25, 12, 5, 3)
_QUANTITIES = (72, 16, 6, 4, 2)

_NOTES = (
    "请尽快发货，谢谢", "放快递柜即可", "送人的，请包装好", "工作日白天家里没人", "麻烦检查一下再发", "不要放门口",
    "请附小票", "和上一单一起发", "周末送货", "易碎，请多包一层",
)  # fmt: skip
_TROUBLE = ("改地址：寄到公司前台", "麻烦改地址，我搬家了", "下周再寄，晚点发", "出差中，请晚点发")


@dataclass(frozen=True, slots=True)
class Shop:
    """A channel's habits: its share of the orders, how people pay, how many do not pay at once."""

    channel: str
    share: int
    method: str
    unpaid: float
    price: Decimal = Decimal(1)


SHOPS = (
    Shop("taobao", 37, "alipay", 0.0),
    Shop("pinduoduo", 26, "wechat", 0.0, Decimal("0.95")),
    Shop("douyin", 16, "douyin", 0.0),
    Shop("web", 12, "wechat", 0.10),
    Shop("phone", 9, "bank", 0.6),
)


class Buyers:
    """Who buys what: a few customers and goods make up most of the orders."""

    def __init__(self, rng: Random, people: list[Person], skus: list[Sku]) -> None:
        self.rng, self.people, self.skus = rng, people, skus
        self.eagerness = [person.eagerness for person in people]
        ranks = rng.sample(range(len(skus)), len(skus))
        self.liked = [1 / (rank + 8) ** 0.85 for rank in ranks]

    def draft(self, number: int, placed_at: datetime, *, promotion: bool) -> OrderDraft:
        rng = self.rng
        shop = rng.choices(SHOPS, weights=[shop.share for shop in SHOPS])[0]
        person = rng.choices(self.people, weights=self.eagerness)[0]
        lines = self._lines(person, shop, promotion)
        goods = sum((_amount(line) for line in lines), Decimal(0))
        discount = rng.choice(_COUPONS) if goods > 60 and rng.random() < 0.12 else Decimal(0)  # noqa: PLR2004
        draft = OrderDraft(
            channel=shop.channel,
            lines=lines,
            external_no=_external_number(shop, number, placed_at),
            placed_at=placed_at,
            customer=person.customer,
            ship_to=person.ship_to,
            shipping_fee=Decimal(0) if goods >= _FREE_SHIPPING_FROM else _SHIPPING_FEE,
            discount=discount,
            ship_complete=len(lines) == 1 or rng.random() < 0.7,  # noqa: PLR2004
        )
        self._pay(draft, shop, goods)
        self._spoil(draft)
        return draft

    def _lines(self, person: Person, shop: Shop, promotion: bool) -> list[LineDraft]:
        rng = self.rng
        count = rng.choices(range(1, 6), weights=_LINES)[0]
        wanted = {sku.pk: sku for sku in rng.choices(self.skus, weights=self.liked, k=count)}
        lines = []
        for sku in wanted.values():
            quantity = rng.choices(range(1, 6), weights=_QUANTITIES)[0]
            price = (sku.price * shop.price).quantize(_CENT)
            line = LineDraft(sku.code, quantity * (4 if person.is_company else 1), price)
            if promotion:
                line.discount = (price * line.quantity * _PROMOTION_DISCOUNT).quantize(_CENT)
            lines.append(line)
        return lines

    def _pay(self, draft: OrderDraft, shop: Shop, goods: Decimal) -> None:
        if self.rng.random() < shop.unpaid or draft.placed_at is None:
            return
        paid_at = draft.placed_at + timedelta(seconds=self.rng.randint(5, 600))
        reference = f"{shop.method.upper()}{paid_at:%y%m%d}{self.rng.randrange(10**8):08d}"
        total = goods + draft.shipping_fee - draft.discount
        draft.payment = PaymentDraft(shop.method, total, reference, paid_at)

    def _spoil(self, draft: OrderDraft) -> None:
        """What goes wrong in real life: notes, missing telephone numbers and streets."""
        dice = self.rng.random()
        if dice < 0.010:  # noqa: PLR2004
            draft.note = self.rng.choice(_TROUBLE)
        elif dice < 0.016:  # noqa: PLR2004
            draft.ship_to = replace(draft.ship_to, phone="")
        elif dice < 0.021:  # noqa: PLR2004
            draft.ship_to = replace(draft.ship_to, street="")
        elif dice < 0.140:  # noqa: PLR2004
            draft.note = self.rng.choice(_NOTES)


def _amount(line: LineDraft) -> Decimal:
    """As the system computes it: prices have two decimals here, so nothing is rounded."""
    return (line.unit_price or Decimal(0)) * line.quantity - line.discount


def _external_number(shop: Shop, number: int, placed_at: datetime) -> str:
    match shop.channel:
        case "taobao":
            return f"{2410000000000000000 + number * 7919:d}"
        case "pinduoduo":
            return f"{placed_at:%y%m%d}-{300000000000000 + number * 104729:d}"
        case "douyin":
            return f"{6930000000000000000 + number * 15485863:d}"
        case "web":
            return f"W{100000 + number}"
        case _:
            return ""


def three_months(
    rng: Random, people: list[Person], skus: list[Sku], now: datetime
) -> list[OrderDraft]:
    """3,000 drafts in the order in which they were placed."""
    buyers = Buyers(rng, people, skus)
    drafts = [
        buyers.draft(number, placed_at, promotion=is_promotion(placed_at, now))
        for number, placed_at in enumerate(moments(rng, ORDERS, now))
    ]
    # A few buy twice within hours: their parcels could travel together.
    for first, again in _BOUGHT_TWICE:
        one = drafts[first]
        drafts[again] = replace(drafts[again], customer=one.customer, ship_to=one.ship_to)
    return drafts
