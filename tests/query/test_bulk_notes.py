"""Owner and tags of many orders at once, and how that is taken back."""

from typing import Any

import pytest

from oms.models import User
from orders.desk.bulk import choose
from orders.desk.bulk.models import BulkJob
from orders.desk.notes.assign import assign_order, assign_orders
from orders.desk.notes.tag import tag_orders
from orders.models import Order, OrderOwner, OrderTag
from tests.desk.bulk_steps import choose as tick
from tests.desk.bulk_steps import do, fates, job, told
from tests.fixtures.company import Place

pytestmark = pytest.mark.usefixtures("holds")


def owners(*orders: Order) -> list[str]:
    named = dict(OrderOwner.objects.values_list("order_id", "user__username"))
    return [named.get(one.pk, "") for one in orders]


def tags(*orders: Order) -> list[list[str]]:
    return [
        list(
            OrderTag.objects.filter(order=one)
            .order_by("tag__name")
            .values_list("tag__name", flat=True)
        )
        for one in orders
    ]


def undo(browser: Any) -> None:
    browser.post(f"/orders/bulk/{job().pk}/undo/")


def test_many_are_taken_and_given_back_to_whose_they_were(
    place: Place, clerk: User, reviewer: User, signed_in: Any
):
    free, owned, browser = place(), place(), signed_in(clerk)
    assign_order(owned.pk, user_id=reviewer.pk, actor=reviewer)
    tick(browser, "assign", free, owned, reason="me")
    assert owners(free, owned) == ["", "reviewer"]

    do(browser, job())
    assert owners(free, owned) == ["clerk", "clerk"]
    undo(browser)

    assert owners(free, owned) == ["", "reviewer"]
    assert told(browser)[-1] == "2 orders are whose they were before."


def test_what_changed_hands_since_is_not_given_back(
    place: Place, clerk: User, reviewer: User, signed_in: Any
):
    order, other, browser = place(), place(), signed_in(clerk)
    tick(browser, "assign", order, other, reason="me")
    do(browser, job())
    assign_order(other.pk, user_id=reviewer.pk, actor=reviewer)

    undo(browser)

    assert owners(order, other) == ["", "reviewer"]
    assert fates(job())[1] == ("refused", "The order changed hands meanwhile.")


def test_an_order_given_on_and_back_again_by_others_keeps_the_last_word(
    place: Place, clerk: User, reviewer: User, signed_in: Any
):
    order, browser = place(), signed_in(clerk)
    tick(browser, "assign", order, reason="reviewer")
    assert owners(order) == ["reviewer"]

    undo(browser)

    assert owners(order) == [""]


@pytest.mark.parametrize("name", ["nobody", "auditor-x", "'", ""])
def test_a_colleague_must_be_one(place: Place, clerk: User, signed_in: Any, name: str):
    first, second, browser = place(), place(), signed_in(clerk)
    tick(browser, "assign", first, second, reason="")

    answer = do(browser, job(), reason=name)

    assert (answer.status_code, answer.context["error"]) == (422, "Choose a colleague.")
    assert owners(first, second) == ["", ""]


def test_a_tag_is_put_on_those_without_it_and_only_those_lose_it_again(
    place: Place, clerk: User, signed_in: Any
):
    has, lacks, browser = place(), place(), signed_in(clerk)
    tag_orders([has.pk], "加急", actor=clerk)

    tick(browser, "tag", has, lacks, reason=" 加急 ")
    do(browser, job())
    assert tags(has, lacks) == [["加急"], ["加急"]]
    assert fates(job()) == [("refused", "It has this tag already."), ("done", "")]
    undo(browser)

    assert tags(has, lacks) == [["加急"], []]


def test_a_tag_is_taken_off_and_comes_back(place: Place, clerk: User, signed_in: Any):
    order, other, browser = place(), place(), signed_in(clerk)
    tag_orders([order.pk, other.pk], "VIP", actor=clerk)

    tick(browser, "untag", order, other, reason="vip")
    do(browser, job())
    assert tags(order, other) == [[], []]
    undo(browser)

    assert tags(order, other) == [["VIP"], ["VIP"]]


def test_a_tag_too_long_is_refused_before_anything_happens(
    place: Place, clerk: User, signed_in: Any
):
    first, second, browser = place(), place(), signed_in(clerk)
    tick(browser, "tag", first, second, reason="")

    answer = do(browser, job(), reason="x" * 31)

    assert (answer.status_code, answer.context["error"]) == (
        422,
        "Shorten the tag to 30 characters.",
    )
    assert tags(first, second) == [[], []]


def test_who_may_tag_may_not_confirm_an_act_they_may_not_do(
    place: Place, packer: User, signed_in: Any
):
    made = BulkJob.objects.create(user=packer, act="cancel", reason="x")

    assert signed_in(packer).post(f"/orders/bulk/{made.pk}/do/").status_code == 403


def test_giving_many_costs_the_same_as_giving_few(
    place: Place, clerk: User, django_assert_max_num_queries: Any
):
    orders = [place().pk for _ in range(6)]

    with django_assert_max_num_queries(12):
        assert assign_orders(orders, owner=clerk, actor=clerk).done == orders


@pytest.mark.parametrize(
    "line", ["tag:加急 amount:>1", "status:to-review 王 -owner:me", "date:2000-01-01.. channel:web"]
)
def test_all_of_the_list_is_exactly_what_the_list_shows(
    place: Place, clerk: User, signed_in: Any, line: str
):
    marked = [place() for _ in range(4)]
    tag_orders([one.pk for one in marked[:2]], "加急", actor=clerk)
    browser = signed_in(clerk)
    shown = [row.pk for row in browser.get("/orders/", {"q": line}).context["rows"]]

    browser.post("/orders/bulk/tag/", {"scope": "all", "list": f"q={line}", "reason": "x"})

    assert sorted(job().items.values_list("order_id", flat=True)) == sorted(shown)


def test_all_of_a_list_that_cannot_be_read_to_its_end_is_refused(
    place: Place, clerk: User, signed_in: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(choose, "LOOK_FOR_ALL", 2)
    for _ in range(3):
        place()
    browser = signed_in(clerk)

    browser.post("/orders/bulk/tag/", {"scope": "all", "list": "q=amount:>1", "reason": "x"})

    assert told(browser) == [
        "Only the newest 2 orders were compared. Add a day, a tag or a view, then choose again."
    ]
    assert not BulkJob.objects.exists()
