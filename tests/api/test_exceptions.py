"""What needs a person, over the API."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from inventory.models import WarehouseStaff
from orders.exceptions import watch
from orders.exceptions.assign import assign_exceptions
from orders.exceptions.models import OrderException
from orders.exceptions.put_off import put_off
from orders.intake.draft import CustomerDraft
from tests.api.conftest import create_token, problem
from tests.fixtures import flow
from tests.fixtures.company import draft

pytestmark = pytest.mark.usefixtures("holds")


@pytest.fixture
def shorts(place, cup):
    """Short orders of three people; each is due an hour after the one before."""
    people = [CustomerDraft(name="王小明", phone=f"1390013900{nth}") for nth in range(3)]
    wanted = [draft(("CUP-1", 3), customer=one) for one in people]
    orders = [flow.approve(place(draft=one)) for one in wanted]
    watch.sweep()
    start = timezone.now()
    for hours, order in enumerate(orders):
        due = start + timedelta(hours=hours)
        OrderException.objects.filter(order=order).update(deadline_at=due)
    return orders


def of(order):
    return OrderException.objects.get(order=order)


def listed(api, query=""):
    return [row["order"] for row in api.get(f"/exceptions{query}").json()["results"]]


def test_what_is_due_first_stands_first_with_its_words(manager_api, shorts):
    body = manager_api.get("/exceptions").json()

    one = of(shorts[0])
    assert [row["order"] for row in body["results"]] == [order.number for order in shorts]
    assert body["results"][0] == {
        "id": one.pk, "kind": "short", "cause": "short", "text": "Short of CUP-1 ×3",
        "order": shorts[0].number, "file": None, "other": None, "owner": None,
        "opened_at": one.opened_at.isoformat(), "deadline_at": one.deadline_at.isoformat(),
        "waiting_until": None,
    }  # fmt: skip


def test_filters_narrow_it(manager_api, manager, shorts):
    first, second, third = (order.number for order in shorts)
    assign_exceptions([of(shorts[1]).pk], user_id=manager.pk)
    put_off([of(shorts[2]).pk], until=timezone.now() + timedelta(days=2), actor=manager)

    assert listed(manager_api, "?owner=me") == [second]
    assert listed(manager_api, "?owner=none") == [first]
    assert listed(manager_api, "?waiting=true") == [third]
    assert listed(manager_api, f"?order={first.lower()}") == [first]
    assert listed(manager_api, "?kind=address") == []
    assert listed(manager_api, "?kind=short&owner=me&waiting=false") == [second]


def test_pages_show_each_once_though_all_are_due_at_once(manager_api, shorts):
    OrderException.objects.update(deadline_at=timezone.now())
    first = manager_api.get("/exceptions?limit=2").json()
    second = manager_api.get(f"/exceptions?limit=2&cursor={first['next_cursor']}").json()

    shown = [row["order"] for row in first["results"] + second["results"]]
    assert shown == [order.number for order in shorts]
    assert second["next_cursor"] is None


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ("kind=x", "kind", "unknown"),
        ("owner=clerk", "owner", "unknown"),
        ("waiting=perhaps", "waiting", "not_true_or_false"),
        ("cursor=WzEsMl0", "cursor", "bad_cursor"),
        ("cursor=WyJ4IiwyXQ", "cursor", "bad_cursor"),
        ("state=open", "state", "unknown_field"),
    ],
)
def test_what_cannot_be_asked_is_refused(manager_api, query, field, code):
    refused = problem(manager_api.get(f"/exceptions?{query}"))

    assert refused == (400, "invalid_input", [(field, code)])


def test_who_sees_exceptions_but_no_orders_is_refused(make_user, shorts):
    user = make_user()
    user.user_permissions.add(Permission.objects.get(codename="view_orderexception"))

    assert problem(create_token(user).get("/exceptions"))[:2] == (403, "permission_missing")


def test_who_works_in_another_warehouse_sees_none(packer, other_warehouse, shorts):
    WarehouseStaff.objects.create(user=packer, warehouse=other_warehouse)

    assert listed(create_token(packer)) == []


def test_one_is_taken_and_given(manager_api, manager, clerk, shorts):
    one = of(shorts[0])

    taken = manager_api.post(f"/exceptions/{one.pk}/assign", {"to": "me"})
    given = manager_api.post(f"/exceptions/{one.pk}/assign", {"to": clerk.username})

    assert (taken.status_code, taken.json()["owner"]) == (200, manager.username)
    assert given.json()["owner"] == clerk.username
    one.refresh_from_db()
    assert (one.owner, one.is_assigned) == (clerk, True)


@pytest.mark.parametrize(
    ("body", "code"),
    [({}, "required"), ({"to": ""}, "empty"), ({"to": "nobody-here"}, "unknown"), ({"to": 7}, "not_text")],
)  # fmt: skip
def test_given_to_nobody_it_stays_where_it_was(manager_api, shorts, body, code):
    one = of(shorts[0])

    refused = problem(manager_api.post(f"/exceptions/{one.pk}/assign", body))

    assert refused == (400, "invalid_input", [("to", code)])
    assert of(shorts[0]).owner is None


def test_a_closed_one_is_given_to_nobody(manager_api, shorts):
    one = of(shorts[0])
    flow.cancel(shorts[0])
    watch.sweep()

    refused = problem(manager_api.post(f"/exceptions/{one.pk}/assign", {"to": "me"}))

    assert refused == (409, "not_possible", [])
