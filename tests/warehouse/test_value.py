"""What the stock is worth, and what is left of an order's money."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from inventory.ledger import Posting, post
from inventory.models import Sku, Warehouse
from inventory.value import Worth, stock_value
from orders.insights.margin import Margin, margin_of
from tests.fixtures.company import create_sku
from tests.fixtures.flow import approve, pick, receive, send
from tests.warehouse.days import days_pass

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


def bought(sku: Sku, warehouse: Warehouse, pieces: int, cost: str) -> None:
    post([Posting(warehouse.pk, sku.pk, pieces, "receipt", unit_cost=Decimal(cost))], actor=None)
    sku.refresh_from_db()


def test_the_value_is_pieces_times_the_moving_average(cup: Sku, warehouse: Warehouse) -> None:
    bought(cup, warehouse, 10, "4")
    bought(cup, warehouse, 10, "6")
    receive(create_sku("POT-1"), warehouse, 3)

    assert stock_value([warehouse], None) == [
        Worth("杭州仓", "", "CNY", 23, Decimal("100.0000"), 3)
    ]


def test_a_past_day_has_the_pieces_and_the_cost_of_that_day(cup: Sku, warehouse: Warehouse) -> None:
    bought(cup, warehouse, 10, "4")
    receive(cup, warehouse, -1)
    days_pass(3)
    bought(cup, warehouse, 9, "6")
    today = timezone.localdate()

    now, then, before = (
        [(one.pieces, one.value) for one in stock_value([warehouse], day)]
        for day in (None, today - timedelta(1), today - timedelta(4))
    )

    assert (now, then, before) == ([(18, Decimal(90))], [(9, Decimal(36))], [])


def test_only_who_may_see_money_sees_what_goods_cost(
    cup, warehouse, signed_in, packer, manager
) -> None:
    bought(cup, warehouse, 10, "4.5")

    for user, sees in ((packer, False), (manager, True)):
        words = signed_in(user).get("/stock/CUP-1/").content.decode()
        assert ("Average cost" in words, "¥45.00" in words) == (sees, sees)


def test_the_report_and_its_file_say_the_same(cup, warehouse, signed_in, manager) -> None:
    bought(cup, warehouse, 10, "4.5")
    client = signed_in(manager)

    page = client.get("/stock/value/")
    lines = b"".join(client.get("/stock/value/export/").streaming_content).decode().splitlines()

    assert page.context["totals"] == [("CNY", Decimal("45.0000"))]
    assert lines[1].split(",", 1)[1] == "杭州仓,,10,CNY,45.00,0"


@pytest.mark.parametrize("day", ["x", "2999-01-01", "1999-12-31", "2026-02-31"])
def test_a_day_that_cannot_be_is_refused(warehouse, signed_in, manager, day) -> None:
    page = signed_in(manager).get("/stock/value/", {"on": day})

    assert page.status_code == 422
    assert f'value="{day}"' in page.content.decode()


def test_the_report_takes_few_queries(
    cup, warehouse, signed_in, manager, django_assert_max_num_queries
) -> None:
    bought(cup, warehouse, 10, "4.5")
    client = signed_in(manager)

    for day in ("", "2026-01-01"):
        with django_assert_max_num_queries(7):
            client.get("/stock/value/", {"on": day})


def test_a_margin_is_the_lines_less_what_their_pieces_cost_when_they_left(
    place, cup: Sku, warehouse: Warehouse, signed_in, manager, packer
) -> None:
    bought(cup, warehouse, 10, "4")
    order = approve(place(("CUP-1", 3)))
    pick(order)
    assert margin_of(order.pk) is None
    order = send(approve(place(("CUP-1", 2))))
    bought(cup, warehouse, 10, "9")

    assert margin_of(order.pk) == Margin(Decimal("8.0000"), Decimal("12.0000"), Decimal("60.0"), 0)
    address = order.get_absolute_url()
    assert "¥12.00" in signed_in(manager).get(address).content.decode()
    assert "Margin" not in signed_in(packer).get(address).content.decode()


def test_a_margin_is_not_known_without_the_cost_of_every_piece(place, cup, warehouse) -> None:
    receive(cup, warehouse, 10)
    order = send(approve(place(("CUP-1", 2))))

    assert margin_of(order.pk) == Margin(Decimal(0), None, None, 2)
