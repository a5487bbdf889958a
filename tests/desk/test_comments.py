"""Comments on an order: written once, in the one timeline, telling the colleagues they name."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import DatabaseError, transaction

from inventory.models import Warehouse, WarehouseStaff
from oms.models import User
from orders.desk.notes.comment import comment_on
from orders.desk.notes.people import who_may_see
from orders.models import Mention, Order, OrderEvent
from tests.fixtures.company import Place

pytestmark = pytest.mark.usefixtures("holds")


def write(browser: Any, order: Order, text: str, key: str = "k-1") -> Any:
    return browser.post(f"/orders/{order.number}/comment/", {"text": text, "form_key": key})


def page(browser: Any, order: Order, query: str = "") -> Any:
    return browser.get(f"/orders/{order.number}/{query}")


def told() -> list[str]:
    return sorted(Mention.objects.values_list("user__username", flat=True))


def test_it_stands_in_the_timeline_with_who_wrote_it(place: Place, clerk: User, signed_in: Any):
    order, browser = place(), signed_in(clerk)

    response = write(browser, order, "Called her.\r\nShe agrees <b>.")

    assert response.url == f"/orders/{order.number}/"
    newest = page(browser, order).context["timeline"][0]
    assert (newest.text, newest.actor, newest.kind) == ("Comment", "clerk", "person")
    assert newest.said == "Called her.\nShe agrees <b>."
    assert "Called her.<br>She agrees &lt;b&gt;." in page(browser, order).content.decode()


def test_everybody_who_sees_the_order_may_write(place: Place, users: Any, signed_in: Any):
    order = place()

    for user in users.values():
        assert write(signed_in(user), order, "Seen").status_code == 302

    assert order.events.filter(kind="commented").count() == len(users)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Write the comment first."),
        (" \x00\n ", "Write the comment first."),
        ("长" * 2001, "Shorten the comment to 2000 characters; it has 2001."),
    ],
)
def test_what_cannot_be_kept_is_refused_at_the_field(
    place: Place, clerk: User, signed_in: Any, text: str, words: str
):
    order = place()

    response = write(signed_in(clerk), order, text)

    assert response.status_code == 422
    form = response.context["form"]
    assert (form.errors, form.data["text"]) == ({"text": [words]}, text)
    assert order.events.filter(kind="commented").count() == 0


def test_the_longest_text_is_kept_without_nul(place: Place, clerk: User, signed_in: Any):
    order = place()

    write(signed_in(clerk), order, "长" * 1999 + "\x00。")

    assert order.events.latest("pk").data["text"] == "长" * 1999 + "。"


def test_sent_twice_it_is_written_once(place: Place, clerk: User, signed_in: Any):
    order, browser = place(), signed_in(clerk)

    for _time in range(2):
        write(browser, order, "Once")

    assert order.events.filter(kind="commented").count() == 1


def test_it_is_never_changed(place: Place, clerk: User):
    event_id = comment_on(place().pk, "For good", actor=clerk).event_id

    with pytest.raises(DatabaseError), transaction.atomic():
        OrderEvent.objects.filter(pk=event_id).update(data={"text": "Other"})


def test_colleagues_it_names_are_told_and_nobody_else(
    place: Place, clerk: User, reviewer: User, packer: User
):
    written = comment_on(place().pk, "@reviewer @nobody @clerk look", actor=clerk)

    assert written.told == [reviewer]
    assert told() == ["reviewer"]
    assert OrderEvent.objects.get(pk=written.event_id).data["mentioned"] == [
        {"id": reviewer.pk, "username": "reviewer"}
    ]


def test_who_may_not_see_orders_or_is_switched_off_is_not_told(
    place: Place, clerk: User, reviewer: User, make_user: Any
):
    make_user(username="guest")
    User.objects.filter(pk=reviewer.pk).update(is_active=False)

    assert comment_on(place().pk, "@guest @reviewer", actor=clerk).told == []


def test_the_right_may_come_from_a_role_or_by_hand_or_with_everything(
    place: Place, clerk: User, make_user: Any
):
    helper, owner = make_user(username="helper"), make_user(username="owner")
    helper.user_permissions.add(Permission.objects.get(codename="view_order"))
    User.objects.filter(pk=owner.pk).update(is_superuser=True)

    people = list(who_may_see(place().pk))

    assert people == [clerk, helper, owner]
    assert set(people) == set(User.objects.with_perm("orders.view_order"))


def test_who_works_in_another_warehouse_is_not_told(
    place: Place, clerk: User, packer: User, stocked: Warehouse, other_warehouse: Warehouse
):
    WarehouseStaff.objects.create(user=packer, warehouse=other_warehouse)

    assert comment_on(place().pk, "@warehouse", actor=clerk).told == []


def test_the_page_says_whom_one_can_name(
    place: Place, clerk: User, reviewer: User, packer: User, other_warehouse: Any, signed_in: Any
):
    WarehouseStaff.objects.create(user=packer, warehouse=other_warehouse)

    people = page(signed_in(clerk), place()).context["notes"].people

    assert [one.username for one in people] == ["clerk", "reviewer"]


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("", ["Comment", "Order placed"]),
        ("?show=people", ["Comment"]),
        ("?show=system", ["Order placed"]),
        ("?show=x", ["Comment", "Order placed"]),
    ],
)
def test_the_timeline_is_narrowed_by_its_links(
    place: Place, clerk: User, signed_in: Any, query: str, kinds: list[str]
):
    order = place()
    comment_on(order.pk, "Hello", actor=clerk)

    response = page(signed_in(clerk), order, query)

    assert [one.text for one in response.context["timeline"]] == kinds
    assert response.content.decode().count('aria-current="true"') == 1
