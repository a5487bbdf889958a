"""What is typed of a new order is kept until it is placed, and the rules say beforehand what they would do."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from oms.models import User
from oms.sql import query
from orders.intake.unfinished.keep import KEPT_DAYS, forget_old_unfinished, keep_unfinished
from orders.models import Order, UnfinishedOrder
from tests.fixtures.rules import rule

pytestmark = pytest.mark.usefixtures("web", "cup")

BLANK = {"form_key": "form:1", "channel": "web", "ship_country": "CN", "ship_complete": "on"}
TYPED = BLANK | {
    "customer_name": "王小明",
    "customer_phone": "13800138001",
    "ship_city": "杭州市",
    "ship_street": "文三路 1 号",
    "lines-TOTAL_FORMS": "2",
    "lines-INITIAL_FORMS": "0",
    "lines-0-sku": "CUP-1",
    "lines-0-quantity": "2",
}


@pytest.fixture
def browser(clerk: User, signed_in: Any) -> Client:
    client: Client = signed_in(clerk)
    return client


def keep(browser: Client, typed: dict[str, str]) -> str:
    answer = browser.post("/orders/new/keep/", typed, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 200
    return answer.content.decode().strip()


def test_what_is_typed_is_kept_and_opens_again_as_it_was(browser: Client):
    assert keep(browser, TYPED).startswith("Kept ")
    (begun,) = browser.get("/orders/new/").context["unfinished"]

    form = browser.get(f"/orders/new/?unfinished={begun.pk}").context

    assert (begun.name, begun.line_count) == ("王小明", 1)
    assert form["form"]["customer_phone"].value() == "13800138001"
    assert form["form"]["form_key"].value() == "form:1"
    assert form["formset"].forms[0]["quantity"].value() == "2"
    assert form["unfinished"] == []


def test_saved_again_it_is_the_same_one(browser: Client):
    keep(browser, TYPED)
    keep(browser, TYPED | {"customer_name": "李小红"})

    assert [one.typed["customer_name"] for one in UnfinishedOrder.objects.all()] == ["李小红"]


@pytest.mark.parametrize(
    "typed",
    [
        BLANK,
        BLANK | {"customer_name": "  "},
        TYPED | {"form_key": ""},
        TYPED | {"note": "x" * 200_001},
    ],
)
def test_opening_the_page_leaves_nothing_behind(browser: Client, typed: dict[str, str]):
    assert keep(browser, typed) == ""
    assert not UnfinishedOrder.objects.exists()


def test_a_placed_order_is_no_longer_unfinished_and_a_late_save_changes_nothing(browser: Client):
    keep(browser, TYPED)

    browser.post("/orders/new/", TYPED)

    assert Order.objects.count() == 1
    assert not UnfinishedOrder.objects.exists()
    assert keep(browser, TYPED) == ""
    assert not UnfinishedOrder.objects.exists()


def test_nobody_sees_or_throws_away_what_another_began(
    browser: Client, manager: User, signed_in: Any
):
    keep(browser, TYPED)
    pk = UnfinishedOrder.objects.get().pk
    other = signed_in(manager)

    assert other.get("/orders/new/").context["unfinished"] == []
    assert other.get(f"/orders/new/?unfinished={pk}").status_code == 404
    other.post("/orders/new/discard/", {"form_key": "form:1"})
    assert UnfinishedOrder.objects.count() == 1


@pytest.mark.parametrize("pk", ["0", "x", "-1", "1" * 30, "９"])
def test_an_unfinished_order_that_is_not_there_is_not_found(browser: Client, pk: str):
    assert browser.get(f"/orders/new/?unfinished={pk}").status_code == 404


def test_it_can_be_thrown_away(browser: Client):
    keep(browser, TYPED)

    browser.post("/orders/new/discard/", {"form_key": "form:1"})

    assert not UnfinishedOrder.objects.exists()


def test_without_a_script_a_button_keeps_it(browser: Client):
    answer = browser.post("/orders/new/keep/", TYPED)

    pk = UnfinishedOrder.objects.get().pk
    assert answer["Location"] == f"/orders/new/?unfinished={pk}"


def test_what_nobody_came_back_to_goes_after_a_month(clerk: User):
    keep_unfinished(TYPED, user=clerk)
    keep_unfinished(TYPED | {"form_key": "form:2"}, user=clerk)
    query(
        "UPDATE orders_unfinishedorder SET saved_at = now() - make_interval(days => %s, mins => 1)"
        " WHERE form_key = 'form:1'",
        [KEPT_DAYS],
    )

    assert forget_old_unfinished() == 1
    assert UnfinishedOrder.objects.get().form_key == "form:2"


def test_the_rules_say_beforehand_what_they_would_do(browser: Client):
    rule("hold", ("total", "gte", "20"), name="Much", reason="Ask the customer")

    held = browser.post("/orders/new/verdict/", TYPED).content.decode()
    free = browser.post("/orders/new/verdict/", TYPED | {"lines-0-quantity": "1"}).content.decode()

    assert "The rules will hold it." in held
    assert "no rule decides" in free
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"lines-0-sku": "NONE"}, {"customer_name": ""}, {"channel": "x"}]
)
def test_an_order_that_could_not_be_placed_has_no_verdict(browser: Client, wrong: dict[str, str]):
    answer = browser.post("/orders/new/verdict/", TYPED | wrong)

    assert (answer.status_code, answer.content.decode().strip()) == (200, "")


@pytest.mark.parametrize("typed", ["{}", "{:%Y/%m/%d}", "{:%Y年%m月%d日}", " {} "])
def test_a_promised_day_is_meant_to_its_end(browser: Client, typed: str):
    day = localdate() + timedelta(days=3)

    browser.post("/orders/new/", TYPED | {"promised_at": typed.format(day)})

    promised = Order.objects.get().promised_at
    assert promised is not None
    assert promised.isoformat() == f"{day}T15:59:00+00:00"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("tomorrow", "Give a day and time, for example 2026-11-22 18:00"),
        ("2026-02-30", "Give a day and time, for example 2026-11-22 18:00"),
        ("0000-00-00", "Give a day and time, for example 2026-11-22 18:00"),
        (str(date(2020, 1, 1)), "Promise a time that is still to come."),
    ],
)
def test_a_day_that_cannot_be_promised_says_so_at_its_field(
    browser: Client, typed: str, words: str
):
    answer = browser.post("/orders/new/", TYPED | {"promised_at": typed})

    assert answer.status_code == 422
    assert answer.context["form"].errors["promised_at"] == [words]
