"""Customers are merged while orders of theirs are being placed."""

from typing import Any

import pytest

from customers.identity import phone_key
from customers.models import Customer, CustomerIdentity
from customers.recognise import recognise
from oms.models import Channel
from orders.intake import place as placing
from orders.intake import write as writing
from orders.intake.draft import CustomerDraft
from orders.intake.place import place_order
from orders.models import Order
from orders.people.merge import merge_customers, unmerge_customers
from tests.fixtures.company import Place, draft
from tests.races.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def wanted() -> Any:
    return draft(("CUP-1", 1), customer=CustomerDraft(name="B", phone="13900000002"))


@pytest.fixture
def pair(place: Place) -> tuple[int, int]:
    """The survivor and the one to be merged."""
    first = place(customer=CustomerDraft(name="A", phone="13900000001"))
    second = place(customer=CustomerDraft(name="B", phone="13900000002"))
    assert first.customer_id
    assert second.customer_id
    return first.customer_id, second.customer_id


def merge_between_look_and_write(
    pair: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    """The customer is looked up, then merged, then the order is written."""
    looks: list[str] = []
    look_up = placing.look_up

    def look_and_merge(drafts: Any) -> Any:
        known = look_up(drafts)
        looks.append("look")
        if len(looks) == 1:
            at_once(lambda: merge_customers(*pair, choice={}, actor=None))
        return known

    monkeypatch.setattr(placing, "look_up", look_and_merge)
    return looks


@pytest.mark.usefixtures("holds")
def test_an_order_looked_up_before_the_merge_is_the_survivors(pair, monkeypatch):
    looks = merge_between_look_and_write(pair, monkeypatch)

    placed = place_order(wanted(), actor=None, door="test")

    assert looks == ["look", "look"]
    assert Order.objects.get(pk=placed.id).customer_id == pair[0]


def test_without_the_hold_it_is_lost_at_the_merged_one(pair, monkeypatch):
    looks = merge_between_look_and_write(pair, monkeypatch)
    statement = writing._WRITE._body.replace("AND merged_into_id IS NULL", "")
    monkeypatch.setattr(writing._WRITE, "_body", statement)
    monkeypatch.setattr(writing._WRITE, "name", "place_orders_unheld")

    placed = place_order(wanted(), actor=None, door="test")

    assert looks == ["look"]
    assert Order.objects.get(pk=placed.id).customer_id == pair[1]


@pytest.mark.usefixtures("holds")
def test_many_at_once_lose_none(pair):
    results = at_once(
        *(lambda: place_order(wanted(), actor=None, door="test") for _n in range(6)),
        lambda: merge_customers(*pair, choice={}, actor=None),
        *(lambda: place_order(wanted(), actor=None, door="test") for _n in range(6)),
    )

    assert [one for one in results if isinstance(one, Exception)] == []
    assert Order.objects.filter(customer=pair[0]).count() == 14
    assert not Order.objects.filter(customer=pair[1]).exists()


@pytest.mark.usefixtures("holds")
def test_two_merges_against_each_other_are_one(pair):
    results = at_once(
        lambda: merge_customers(*pair, choice={}, actor=None),
        lambda: merge_customers(*reversed(pair), choice={}, actor=None),
    )

    assert sum(isinstance(one, Exception) for one in results) == 1
    assert Customer.objects.filter(merged_into=None).count() == 1


@pytest.mark.usefixtures("holds")
def test_two_undo_it_and_it_is_undone_once(pair):
    done = merge_customers(*pair, choice={}, actor=None)

    results = at_once(*(lambda: unmerge_customers(done.pk, actor=None) for _n in range(2)))

    assert sum(isinstance(one, Exception) for one in results) == 1
    assert Order.objects.filter(customer=pair[1]).count() == 1


@pytest.mark.usefixtures("holds")
def test_an_import_recognises_the_survivor(pair, web: Channel):
    key = phone_key("13900000002")
    merge_customers(*pair, choice={}, actor=None)

    assert recognise({key: "B"}) == {key: pair[0]}
    assert CustomerIdentity.objects.get(key=key).customer_id == pair[0]
