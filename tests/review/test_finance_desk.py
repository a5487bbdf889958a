"""The screens of the second review, of limits and of forced approval."""

from typing import Any

import pytest
from django.contrib.auth.models import Group

from oms.models import User
from orders import pipeline
from orders.models import ApprovalLimit, BulkJob, Order
from orders.review.decide import approve_orders
from orders.review.force_approve import force_approve_orders
from tests.fixtures.company import Place
from tests.fixtures.flow import fresh
from tests.fixtures.rules import rule
from tests.review.desk_steps import before, decide, listed, look_at, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


@pytest.fixture
def asked(place: Place) -> Order:
    rule("second_review", ("note", "contains", "credit"), name="On credit", reason="On credit")
    order = place(note="credit")
    pipeline.advance()
    return order


@pytest.fixture
def passed(asked: Order, reviewer: User) -> Order:
    approve_orders([asked.pk], actor=reviewer)
    return asked


def tabs(response: Any) -> dict[str, int | None]:
    return {tab.label: tab.count for tab in response.context["tabs"]}


def test_each_step_has_its_own_tab_and_count(
    passed: Order, place: Place, manager: User, signed_in: Any
) -> None:
    plain = place()
    pipeline.advance()
    browser = signed_in(manager)

    review, finance = browser.get("/review/"), browser.get("/review/?tab=finance")

    assert tabs(review) == {"To review": 1, "Finance review": 1, "On hold": 0}
    assert (listed(review), listed(finance)) == ([plain.pk], [passed.pk])


def test_finance_opens_its_tab_only(
    passed: Order, place: Place, accountant: User, signed_in: Any
) -> None:
    place()
    browser = signed_in(accountant)

    page = browser.get("/review/?tab=hold")

    assert tabs(page) == {"Finance review": 1}
    assert listed(page) == [passed.pk]
    assert 'href="/review/"' in browser.get("/orders/").content.decode()


def test_a_reviewer_has_no_finance_tab(passed: Order, reviewer: User, signed_in: Any) -> None:
    page = signed_in(reviewer).get("/review/?tab=finance")

    assert tabs(page) == {"To review": 0, "On hold": 0}
    assert listed(page) == []


def test_the_first_approval_says_that_finance_is_next(
    asked: Order, reviewer: User, signed_in: Any
) -> None:
    response = decide(signed_in(reviewer), "approve", asked)

    assert told(response) == f"Order {asked.number} passed its first review: finance decides next."
    assert fresh(asked).reason_code == "finance_review"


def test_finance_decides_with_one_press_and_takes_it_back(
    passed: Order, accountant: User, signed_in: Any
) -> None:
    browser = signed_in(accountant)
    assert before(look_at(browser, passed)) == passed.pk

    response = decide(browser, "approve", passed, stood="finance_review")
    assert fresh(passed).status == "approved"
    browser.post(response.context["told"].undo)

    assert (fresh(passed).status, fresh(passed).reason_code) == ("pending_review", "finance_review")


def test_who_saw_the_first_step_does_not_decide_the_second(
    passed: Order, manager: User, signed_in: Any
) -> None:
    response = decide(signed_in(manager), "approve", passed, stood="pending_review")

    assert "was decided meanwhile: First review passed, finance decides next" in told(response)
    assert fresh(passed).status == "pending_review"


def test_beyond_the_limit_the_button_is_grey_and_says_why(
    place: Place, reviewer: User, signed_in: Any
) -> None:
    group = Group.objects.get(name="reviewer")
    ApprovalLimit.objects.create(group=group, currency="CNY", max_amount=9)
    order = place()
    browser = signed_in(reviewer)

    desk = look_at(browser, order).content.decode()
    page = browser.get(f"/orders/{order.number}/").content.decode()

    for shown in (desk, page):
        assert "¥10.00 is above your limit of ¥9.00." in shown
        assert f'action="/review/{order.number}/approve/"' not in shown
        assert f'action="/orders/{order.number}/approve/"' not in shown


