"""Around the edit form: wrong waybills, rules that look again, who else is editing, the neighbours in the list."""

from typing import Any

import pytest
from django.core.cache import cache

from inventory.models import Sku, Warehouse
from oms.errors import InvalidInput, NotPossible, Stale
from oms.models import User
from orders.amend import presence
from orders.desk.neighbours import neighbours
from orders.fulfilment.correct import correct_waybill
from orders.models import Order, Shipment
from orders.review.decide import approve_orders
from tests.amend.steps import amend, line
from tests.fixtures import flow
from tests.fixtures.company import Place
from tests.fixtures.rules import rule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


@pytest.fixture
def reserved(place: Place, cup: Sku, warehouse: Warehouse) -> Order:
    flow.receive(cup, warehouse, 10)
    return flow.approve(place(("CUP-1", 2)))


def correct(shipment: Shipment, **options: Any) -> Shipment:
    wanted = {"was": ("", ""), "carrier": "SF", "waybill": "sf 1", "actor": None, "reason": "Typo"}
    return correct_waybill(shipment.pk, **(wanted | options))


def test_the_waybill_of_a_parcel_that_has_left_is_corrected_with_a_reason(
    reserved: Order, clerk: User
):
    shipment = flow.send(reserved).shipments.get()

    correct(shipment, actor=clerk)

    shipment.refresh_from_db()
    assert (shipment.carrier, shipment.waybill) == ("SF", "SF 1")
    event = reserved.events.get(kind="waybill_corrected")
    assert (event.actor, event.reason) == (clerk, "Typo")
    assert event.data["changes"] == {"carrier": ["", "SF"], "waybill": ["", "SF 1"]}


def test_a_parcel_in_the_house_has_no_waybill_to_correct(reserved: Order):
    with pytest.raises(NotPossible, match="when you hand it over"):
        correct(reserved.shipments.get())


@pytest.mark.parametrize("bad", [{"reason": " "}, {"waybill": "x" * 65}, {"carrier": "a\x00"}])
def test_a_bad_correction_changes_nothing(reserved: Order, bad: dict[str, str]):
    shipment = flow.send(reserved).shipments.get()

    with pytest.raises(InvalidInput) as refusal:
        correct(shipment, **bad)

    assert [error.field for error in refusal.value.errors] == list(bad)


def test_two_corrections_do_not_overwrite_each_other(reserved: Order):
    shipment = flow.send(reserved).shipments.get()
    correct(shipment)

    with pytest.raises(Stale, match="it now says SF SF 1"):
        correct(shipment, waybill="SF 2")


def test_the_page_corrects_a_waybill_and_comes_back(reserved: Order, clerk: User, signed_in: Any):
    shipment = flow.send(reserved).shipments.get()
    typed = {
        "was_carrier": "",
        "was_waybill": "",
        "carrier": "SF",
        "waybill": "SF9",
        "reason": "Typo",
    }

    response = signed_in(clerk).post(
        f"/orders/{reserved.number}/shipments/{shipment.pk}/correct/", typed
    )

    assert response.url == f"/orders/{reserved.number}/"
    shipment.refresh_from_db()
    assert shipment.waybill == "SF9"


def test_a_rule_stops_an_order_that_became_too_large(reserved: Order):
    rule("hold", ("total", "gte", "50"), name="Large", reason="Large")

    after = amend(reserved, line(reserved, quantity=6))

    assert (after.status, after.reason_code, after.reason_detail) == (
        "on_hold",
        "held_by_rule",
        "Large",
    )


def test_what_a_person_approved_stops_when_it_becomes_dearer(
    reserved: Order, reviewer: User, place: Place
):
    order = place(("CUP-1", 1))
    approve_orders([order.pk], actor=reviewer)

    after = amend(order, line(order, unit_price="12"))

    assert (after.status, after.reason_code) == ("on_hold", "changed")


def test_an_approval_stands_when_no_rule_reads_what_was_changed(reserved: Order):
    rule("hold", ("total", "gte", "50"), name="Large", reason="Large")

    assert amend(reserved, note="Ring").status == "allocated"


def test_a_rule_that_still_approves_lets_it_pass(reserved: Order):
    rule("approve", ("total", "gte", "1"), name="Any", reason="Any")

    assert amend(reserved, line(reserved, quantity=3)).status == "allocated"


def test_colleagues_see_who_edits_and_not_themselves(
    reserved: Order, clerk: User, reviewer: User, signed_in: Any
):
    cache.delete(f"editing:{reserved.pk}")
    url = f"/orders/{reserved.number}/editing/"

    assert signed_in(clerk).post(url).context["editors"] == []
    [seen] = signed_in(reviewer).post(url, {"look": "1"}).context["editors"]

    assert seen.name == clerk.display_name
    assert presence.others(reserved.pk, clerk) == []
    presence.leave(reserved.pk, clerk)
    assert presence.others(reserved.pk, reviewer) == []


@pytest.mark.parametrize(
    "query", ["", "tab=review", "channel=web", "q=CUP-1", "status=pending_review&size=100"]
)
def test_the_neighbours_are_those_of_the_list(place: Place, clerk: User, query: str):
    old, middle, new = place(), place(), place()

    found = neighbours(clerk, query, middle)

    assert found.previous_url.startswith(f"/orders/{new.number}/")
    assert found.next_url.startswith(f"/orders/{old.number}/")
    assert found.back_url.endswith(f"focus={middle.number}")
    assert neighbours(clerk, query, old).next_url == ""
    assert neighbours(clerk, query, new).previous_url == ""


def test_an_order_that_left_the_list_still_knows_its_place(place: Place, clerk: User):
    old, middle, new = place(), place(), place()
    approve_orders([middle.pk], actor=None)

    found = neighbours(clerk, "tab=review", middle)

    assert found.next_url.startswith(f"/orders/{old.number}/")
    assert found.previous_url.startswith(f"/orders/{new.number}/")


@pytest.mark.parametrize(
    "query", ["%", "after=x&before=y", "tab=nope", "\x00", "day_from=x", "a" * 5000]
)
def test_a_list_that_makes_no_sense_is_no_error(
    place: Place, clerk: User, signed_in: Any, query: str
):
    order = place()

    assert signed_in(clerk).get(f"/orders/{order.number}/", {"list": query}).status_code == 200
