"""Random small worlds: orders with all that rules can ask about, and rules that ask about all of it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from customers.models import Customer
from inventory.models import Product, Sku, Stock, Warehouse
from oms.models import Channel
from orders.billing.models import Payment
from orders.desk.notes.models import OrderTag, Tag
from orders.intake.draft import CustomerDraft, LineDraft, OrderDraft, PaymentDraft, ShipTo
from orders.intake.place import place_orders
from orders.models import Order, OrderLine
from orders.returns.models import Return, ReturnLine
from orders.review.rules.fields import FIELDS
from orders.review.rules.models import RemoteArea
from orders.review.rules.operators import OPERATORS_OF, WITHOUT_VALUE, Kind
from orders.review.rules.signals import Signal
from orders.review.rules.text import Condition, Group, Outcome, RuleText

NUMBERS = (
    "0",
    "1",
    "2",
    "3",
    "5",
    "10",
    "12.5",
    "20",
    "24",
    "50",
    "100",
    "-1",
    "-20",
    "0.5",
    "33.33",
)
WORDS = (
    "gift",
    "Écru",
    "改地址",
    "浙江",
    "杭州",
    "A",
    "CUP-1",
    "pot-1",
    "toys",
    "VIP",
    "cny",
    "1380",
    "100%",
    "_",
)
TIMES = ("00:00", "06:30", "12:00", "22:00")
PLACES = (
    ShipTo("王小明", "13800138001", "CN", "浙江省", "杭州市", "西湖区", "文三路1号", "310000"),
    ShipTo("王小明", "13800138001", "CN", "西藏自治区", "拉萨市", "", "北京路2号", ""),
    ShipTo("Ann", "", "US", "Ohio", "", "", "Main St 5", ""),
    ShipTo("Ann", "13900139000", "CN", "", "", "", "", ""),
)
CUSTOMERS = (
    CustomerDraft("王小明", "13800138001"), CustomerDraft("Ann", "13900139000"), CustomerDraft(),
)  # fmt: skip
AGES = (0, 1, 5, 23, 24, 25, 100, 800)


def goods() -> None:
    """What all orders are about: SKUs with and without cost and floor, stock, channels, a remote area."""
    for code, name in (("web", "Web"), ("tmall", "Tmall")):
        Channel.objects.create(code=code, name=name)
    toys, none = (Product.objects.create(name=name, category=name) for name in ("Toys", ""))
    kept = [
        Sku(product=toys, code="CUP-1", name="Cup", price=10, cost=4, price_floor=8, weight_grams=300),
        Sku(product=none, code="POT-1", name="Pot", price=20, cost=25, weight_grams=1250),
        Sku(product=toys, code="ACE", name="Ace", price=5, price_floor=6),
        Sku(product=none, code="FIT", name="Fitting", price=30, kind="service", cost=1),
    ]  # fmt: skip
    skus = Sku.objects.bulk_create(kept)
    for place, is_active in enumerate((True, False)):
        warehouse = Warehouse.objects.create(
            code=f"W{place}", name=f"W{place}", is_active=is_active
        )
        Stock.objects.bulk_create(
            Stock(warehouse=warehouse, sku=sku, on_hand=4) for sku in skus[:2]
        )
    RemoteArea.objects.create(province="西藏")


# --- orders ---

_AMOUNTS = st.sampled_from([Decimal(0), Decimal(1), Decimal("2.50"), Decimal(10)])
_LINES = st.builds(
    LineDraft,
    st.sampled_from(["CUP-1", "CUP-1", "POT-1", "ACE", "FIT"]),
    st.sampled_from([1, 1, 2, 5, 12]),
    st.sampled_from([None, Decimal(7), Decimal("33.3333")]),
    _AMOUNTS,
)
_CHARGES = st.sampled_from(
    [
        LineDraft("", 1, Decimal(3), kind="charge", description="Wrapping"),
        LineDraft("", 1, Decimal(-4), kind="discount", description="Voucher"),
    ]
)
_PAYMENTS = st.none() | st.builds(
    PaymentDraft, st.just("cash"), st.sampled_from([Decimal(1), Decimal(10), Decimal(25)])
)


@st.composite
def drafts(draw: st.DrawFn) -> OrderDraft:
    lines = draw(st.lists(_LINES, min_size=1, max_size=3))
    hours = draw(st.sampled_from(AGES))
    return OrderDraft(
        draw(st.sampled_from(["web", "tmall"])),
        lines + draw(st.lists(_CHARGES, max_size=1)),
        placed_at=datetime.now(UTC) - timedelta(hours=hours, minutes=1),
        customer=draw(st.sampled_from(CUSTOMERS)),
        ship_to=draw(st.sampled_from(PLACES)),
        shipping_fee=draw(_AMOUNTS),
        discount=draw(_AMOUNTS),
        payment=draw(_PAYMENTS),
        note=draw(st.sampled_from(["", "a GIFT for A", "écru, 请改地址", "100%"])),
    )


_THINGS = st.sampled_from(
    ["cancelled", "on_hold", "completed", "paid", "paid_later", "refused", "back", "credited", "tagged", "less"]
)  # fmt: skip
_HISTORY = st.lists(st.tuples(st.integers(0, 6), _THINGS), max_size=8)
_BUYERS = st.fixed_dictionaries(
    {
        "level": st.sampled_from(["normal", "gold"]),
        "kind": st.sampled_from(["person", "company"]),
        "tags": st.sampled_from([[], ["VIP"], ["vip", "late"]]),
        "credit_limit": st.sampled_from([None, Decimal(0), Decimal(100)]),
    }
)
WORLDS = st.tuples(st.lists(drafts(), min_size=2, max_size=6), _HISTORY, _BUYERS)


def make(world: tuple[list[OrderDraft], list[tuple[int, str]], dict[str, Any]]) -> list[Order]:
    """Place the orders, and let happen to them what is drawn."""
    wanted, history, buyer = world
    place_orders(wanted, actor=None, door="test")
    Customer.objects.filter(phone="13800138001").update(**buyer)
    orders = list(Order.objects.order_by("pk"))
    for number, thing in history if orders else []:
        _happen(orders[number % len(orders)], thing, number)
    return list(Order.objects.order_by("pk"))


def _happen(order: Order, thing: str, number: int) -> None:
    line = OrderLine.objects.filter(order=order, kind="goods").order_by("position").first()
    match thing:
        case "cancelled" | "on_hold" | "completed":
            if order.status == "pending_review":
                steps = ("approved", "completed") if thing == "completed" else (thing,)
                for status in steps:
                    Order.objects.filter(pk=order.pk).update(status=status)
                order.status = thing
        case "paid" | "paid_later" | "refused":
            _pay(order, thing)
        case "back" | "credited" if line:
            _give_back(order, line, thing)
        case "tagged":
            tag, _new = Tag.objects.get_or_create(name=("VIP", "late")[number % 2])
            OrderTag.objects.get_or_create(order=order, tag=tag)
        case "less" if line:
            OrderLine.objects.filter(pk=line.pk).update(cancelled_quantity=line.quantity)


def _pay(order: Order, thing: str) -> None:
    moment = datetime.now(UTC) - timedelta(hours=48)
    status = "pending" if thing == "refused" else "received"
    amount = order.total_amount if order.total_amount else Decimal(-1)
    row = Payment.objects.create(
        order=order, method="bank", amount=amount, status=status, paid_at=moment
    )
    if thing == "paid":
        Payment.objects.filter(pk=row.pk).update(created_at=moment)


def _give_back(order: Order, line: OrderLine, thing: str) -> None:
    document = Return.objects.create(
        channel=order.channel, external_no=f"R{Return.objects.count()}", currency=order.currency,
        amount=5, happened_at=order.placed_at,
    )  # fmt: skip
    status = "applied" if thing == "credited" else "waiting"
    ReturnLine.objects.create(
        document=document, position=1, order_line=line, quantity=1, unit_price=5, amount=5, status=status,
    )  # fmt: skip


# --- rules ---


@st.composite
def conditions(draw: st.DrawFn, names: tuple[str, ...] = tuple(FIELDS)) -> Condition:
    field = FIELDS[draw(st.sampled_from(names))]
    operator = draw(st.sampled_from(OPERATORS_OF[field.kind]))
    if operator in WITHOUT_VALUE:
        return Condition(field.name, operator)
    return Condition(field.name, operator, draw(_values(field.kind, field.name, operator)))


def _values(kind: str, name: str, operator: str) -> st.SearchStrategy[str]:
    if kind == Kind.NUMBER:
        numbers = st.sampled_from(NUMBERS)
        if operator != "between":
            return numbers
        return st.tuples(numbers, numbers).map(lambda ends: "..".join(sorted(ends, key=Decimal)))
    if kind == Kind.TIME:
        times = st.sampled_from(TIMES)
        return st.tuples(times, times).map("..".join) if operator == "between" else times
    choices = FIELDS[name].choices
    pool = [word for word, _label in choices()] if choices else list(WORDS)
    if operator in ("eq", "ne"):
        return st.sampled_from([*pool, "100%", "écru, 请改地址"])
    return st.lists(st.sampled_from(pool), min_size=1, max_size=3).map("，".join)


_ODD = st.sampled_from([Condition("gone", "eq", "1"), Condition("total", "contains", "1")])
_GROUPS = st.builds(
    Group,
    st.lists(st.one_of(conditions(), conditions(), conditions()), min_size=1, max_size=3).map(
        tuple
    ),
    st.sampled_from(["all", "any"]),
)


@st.composite
def texts(draw: st.DrawFn) -> RuleText:
    groups = draw(st.lists(_GROUPS, min_size=1, max_size=2))
    if draw(st.integers(0, 9)) == 0:
        groups.append(Group((draw(_ODD),)))
    return RuleText(
        "",
        draw(st.sampled_from(Outcome.values)),
        "because",
        tuple(groups),
        draw(st.sampled_from(["all", "any"])),
        draw(st.sampled_from([(), (), ("web",), ("tmall", "web")])),
    )


SIGNALS = st.lists(
    st.builds(
        Group,
        st.lists(conditions(tuple(n for n in FIELDS if n != "risk")), min_size=1, max_size=2).map(
            tuple
        ),
        st.sampled_from(["all", "any"]),
    ),
    max_size=2,
).map(lambda groups: tuple(Signal(n, f"s{n}", 2 * n - 1, one) for n, one in enumerate(groups)))
RULES = st.lists(
    st.tuples(texts(), st.sampled_from(["on", "on", "on", "shadow", "paused"])),
    min_size=1, max_size=8,
)  # fmt: skip