def test_the_preview_of_many_tells_which_stay_and_which_go_to_finance(
    asked: Order, place: Place, reviewer: User, signed_in: Any
) -> None:
    group = Group.objects.get(name="reviewer")
    ApprovalLimit.objects.create(group=group, currency="CNY", max_amount=15)
    large = place(("CUP-1", 2))

    signed_in(reviewer).post("/orders/bulk/approve/", {"order": [asked.pk, large.pk]})

    items = dict(BulkJob.objects.get().items.values_list("order", "words"))
    assert items[asked.pk] == "Goes on to finance: rule “On credit”"
    assert items[large.pk].startswith(f"{large.number}: ¥20.00 is above your limit of ¥15.00.")


def test_what_went_to_finance_is_not_told_as_done(
    asked: Order, place: Place, reviewer: User, signed_in: Any
) -> None:
    browser = signed_in(reviewer)
    plain = place()
    browser.post("/orders/bulk/approve/", {"order": [asked.pk, plain.pk]})

    page = browser.post(f"/orders/bulk/{BulkJob.objects.get().pk}/do/", follow=True).text

    assert "2 orders approved. 1 of them waits for finance." in page


@pytest.mark.parametrize(("reason", "status"), [("Paid in cash", "approved"), ("no", "on_hold")])
def test_force_from_the_desk(
    place: Place, manager: User, signed_in: Any, reason: str, status: str
) -> None:
    rule("hold", ("total", "gte", "5"), name="Large")
    order = place()
    pipeline.advance()
    browser = signed_in(manager)
    assert "held by the rule “Large” v1" in look_at(browser, order).content.decode()

    response = decide(browser, "force", order, reason=reason)

    assert response.status_code == (200 if status == "approved" else 422)
    assert fresh(order).status == status


def test_force_from_the_order_page(asked: Order, manager: User, signed_in: Any) -> None:
    browser = signed_in(manager)

    browser.post(f"/orders/{asked.number}/force-approve/", {"reason": "Paid in cash"})

    assert fresh(asked).status == "approved"


@pytest.fixture
def forced(asked: Order, manager: User) -> Order:
    force_approve_orders([asked.pk], actor=manager, reason="Paid in cash")
    return asked


def numbers(response: Any) -> list[str]:
    return [row.number for row in response.context["rows"]]


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ("", True),
        ("?by=manager", True),
        ("?by=nobody", True),
        ("?by=%00", True),
        ("?since=2000-01-01", True),
        ("?until=2000-01-01", False),
        ("?since=yesterday", True),
        ("?after=x", True),
    ],
)
def test_the_list_is_narrowed_by_person_and_days(
    forced: Order, auditor: User, signed_in: Any, query: str, is_there: bool
) -> None:
    response = signed_in(auditor).get(f"/review/forced/{query}")

    assert response.status_code == 200
    assert numbers(response) == ([forced.number] if is_there else [])


def test_a_wrong_day_is_said_at_its_field(forced: Order, manager: User, signed_in: Any) -> None:
    browser = signed_in(manager)

    assert "Give a day, as 2026-11-22." in browser.get("/review/forced/?since=x").content.decode()
    turned = browser.get("/review/forced/?since=2026-02-02&until=2026-02-01").content.decode()
    assert "This day lies before the first one." in turned


def test_the_list_as_a_file(forced: Order, manager: User, signed_in: Any) -> None:
    response = signed_in(manager).get("/review/forced/export/")

    [_headings, row] = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert row.endswith(
        f"manager,{forced.number},王小明,CNY,10.00,second review for the rule “On credit” v1 open,Paid in cash"
    )


def test_the_manager_sees_it_on_the_first_page(
    forced: Order, manager: User, clerk: User, signed_in: Any
) -> None:
    words = "1 order approved by force in the last 7 days"

    assert words in signed_in(manager).get("/").content.decode()
    assert words not in signed_in(clerk).get("/").content.decode()


def test_the_pages_take_few_queries(
    forced: Order, place: Place, manager: User, signed_in: Any, django_assert_max_num_queries: Any
) -> None:
    browser = signed_in(manager)
    order = place(note="credit")
    pipeline.advance()
    with django_assert_max_num_queries(6):
        browser.get("/review/forced/")
    with django_assert_max_num_queries(9):
        browser.get("/review/?tab=finance")
    with django_assert_max_num_queries(13):
        browser.get(f"/orders/{order.number}/")
