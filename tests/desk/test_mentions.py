"""The bell and the page of comments that name their reader."""

from typing import Any

import pytest

from inventory.models import Warehouse, WarehouseStaff
from oms.models import User
from orders.desk.notes.comment import comment_on
from orders.desk.notes.read import mark_all_read
from orders.models import Mention
from tests.fixtures import flow
from tests.fixtures.company import Place

pytestmark = pytest.mark.usefixtures("holds")


@pytest.fixture
def named_twice(place: Place, clerk: User, reviewer: User) -> list[int]:
    """Ids of two mentions of the reviewer, the older first."""
    for words in ("@reviewer first", "@reviewer second"):
        comment_on(place().pk, words, actor=clerk)
    return list(Mention.objects.order_by("pk").values_list("pk", flat=True))


def bell(browser: Any) -> int | None:
    shown = browser.get("/help/").context["bell"]
    count: int | None = shown.count
    return count


def unread(user: User) -> list[int]:
    mine = Mention.objects.filter(user=user, read_at=None)
    return sorted(mine.values_list("pk", flat=True))


def test_the_bell_counts_what_its_reader_has_not_read(
    named_twice: Any, clerk: User, reviewer: User, signed_in: Any
):
    assert (bell(signed_in(reviewer)), bell(signed_in(clerk))) == (2, None)


def test_it_rings_for_somebody_limited_to_a_warehouse(
    place: Place, clerk: User, packer: User, stocked: Warehouse, signed_in: Any
):
    WarehouseStaff.objects.create(user=packer, warehouse=stocked)
    comment_on(flow.approve(place()).pk, "@warehouse pack it well", actor=clerk)

    assert bell(signed_in(packer)) == 1


def test_without_the_right_to_see_orders_there_is_no_bell(make_user: Any, signed_in: Any):
    assert not signed_in(make_user()).get("/help/").context["bell"]


def test_the_page_lists_mine_newest_first_and_leads_to_the_comment(
    named_twice: list[int], reviewer: User, signed_in: Any
):
    response = signed_in(reviewer).get("/mentions/")

    rows = response.context["rows"]
    assert [row.pk for row in rows] == named_twice[::-1]
    link = f'href="/orders/{rows[0].order.number}/#event-{rows[0].event_id}"'
    assert link in response.content.decode()


def test_looking_marks_nothing(named_twice: list[int], reviewer: User, signed_in: Any):
    browser = signed_in(reviewer)
    row = browser.get("/mentions/").context["rows"][0]

    browser.get(row.order.get_absolute_url())

    assert unread(reviewer) == named_twice


def test_one_is_marked_as_read(named_twice: list[int], reviewer: User, signed_in: Any):
    browser = signed_in(reviewer)

    browser.post(f"/mentions/{named_twice[1]}/read/")

    assert unread(reviewer) == named_twice[:1]
    assert bell(browser) == 1


def test_all_are_marked_but_those_that_came_since(
    named_twice: list[int], place: Place, clerk: User, reviewer: User, signed_in: Any
):
    browser = signed_in(reviewer)
    up_to = browser.get("/mentions/").context["newest_unread"]
    comment_on(place().pk, "@reviewer third", actor=clerk)

    browser.post("/mentions/read/", {"up_to": up_to})

    assert unread(reviewer) == list(
        Mention.objects.filter(pk__gt=up_to).values_list("pk", flat=True)
    )
    assert len(unread(reviewer)) == 1


@pytest.mark.parametrize("up_to", ["", "x", "-1", "٣", "9" * 40])
def test_nonsense_marks_no_more_than_there_is(
    named_twice: list[int], reviewer: User, signed_in: Any, up_to: str
):
    assert signed_in(reviewer).post("/mentions/read/", {"up_to": up_to}).status_code == 302


def test_a_strangers_mention_does_not_exist(
    named_twice: list[int], clerk: User, reviewer: User, signed_in: Any
):
    assert signed_in(clerk).post(f"/mentions/{named_twice[0]}/read/").status_code == 404
    mark_all_read(clerk, up_to=named_twice[1])

    assert unread(reviewer) == named_twice


def test_an_order_one_may_not_see_any_more_is_not_shown(
    named_twice: list[int], reviewer: User, other_warehouse: Warehouse, signed_in: Any
):
    WarehouseStaff.objects.create(user=reviewer, warehouse=other_warehouse)

    response = signed_in(reviewer).get("/mentions/")

    assert response.context["rows"] == []
    assert "Mark all read" in response.content.decode()


def test_the_page_takes_few_queries(
    named_twice: Any, reviewer: User, signed_in: Any, django_assert_max_num_queries: Any
):
    browser = signed_in(reviewer)

    with django_assert_max_num_queries(8):
        browser.get("/mentions/")
