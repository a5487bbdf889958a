"""“All of this list” means exactly the orders of the list, on every page of it, and no other."""

from typing import Any

import pytest

from oms.models import User
from orders.desk.bulk import choose
from orders.desk.bulk.models import BulkJob
from orders.desk.search import Found
from orders.intake.draft import CustomerDraft
from orders.models import Order
from tests.fixtures import flow
from tests.fixtures.company import Place

pytestmark = pytest.mark.usefixtures("holds")


def choose_all(browser: Any, address: str, act: str = "hold") -> list[int]:
    """Ids of the orders that the job is about."""
    sent = {"scope": "all", "list": address, "order": [1], "reason": "Recall"}
    browser.post(f"/orders/bulk/{act}/", sent)
    newest = BulkJob.objects.order_by("-pk").first()
    return sorted(newest.items.values_list("order_id", flat=True)) if newest else []


def ids(*orders: Order) -> list[int]:
    return sorted(order.pk for order in orders)


def test_every_page_of_a_tab(place: Place, reviewer: User, signed_in: Any):
    waiting = [place() for _ in range(3)]
    flow.cancel(place())

    assert choose_all(signed_in(reviewer), "tab=review&size=50") == ids(*waiting)


def test_a_search_typed_into_the_list(place: Place, reviewer: User, signed_in: Any):
    wanted = place(customer=CustomerDraft(name="赵雪莲", phone="13800138077"))
    place()

    assert choose_all(signed_in(reviewer), "q=赵雪莲") == ids(wanted)


def test_a_search_is_followed_page_by_page(
    place: Place, reviewer: User, signed_in: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(choose, "_PAGE", 2)
    orders = [place() for _ in range(5)]

    assert choose_all(signed_in(reviewer), "q=CUP-1") == ids(*orders)


def test_a_channel(place: Place, reviewer: User, signed_in: Any):
    here = [place(), place()]

    assert choose_all(signed_in(reviewer), "channel=web") == ids(*here)


def test_what_came_after_the_choice_is_not_touched(place: Place, reviewer: User, signed_in: Any):
    early, browser = [place(), place()], signed_in(reviewer)
    choose_all(browser, "tab=review")
    late = place()

    browser.post(f"/orders/bulk/{BulkJob.objects.get().pk}/do/", {})

    assert {flow.fresh(one).status for one in early} == {"on_hold"}
    assert flow.fresh(late).status == "pending_review"


def test_a_search_with_too_many_hits_is_refused(
    place: Place, reviewer: User, signed_in: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(choose, "found", lambda *_args, **_named: Found([place().pk], True))
    browser = signed_in(reviewer)

    assert choose_all(browser, "q=a") == []
    (words,) = browser.get("/orders/").context["messages"]
    assert str(words).startswith("More than 1,000 orders were found.")
