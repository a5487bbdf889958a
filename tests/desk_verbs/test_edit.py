"""Editing an order: what two people do to it, and what is too late."""

import pytest

from inventory.models import Sku, Warehouse
from oms.errors import InvalidInput, NotPossible, Stale
from oms.models import User
from orders.desk.edit import edit_order
from tests.fixtures.company import Place
from tests.fixtures.flow import approve, fresh, receive, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


def test_a_changed_address_is_in_the_timeline(place: Place, clerk: User) -> None:
    order = place()

    edited = edit_order(order.pk, version=1, changes={"ship_city": "宁波市"}, actor=clerk)

    assert (edited.ship_city, edited.version) == ("宁波市", 2)
    event = order.events.get(kind="edited")
    assert event.actor == clerk
    assert event.data == {"changes": {"ship_city": ["杭州市", "宁波市"]}, "version": 2}


def test_the_second_of_two_people_is_told_what_the_first_did(place: Place) -> None:
    order = place()
    edit_order(order.pk, version=1, changes={"note": "first"}, actor=None)

    with pytest.raises(Stale) as refused:
        edit_order(order.pk, version=1, changes={"note": "second"}, actor=None)

    assert (refused.value.theirs, refused.value.yours) == ({"note": "first"}, {"note": "second"})
    assert fresh(order).note == "first"


def test_saving_without_a_change_leaves_no_trace(place: Place) -> None:
    order = place()

    assert edit_order(order.pk, version=1, changes={"note": ""}, actor=None).version == 1
    assert not order.events.filter(kind="edited").exists()


def test_a_field_that_is_not_editable_is_refused(place: Place) -> None:
    order = place()

    with pytest.raises(InvalidInput) as refused:
        edit_order(order.pk, version=1, changes={"total_amount": "0", "note": "x\x00"}, actor=None)

    assert [(one.field, one.code) for one in refused.value.errors] == [
        ("total_amount", "read_only"),
        ("note", "control_character"),
    ]
    assert fresh(order).total_amount == 10


def test_the_address_of_a_parcel_that_left_is_fixed_but_the_note_is_not(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    receive(cup, warehouse, 1)
    order = send(approve(place()))

    with pytest.raises(NotPossible, match="its address cannot be changed any more"):
        edit_order(order.pk, version=order.version, changes={"ship_city": "x"}, actor=None)

    edited = edit_order(order.pk, version=order.version, changes={"note": "call"}, actor=None)
    assert edited.note == "call"


def test_a_corrected_name_is_found_by_search(place: Place) -> None:
    order = place()

    edit_order(order.pk, version=1, changes={"ship_name": "欧阳"}, actor=None)

    assert "欧阳" in fresh(order).search.grams
