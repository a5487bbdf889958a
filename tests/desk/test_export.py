"""A file of exactly the orders that were chosen, safe to open in a spreadsheet."""

import csv
import io
from typing import Any

import pytest
from openpyxl import load_workbook

from oms.models import User
from orders.intake.draft import CustomerDraft, LineDraft
from orders.models import Order
from tests.fixtures import flow
from tests.fixtures.company import Place

pytestmark = pytest.mark.django_db


def export(browser: Any, *orders: Order, **data: Any) -> Any:
    return browser.post("/orders/bulk/export/", {"order": [one.pk for one in orders]} | data)


def rows_of(response: Any) -> list[dict[str, str]]:
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def sheet_of(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content)).active


def test_the_chosen_orders_are_in_it_the_newest_first(place: Place, clerk: User, signed_in: Any):
    first, second = place(), place()
    place()

    rows = rows_of(export(signed_in(clerk), first, second))

    assert [row["Order"] for row in rows] == [second.number, first.number]


def test_a_row_says_what_the_order_is(place: Place, clerk: User, signed_in: Any):
    order = flow.pay(place(("CUP-1", 2), external_no="T-1", note="quick"), 5)

    (row,) = rows_of(export(signed_in(clerk), order))

    shown = ("Platform no.", "Channel", "Status", "Customer", "Phone", "Goods", "Amount", "Paid")
    assert [row[name] for name in shown] == [
        "T-1", "Web shop", "To review", "王小明", "13800138001", "CUP-1 ×2", "20.00", "5.00",
    ]  # fmt: skip


def test_all_of_a_list_is_exported(place: Place, clerk: User, signed_in: Any):
    orders = [place() for _ in range(3)]

    rows = rows_of(export(signed_in(clerk), scope="all", list="tab=review"))

    assert len(rows) == len(orders)


@pytest.mark.parametrize("name", ["=1+1", "+cmd", "@sum", "-2+3"])
def test_no_text_is_run_as_a_formula(place: Place, clerk: User, signed_in: Any, name: str):
    order = place(customer=CustomerDraft(name=name, phone="13800138001"))

    (row,) = rows_of(export(signed_in(clerk), order))

    assert row["Customer"] == f"'{name}"


def test_a_workbook_holds_texts_only(place: Place, clerk: User, signed_in: Any):
    order = place(customer=CustomerDraft(name="=1+1", phone="013800138001"))

    content = export(signed_in(clerk), order, format="xlsx").content

    sheet = sheet_of(content)
    cells = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert (cells["Customer"].value, cells["Customer"].data_type) == ("=1+1", "s")
    assert cells["Amount"].value == "10.00"


def test_control_characters_do_not_break_the_workbook(place: Place, clerk: User, signed_in: Any):
    order = place(LineDraft("CUP-1", 1))
    Order.objects.filter(pk=order.pk).update(note="a\x0bb")

    content = export(signed_in(clerk), order, format="xlsx").content

    assert sheet_of(content)["T2"].value == "ab"


def test_nothing_chosen_is_said(clerk: User, signed_in: Any):
    browser = signed_in(clerk)

    response = export(browser)

    (words,) = browser.get(response.url).context["messages"]
    assert str(words) == "Tick at least one order first."


def test_the_number_of_orders_costs_no_queries(
    place: Place, clerk: User, signed_in: Any, django_assert_max_num_queries: Any
):
    orders = [place() for _ in range(12)]
    browser = signed_in(clerk)

    with django_assert_max_num_queries(7):
        assert len(rows_of(export(browser, *orders))) == 12
