"""The list gives exactly the orders that fit, page by page, whichever way they are read."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inventory.models import Warehouse, WarehouseStaff
from oms.models import User
from orders.desk.asked import Asked
from orders.desk.notes.assign import assign_order
from orders.desk.notes.tag import tag_orders
from orders.desk.query import read
from orders.desk.query.read import Place, matching
from orders.desk.query.wanted import wanted_by
from orders.intake.draft import CustomerDraft, ShipTo
from orders.models import Order, Shipment
from orders.parcels.recipient import address_again
from orders.review.decide import hold_orders
from orders.states import OrderStatus
from tests.fixtures import flow
from tests.fixtures.company import Place as PlaceOrder
from tests.fixtures.company import create_sku, draft

pytestmark = pytest.mark.usefixtures("holds")
CITIES = ("上海市", "杭州市", "北京市")


def asked(line: str, statuses: tuple[OrderStatus, ...] = ()) -> Asked:
    return Asked(tab="all", statuses=statuses, text=line)


def all_pages(user: User, line: str, size: int = 2, statuses: Any = ()) -> list[int]:
    """Every order of the list, following its pages and where it says that it stopped."""
    wanted, orders = wanted_by(user, asked(line, statuses)), Order.objects.visible_to(user)
    found, after = list[int](), None
    for _turn in range(100):
        matches = matching(orders, wanted, Place(size, after))
        found += matches.ids[:size]
        if len(matches.ids) > size:
            after = found[-1]
        elif matches.stopped_at is not None:
            after = matches.stopped_at
        else:
            return found
    raise AssertionError("The list has no end.")


@pytest.fixture
def shop(place: PlaceOrder, clerk: User, reviewer: User, stocked: Warehouse) -> list[Order]:
    """Twelve orders that differ in everything one may ask for; the later, the earlier they were placed."""
    create_sku("POT-1")
    made = []
    for number in range(12):
        name, phone = "王小明" if number % 3 else "李四", f"1380013800{number % 4}"
        ship_to = ShipTo(name, phone, "CN", "浙江省", CITIES[number % 3], "西湖区", "文三路 1 号")
        lines = [("CUP-1", 1 + number), *([("POT-1", 1), ("POT-1", 2)] if number % 2 else [])]
        customer = CustomerDraft(name, phone)
        external = f"TB-{number}" if number % 4 else None
        moment = datetime(2026, 3, 20, 2, tzinfo=UTC) - timedelta(days=number)
        wish = draft(
            *lines, ship_to=ship_to, customer=customer, external_no=external, placed_at=moment
        )
        made.append(place(draft=wish))
    hold_orders([one.pk for one in made[:4]], actor=None, reason="Address")
    flow.cancel(made[5])
    tag_orders([one.pk for one in made[::2]], "加急", actor=clerk)
    for one in made[::3]:
        assign_order(one.pk, user_id=clerk.pk, actor=clerk)
    flow.pay(made[1], 10)
    return [flow.fresh(one) for one in made]


LINES = {
    "status:on-hold": lambda n: n < 4,
    "-status:on-hold": lambda n: n >= 4,
    "status:on-hold,cancelled city:上海": lambda n: (n < 4 or n == 5) and n % 3 == 0,
    "amount:>50": lambda n: n >= 5 or n == 3,
    "phone:8001": lambda n: n % 4 == 1,
    "-phone:8001,8002": lambda n: n % 4 in (0, 3),
    "sku:POT-1": lambda n: n % 2 == 1,
    "sku:POT-* -tag:加急": lambda n: n % 2 == 1,
    "tag:加急": lambda n: n % 2 == 0,
    "tag:加急 owner:me": lambda n: n % 6 == 0,
    "owner:none": lambda n: n % 3 != 0,
    "-owner:me": lambda n: n % 3 != 0,
    "owner:clerk,reviewer": lambda n: n % 3 == 0,
    "customer:李": lambda n: n % 3 == 0,
    "李 tag:加急": lambda n: n % 6 == 0,
    "8001 -city:上海": lambda n: n % 4 == 1 and n % 3 != 0,
    "date:2026-03-18..2026-03-20": lambda n: n <= 2,
    "date:2026-03-18..2026-03-20,2026-03-10 tag:加急": lambda n: n in (0, 2, 10),
    "-date:2026-03-18..": lambda n: n > 2,
    "date:2026-03 status:to-review": lambda n: n > 3 and n != 5,
    "external:tb-1": lambda n: n in (1, 10, 11) and n % 4 != 0,
    "-external:TB-1": lambda n: not (n in (1, 10, 11) and n % 4 != 0),
    "reason:address": lambda n: n < 4,
    "reason:held_by_person": lambda n: n < 4,
    "channel:web province:浙江": lambda _n: True,
    "-channel:web": lambda _n: False,
    "status:shipped -status:shipped": lambda _n: False,
    "tag:unknown": lambda _n: False,
    "parcel:mergeable,merged": lambda _n: False,
    "-parcel:可合单": lambda _n: True,
}  # fmt: skip


@pytest.mark.parametrize("reach", [(20_000, 2_001, 20_001), (3, 2, 2), (2, 3, 4)])
def test_every_line_gives_exactly_its_orders(
    shop: list[Order], clerk: User, monkeypatch: pytest.MonkeyPatch, reach: tuple[int, int, int]
):
    for name, value in zip(("LOOK", "FEW", "FEW_NEWEST"), reach, strict=True):
        monkeypatch.setattr(read, name, value)
    monkeypatch.setattr(matching, "__kwdefaults__", {"look": reach[0]})

    for line, fits in LINES.items():
        wanted = [order.pk for number, order in enumerate(shop) if fits(number)]
        # Of some days: by the day, and here the first order is the newest of them.
        in_order = wanted if line.startswith("date") else wanted[::-1]
        assert all_pages(clerk, line) == in_order, line


def test_paid_is_what_the_row_says(shop: list[Order], manager: User):
    alive = [order.pk for order in shop if order.status != "cancelled"][::-1]

    assert all_pages(manager, "paid:part") == [shop[1].pk]
    assert all_pages(manager, "付款:未付") == [pk for pk in alive if pk != shop[1].pk]
    assert all_pages(manager, "paid:paid") == []


def test_pages_lead_back_to_newer_ones(shop: list[Order], clerk: User):
    for line in ("tag:加急", "owner:none", "date:2026-03"):
        wanted, orders = wanted_by(clerk, asked(line)), Order.objects.all()
        first = matching(orders, wanted, Place(2)).ids
        second = matching(orders, wanted, Place(2, after=first[1])).ids

        assert matching(orders, wanted, Place(2, before=second[0])).ids == first[1::-1], line


def test_counts_are_of_every_tab_where_they_are_known(shop: list[Order], clerk: User):
    wanted = wanted_by(clerk, asked("tag:加急", (OrderStatus.ON_HOLD,)))

    matches = matching(Order.objects.all(), wanted, Place(50))

    assert (len(matches.ids), matches.counts) == (2, {"on_hold": 2, "pending_review": 4})
    assert (
        matching(Order.objects.all(), wanted_by(clerk, asked("city:上海")), Place(5)).counts is None
    )


@pytest.mark.parametrize("reach", [20_001, 2])
def test_somebody_limited_to_a_warehouse_sees_its_orders_only(
    shop: list[Order], packer: User, clerk: User, stocked: Warehouse, monkeypatch: pytest.MonkeyPatch, reach: int
):  # fmt: skip
    monkeypatch.setattr(read, "FEW_NEWEST", reach)
    monkeypatch.setattr(matching, "__kwdefaults__", {"look": 3})
    WarehouseStaff.objects.create(user=packer, warehouse=stocked)
    mine = [
        Shipment.objects.create(number=f"S{at}", order=shop[at], warehouse=stocked).order_id
        for at in (0, 8)
    ]
    address_again(mine)

    assert all_pages(packer, "tag:加急") == mine[::-1]
    assert all_pages(packer, "amount:>0") == mine[::-1]


@pytest.mark.parametrize(
    "line", ["city:上海", "tag:加急 amount:>1", "date:2026-03-01", "王 status:shipped"]
)
def test_no_plan_reads_a_whole_table(shop: list[Order], clerk: User, line: str):
    with CaptureQueriesContext(
        connection,
    ) as asked_of:
        all_pages(clerk, line)

    for one in asked_of.captured_queries:
        if "SET LOCAL" in one["sql"]:
            with connection.cursor() as cursor:
                cursor.execute(
                    one["sql"].replace("enable_seqscan = off; ", "enable_seqscan = off; EXPLAIN ")
                )
                plan = "\n".join(row[0] for row in cursor.fetchall())
            assert "Seq Scan on orders_order" not in plan
            assert "Limit" in plan
