from typing import Any

import pytest
from django.http import QueryDict

from oms.errors import InvalidInput
from oms.models import User
from orders.desk import listing
from orders.desk.asked import asked_in
from orders.desk.columns.layout import moved, offered, save_layout
from orders.desk.columns.models import ListLayout
from orders.desk.columns.registry import BY_NAME, COLUMNS, USUAL, known_columns
from orders.desk.notes.assign import assign_order
from orders.desk.notes.tag import tag_orders
from tests.fixtures import flow
from tests.fixtures.company import Place

ALL = [column.name for column in COLUMNS]


def headings(response: Any) -> list[str]:
    return [str(column.label) for column in response.context["columns"][1:]]


def test_the_usual_columns_are_those_of_the_specification(clerk: User, signed_in: Any):
    assert headings(signed_in(clerk).get("/orders/")) == [
        "Order", "Placed", "Customer", "City", "Goods", "Amount", "Payment", "Status", "Reason, next step",
        "Promised", "Owner", "Notes",
    ]  # fmt: skip


def test_chosen_columns_show_in_their_order_after_the_number(
    place: Place, clerk: User, signed_in: Any
):
    place(external_no="T-77")
    browser = signed_in(clerk)

    data = {"column": ["amount", "external_no", "number"], "density": "compact", "next": "/orders/"}
    assert browser.post("/orders/columns/", data).status_code == 302
    page = browser.get("/orders/")

    assert headings(page) == ["Order", "Amount", "Platform no."]
    assert '<td class="cell-full">T-77</td>' in page.content.decode()
    assert "rows-compact rows-chosen" in page.content.decode()


def test_only_what_is_shown_is_read(place: Place, clerk: User, django_assert_num_queries: Any):
    place()
    columns = known_columns(["amount"], clerk)
    parts = [part for column in columns for part in column.parts]

    with django_assert_num_queries(2) as asked:  # the limits of the reader, and the rows
        rows = listing.page(clerk, asked_in(QueryDict()), QueryDict(), parts).rows

    assert "orders_payment" not in asked.captured_queries[-1]["sql"]
    assert (rows[0].amount, rows[0].customer) == ('<span class="num">¥10.00</span>', "")


def test_every_column_has_its_cell(place: Place, clerk: User, signed_in: Any):
    order = flow.approve(place(external_no="T-77", note="Ring twice"))
    tag_orders([order.pk], "VIP", actor=clerk)
    assign_order(order.pk, user_id=clerk.pk, actor=clerk)
    save_layout(clerk, ALL, "normal")

    page = signed_in(clerk).get("/orders/").content.decode()

    for part in ("T-77", "浙江省", "西湖区", "Ring twice", "VIP", "Web shop", "¥10.00"):
        assert part in page
    assert page.count("<th ") == len(COLUMNS) + 1


@pytest.mark.parametrize("rows", [1, 6])
def test_all_columns_cost_no_further_query(
    place: Place, clerk: User, signed_in: Any, rows: int, django_assert_num_queries: Any
):
    for _ in range(rows):
        place()
    save_layout(clerk, ALL, "normal")
    browser = signed_in(clerk)

    with django_assert_num_queries(5):
        browser.get("/orders/")


def test_money_is_no_column_for_those_who_do_not_see_it(packer: User, signed_in: Any):
    save_layout(packer, ["payment", "owed", "city"], "normal")

    assert headings(signed_in(packer).get("/orders/")) == ["Order", "City"]
    offered_names = {column.name for column, _is in offered([], packer)}
    assert not offered_names & {"payment", "owed"}


def test_a_column_that_is_gone_is_passed_over(clerk: User, signed_in: Any):
    ListLayout.objects.create(user=clerk, columns=["moon_phase", "city", "city"])

    assert headings(signed_in(clerk).get("/orders/")) == ["Order", "City"]


def test_the_usual_columns_are_kept_as_no_choice(clerk: User):
    assert save_layout(clerk, ALL[:3], "touch").columns == ["number", "placed", "customer"]
    assert save_layout(clerk, USUAL, "touch").columns == []


@pytest.mark.parametrize(
    ("columns", "density"), [([], "normal"), (["city"], "huge"), (["x"], "normal")]
)
def test_what_makes_no_list_is_refused(clerk: User, columns: list[str], density: str):
    with pytest.raises(InvalidInput):
        save_layout(clerk, columns, density)

    assert not ListLayout.objects.exists()


def test_a_refused_choice_keeps_what_was_ticked(clerk: User, signed_in: Any):
    data = {"stood": ["city", "amount"], "column": ["city"], "density": "huge"}
    response = signed_in(clerk).post("/orders/columns/", data)

    assert response.status_code == 422
    assert response.context["error"].startswith("Choose how high")
    shown = [(column.name, is_shown) for column, is_shown, _usual in response.context["rows"]]
    assert shown[:2] == [("city", True), ("amount", False)]


def test_moving_a_column_without_javascript_keeps_nothing_yet(clerk: User, signed_in: Any):
    data = {
        "stood": ["city", "amount"],
        "column": ["amount"],
        "density": "normal",
        "move": "amount:up",
    }
    response = signed_in(clerk).post("/orders/columns/", data)

    shown = [(column.name, is_shown) for column, is_shown, _usual in response.context["rows"]]
    assert shown[:2] == [("amount", True), ("city", False)]
    assert (
        'value="amount:up" data-move="up" title="one place up" autofocus'
        in response.content.decode()
    )
    assert not ListLayout.objects.exists()


@pytest.mark.parametrize("step", ["a:up", "city:up", "amount:down", ":", "city"])
def test_a_step_to_nowhere_moves_nothing(step: str):
    rows = [(BY_NAME["city"], True), (BY_NAME["amount"], True)]

    assert moved(rows, step if step != "city" else "nothing") == rows
