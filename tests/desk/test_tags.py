"""Free words on orders."""

from typing import Any

import pytest

from oms.models import User
from orders.desk.notes.tag import tag_orders
from orders.models import Order, Tag
from tests.fixtures.company import Place

pytestmark = pytest.mark.usefixtures("holds")


def put_on(browser: Any, order: Order, word: str) -> Any:
    return browser.post(f"/orders/{order.number}/tag/", {"tag": word})


def take_off(browser: Any, order: Order, tag: object) -> Any:
    return browser.post(f"/orders/{order.number}/untag/", {"tag": tag})


def tags(order: Order) -> list[str]:
    return sorted(order.tag_rows.values_list("tag__name", flat=True))


def changes(order: Order) -> list[tuple[str, str]]:
    events = order.events.filter(kind__in=["tagged", "untagged"]).order_by("pk")
    return [(event.kind, event.data["tag"]) for event in events]


def said(browser: Any) -> list[str]:
    return [str(one) for one in browser.get("/help/").context["messages"]]


def test_a_new_word_becomes_a_tag_and_an_event_says_who(place: Place, clerk: User, signed_in: Any):
    order, browser = place(), signed_in(clerk)

    put_on(browser, order, "  加急  件 ")

    assert (tags(order), changes(order)) == (["加急 件"], [("tagged", "加急 件")])
    assert order.events.latest("pk").actor == clerk
    assert browser.get(order.get_absolute_url()).context["notes"].tags == [
        {"id": Tag.objects.get().pk, "name": "加急 件"}
    ]


@pytest.mark.parametrize("word", ["VIP", "vip", "ｖｉｐ"])
def test_the_same_word_in_other_letters_is_the_same_tag(place: Place, clerk: User, word: str):
    first, second = place(), place()
    tag_orders([first.pk], "VIP", actor=clerk)

    tag_orders([second.pk], word, actor=clerk)

    assert (tags(first), tags(second)) == (["VIP"], ["VIP"])


def test_twice_is_once(place: Place, clerk: User, signed_in: Any):
    order, browser = place(), signed_in(clerk)
    tag_orders([order.pk], "VIP", actor=clerk)

    put_on(browser, order, "vip")

    assert said(browser) == ["The order has the tag “VIP” already."]
    assert changes(order) == [("tagged", "VIP")]


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("", "Write the tag first, one word or a few."),
        ("\x00 ", "Write the tag first, one word or a few."),
        ("x" * 31, "Shorten the tag to 30 characters."),
    ],
)
def test_what_is_no_tag_is_refused_at_the_field(
    place: Place, clerk: User, signed_in: Any, word: str, words: str
):
    order = place()

    response = put_on(signed_in(clerk), order, word)

    assert response.status_code == 422
    form = response.context["form"]
    assert (form.errors, form.data["tag"]) == ({"tag": [words]}, word)
    assert Tag.objects.count() == 0


def test_it_is_taken_off_with_an_event(place: Place, clerk: User, signed_in: Any):
    order = place()
    tag, _marked = tag_orders([order.pk], "VIP", actor=clerk)

    take_off(signed_in(clerk), order, tag.pk)

    assert (tags(order), changes(order)) == ([], [("tagged", "VIP"), ("untagged", "VIP")])


@pytest.mark.parametrize("tag", ["", "x", "0", "999999", "9" * 40])
def test_what_is_not_on_it_is_not_taken_off(place: Place, clerk: User, signed_in: Any, tag: str):
    order, browser = place(), signed_in(clerk)

    take_off(browser, order, tag)

    assert said(browser) == ["The order does not have this tag any more. Nothing was changed."]
    assert changes(order) == []


def test_many_orders_are_tagged_at_once(place: Place, clerk: User):
    old, new = place(), place()
    tag_orders([old.pk], "VIP", actor=clerk)

    _tag, marked = tag_orders([new.pk, old.pk], "VIP", actor=clerk)

    assert marked == [new.pk]


def test_without_the_right_there_is_no_form(place: Place, auditor: User, signed_in: Any):
    text = signed_in(auditor).get(place().get_absolute_url()).content.decode()

    assert "/tag/" not in text
    assert "/take/" not in text


def test_an_administrator_renames_a_tag_but_not_to_one_that_exists(
    place: Place, administrator: User, signed_in: Any
):
    order, browser = place(), signed_in(administrator)
    tag, _marked = tag_orders([order.pk], "VIP", actor=administrator)
    Tag.objects.create(name="Gift")
    address = f"/admin/orders/tag/{tag.pk}/change/"

    refused = browser.post(address, {"name": "ｇｉｆｔ"})
    browser.post(address, {"name": "Important"})

    assert "There is a tag of this name already." in refused.content.decode()
    assert tags(order) == ["Important"]


def test_a_tag_in_use_is_not_deleted(place: Place, administrator: User, signed_in: Any):
    order = place()
    tag, _marked = tag_orders([order.pk], "VIP", actor=administrator)

    signed_in(administrator).post(f"/admin/orders/tag/{tag.pk}/delete/", {"post": "yes"})

    assert tags(order) == ["VIP"]
