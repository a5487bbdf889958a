"""What a list that stays open is told: new orders it would show, rows that are not true any more, else nothing."""

from typing import Any

import pytest

from inventory.models import Warehouse, WarehouseStaff
from oms.models import User
from orders.models import Order
from orders.review.decide import hold_orders
from tests.fixtures.company import Place


def told(browser: Any, *rows: str, newest: int = 0, asked: str = "") -> Any:
    response = browser.post("/orders/fresh/", {"list": asked, "newest": newest, "row": rows})
    return response.json() if response.status_code == 200 else response.status_code


def test_without_news_there_is_no_answer(place: Place, clerk: User, signed_in: Any):
    order = place()

    assert told(signed_in(clerk), f"{order.pk}:pending_review.1", newest=order.pk) == 204


def test_new_orders_are_counted_where_the_list_would_show_them(
    place: Place, clerk: User, signed_in: Any
):
    first, held, _third = place(), place(), place(external_no="T-9")
    hold_orders([held.pk], actor=clerk, reason="?")
    browser = signed_in(clerk)

    def new(asked: str) -> Any:
        answer = told(browser, newest=first.pk, asked=asked)
        return answer if answer == 204 else answer["new"]

    assert new("") == "2 new orders – show"
    assert new("tab=hold") == "1 new order – show"
    assert new("tab=shipped") == 204
    assert new("q=T-9") == "1 new order – show"
    assert new("q=status:hold") == "1 new order – show"
    assert new("q=amount:>9999") == 204
    assert told(browser, newest=0) == 204


def test_more_than_99_are_not_counted(
    place: Place, clerk: User, signed_in: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("orders.desk.fresh.MOST_NEW", 2)
    monkeypatch.setattr("orders.desk.fresh_views.MOST_NEW", 2)
    first = [place() for _ in range(4)][0]

    assert told(signed_in(clerk), newest=first.pk)["new"] == "2+ new orders – show"
    assert told(signed_in(clerk), newest=first.pk, asked="q=amount:>1")["new"].startswith("2+")


def test_changed_rows_come_with_their_status(place: Place, clerk: User, signed_in: Any):
    held, edited, same = place(), place(), place()
    hold_orders([held.pk], actor=clerk, reason="?")
    Order.objects.filter(pk=edited.pk).update(version=2)

    rows = [f"{one.pk}:pending_review.1" for one in (held, edited, same)]
    changed = told(signed_in(clerk), *rows)["changed"]

    assert {pk: one["state"] for pk, one in changed.items()} == {
        str(held.pk): "on_hold.1",
        str(edited.pk): "pending_review.2",
    }
    assert "On hold" in changed[str(held.pk)]["status"]


def test_nothing_is_told_of_what_lies_elsewhere(
    place: Place, packer: User, warehouse: Warehouse, signed_in: Any
):
    order = place()
    WarehouseStaff.objects.create(user=packer, warehouse=warehouse)

    assert told(signed_in(packer), f"{order.pk}:x", newest=1) == 204


@pytest.mark.parametrize("row", ["", ":", "x:y", "9" * 30 + ":a", "1", "\x00:\x00"])
def test_what_makes_no_sense_is_no_row(clerk: User, signed_in: Any, row: str):
    assert told(signed_in(clerk), row, newest=1, asked="q=\x00&after=x") == 204


def test_it_asks_little_whatever_the_rows(
    place: Place, clerk: User, signed_in: Any, django_assert_max_num_queries: Any
):
    orders = [place() for _ in range(12)]
    browser = signed_in(clerk)
    rows = [f"{one.pk}:old" for one in orders]

    with django_assert_max_num_queries(7):
        told(browser, *rows, newest=orders[0].pk)


def test_the_list_says_what_it_would_ask_with(place: Place, clerk: User, signed_in: Any):
    order = place()
    browser = signed_in(clerk)

    first, second = browser.get("/orders/"), browser.get(f"/orders/?after={order.pk + 1}")

    assert f'data-newest="{order.pk}"' in first.content.decode()
    assert 'data-newest="0"' in second.content.decode()
    assert 'data-state="pending_review.1"' in first.content.decode()
