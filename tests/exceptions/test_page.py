"""The page of the queue: what it shows to whom, and that its buttons do what they say."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from inventory.models import WarehouseStaff
from oms.models import User
from orders import pipeline
from orders.exceptions import watch
from orders.exceptions.listing import open_counts
from orders.exceptions.models import OrderException
from orders.models import ImportBatch, ImportRow, Order
from tests.exceptions.steps import the_one
from tests.exceptions.test_causes import incomplete
from tests.fixtures import flow
from tests.fixtures.company import Place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


def shown(answer: Any) -> list[str]:
    return [row.subject for row in answer.context["rows"]]


def counts(answer: Any) -> dict[str, int]:
    return {str(card.label): card.count for card in answer.context["cards"] if card.count}


def test_cards_count_by_kind_and_the_list_has_the_words(desk: Any, short: Order) -> None:
    answer = desk.get("/exceptions/")

    assert counts(answer) == {"All": 1, "Short": 1}
    assert shown(answer) == [short.number]
    assert "Short of BIG-1 ×3" in answer.content.decode()
    assert [(one.sku, one.goes, one.waits) for one in answer.context["panel"].content["goods"]] == [
        ("CUP-1", 2, 0),
        ("BIG-1", 0, 3),
    ]


def test_what_is_due_first_stands_first_and_pages_go_on(desk: Any, place: Place) -> None:
    orders = [flow.approve(place(("CUP-1", 3))) for _ in range(3)]
    watch.sweep()
    moment = timezone.now()
    for hours, order in zip((3, 1, 2), orders, strict=True):
        OrderException.objects.filter(order=order, kind="short").update(
            deadline_at=moment + timedelta(hours=hours)
        )

    answer = desk.get("/exceptions/?kind=short")

    assert shown(answer) == [orders[1].number, orders[2].number, orders[0].number]


def test_filters_narrow_it(desk: Any, short: Order, manager: User) -> None:
    one = OrderException.objects.get()
    assert shown(desk.get("/exceptions/?who=nobody")) == [short.number]
    assert shown(desk.get("/exceptions/?who=mine")) == []

    desk.post("/exceptions/take/", {"exception": one.pk})
    assert shown(desk.get("/exceptions/?who=mine")) == [short.number]
    assert shown(desk.get("/exceptions/?who=nobody")) == []

    desk.post("/exceptions/put-off/", {"exception": one.pk})
    assert shown(desk.get("/exceptions/")) == []
    assert shown(desk.get("/exceptions/?waiting=1")) == [short.number]
    desk.post("/exceptions/bring-back/", {"exception": one.pk})
    assert shown(desk.get("/exceptions/")) == [short.number]


def test_it_is_given_to_a_colleague(desk: Any, short: Order, clerk: User) -> None:
    one = OrderException.objects.get()

    desk.post("/exceptions/give/", {"exception": one.pk, "to": clerk.pk})

    one.refresh_from_db()
    assert (one.owner, one.is_assigned) == (clerk, True)


@pytest.mark.parametrize("day", ["soon", "2020-01-01", "9999-99-99"])
def test_a_day_that_is_none_is_told(desk: Any, short: Order, day: str) -> None:
    desk.post("/exceptions/put-off/", {"exception": OrderException.objects.get().pk, "until": day})

    told = [str(one) for one in desk.get("/exceptions/").context["messages"]]
    assert len(told) == 1
    assert "day" in told[0]
    assert OrderException.objects.get().waiting_until is None


@pytest.mark.parametrize("ids", [[], ["x"], ["9" * 30], ["999999"]])
def test_nothing_ticked_is_told(desk: Any, ids: list[str]) -> None:
    for act in ("put-off", "bring-back", "dismiss", "take", "give"):
        answer = desk.post(f"/exceptions/{act}/", {"exception": ids}, follow=True)
        assert "Tick at least one exception first." in answer.content.decode()


def test_the_fix_of_a_shortage_is_done_at_once_and_can_be_undone(desk: Any, short: Order) -> None:
    one = OrderException.objects.get()

    answer = desk.post("/orders/bulk/ship-parts/", {"exception": one.pk, "next": "/exceptions/"})

    assert answer["Location"] == "/exceptions/"
    assert flow.fresh(short).ship_complete is False
    page = desk.get("/exceptions/")
    assert "1 order ships what is there; the rest is back-ordered." in page.content.decode()
    assert shown(page) == []
    job = next(iter(page.context["messages"]), None)
    assert job is None or "undo" in job.extra_tags


def test_cancelling_asks_before(desk: Any, short: Order) -> None:
    one = OrderException.objects.get()

    answer = desk.post("/orders/bulk/cancel-short/", {"exception": one.pk}, follow=True)

    assert "The missing pieces are taken off and credited" in answer.content.decode()
    assert flow.fresh(short).status == "backordered"


def test_an_address_is_mended_and_the_rules_let_the_order_go(desk: Any, place: Place) -> None:
    order = incomplete(place)
    one = the_one("address_incomplete")
    fields = desk.post(
        "/exceptions/paste/", {"pasted": "李雷 13900139000 浙江省杭州市西湖区文三路 90 号"}
    )
    assert fields.json()["fields"]["ship_name"] == "李雷"

    data = {f"initial-{name}": "" for name in ("ship_street",)} | {"version": 1}
    page = desk.get(f"/exceptions/?at={one.pk}")
    form = page.context["panel"].content["form"]
    for name in form.content:
        data[name] = data[f"initial-{name}"] = form.initial[name]
    data |= fields.json()["fields"]
    answer = desk.post(f"/exceptions/{one.pk}/address/", data)

    assert answer["Location"] == "/exceptions/"
    order = flow.fresh(order)
    assert (order.ship_name, order.ship_street) == ("李雷", "文三路 90 号")
    one.refresh_from_db()
    assert (one.closed_how, one.closed_by.username) == ("solved", "manager")


def test_without_a_script_the_pasted_address_comes_back_filled(desk: Any, place: Place) -> None:
    incomplete(place)
    one = the_one("address_incomplete")
    data = {"version": 1, "pasted": "浙江省杭州市西湖区文三路 90 号", "parse_address": "1"}

    answer = desk.post(f"/exceptions/{one.pk}/address/", data)

    assert answer.status_code == 200
    assert answer.context["panel"].content["form"]["ship_street"].value() == "文三路 90 号"


def test_an_import_shows_its_rejected_rows(desk: Any, place: Place) -> None:
    batch = ImportBatch.objects.create(
        file_name="a.csv", channel=place().channel, status="finished", rows_done=1,
        account={"outcomes": {"rejected": {"rows": 1}}},
    )  # fmt: skip
    ImportRow.objects.create(batch=batch, row_no=7, raw="x", outcome="rejected", reason="No SKU")
    pipeline.advance()
    watch.sweep()

    text = desk.get("/exceptions/?kind=import").content.decode()

    assert "1 row of a.csv was rejected" in text
    assert "Row 7" in text
    assert "No SKU" in text


def test_a_person_of_one_warehouse_sees_what_is_there(
    short: Order, warehouse: Any, other_warehouse: Any, packer: User, signed_in: Any
) -> None:
    WarehouseStaff.objects.create(user=packer, warehouse=other_warehouse)
    browser = signed_in(packer)

    assert shown(browser.get("/exceptions/")) == []
    assert open_counts(packer) == {}
    assert browser.get(f"/exceptions/{OrderException.objects.get().pk}/").status_code == 404


def test_who_may_not_mend_sees_no_buttons(short: Order, auditor: User, signed_in: Any) -> None:
    text = signed_in(auditor).get("/exceptions/").content.decode()

    assert "Short of BIG-1 ×3" in text
    assert "Ship what is there" not in text.split("exception-fixes")[1].split("</div>")[0]


def test_nothing_wrong_is_told_with_the_last_week(desk: Any) -> None:
    answer = desk.get("/exceptions/")

    assert "No exceptions" in answer.content.decode()
    bars = answer.context["chart"].bars
    assert [bar.column.values for bar in bars] == [(0, 0)] * 7
    assert [bar.column.is_open for bar in bars] == [False] * 6 + [True]


def test_a_solved_one_says_so(desk: Any, short: Order) -> None:
    one = OrderException.objects.get()
    flow.cancel(short)
    watch.sweep()

    assert "The cause is gone" in desk.get(f"/exceptions/{one.pk}/").content.decode()
    assert desk.get(f"/exceptions/?at={one.pk}").status_code == 200


def test_addresses_that_make_no_sense_show_the_list(desk: Any, short: Order) -> None:
    for query in ("?kind=x&who=y&waiting=z", "?at=abc", "?at=999999999", "?after=[1]&before=x"):
        assert shown(desk.get(f"/exceptions/{query}")) == [short.number]


def test_the_order_page_tells_it_and_leads_to_the_fix(desk: Any, short: Order) -> None:
    text = desk.get(f"/orders/{short.number}/").content.decode()

    assert f"/exceptions/?at={OrderException.objects.get().pk}#panel" in text
    assert "Needs a person" in text


def test_the_navigation_counts_what_is_to_do(desk: Any, short: Order) -> None:
    assert desk.get("/ui/counts/").json()["/exceptions/"] == 1


def test_the_number_of_rows_costs_no_queries(
    desk: Any, place: Place, django_assert_max_num_queries: Any
) -> None:
    for _ in range(12):
        flow.approve(place(("CUP-1", 3)))
    watch.sweep()

    with django_assert_max_num_queries(13):
        answer = desk.get("/exceptions/?kind=short&size=100")

    assert len(shown(answer)) == 12
