"""`manage.py act VERB NUMBER…`: what the buttons do, from the command line."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from inventory.models import Sku, Warehouse, WarehouseStaff
from oms.models import User
from orders.models import Order, Shipment
from orders.review.decide import hold_orders
from tests.fixtures import flow
from tests.fixtures.company import Place

pytestmark = pytest.mark.usefixtures("holds")


def act(*words: str) -> tuple[int, str]:
    """Exit code and output."""
    printed = StringIO()
    try:
        call_command("act", *words, stdout=printed)
    except SystemExit as end:
        return int(str(end.code)), printed.getvalue()
    return 0, printed.getvalue()


def in_json(*words: str) -> Any:
    return json.loads(act(*words, "--json")[1])


@pytest.mark.parametrize(
    ("verb", "after"),
    [
        ("approve", "approved"),
        ("hold", "on_hold"),
        ("release", "approved"),
        ("cancel", "cancelled"),
    ],
)
def test_orders_are_moved_with_the_reason(
    place: Place, reviewer: User, verb: str, after: str
) -> None:
    order = place()
    if verb == "release":
        hold_orders([order.pk], actor=None, reason="?")

    code, printed = act(verb, order.number.lower(), "--reason", "Call", "--user", "reviewer")

    assert (code, printed) == (0, f"done: {order.number}\n")
    event = order.events.latest("pk")
    assert (flow.fresh(order).status, event.actor, event.reason) == (after, reviewer, "Call")


def test_an_order_goes_from_the_shelf_to_the_door(place: Place, stocked: Warehouse) -> None:
    order = flow.approve(place())
    for verb in ("pick", "pack", "ship", "deliver"):
        assert in_json(verb, order.number) == {"done": [f"{order.number}-1"], "refused": {}}

    assert flow.fresh(order).status == "delivered"


def test_a_named_shipment_takes_its_waybill(place: Place, stocked: Warehouse) -> None:
    order = flow.approve(place())
    act("pick", order.number)
    act("pack", order.number)

    act("ship", f"{order.number}-1", "--carrier", "SF", "--waybill", " sf1 ")

    found = Shipment.objects.values_list("status", "carrier", "waybill").get()
    assert found == ("shipped", "SF", "SF1")


def test_the_refused_are_told_and_the_others_done(place: Place, stocked: Warehouse) -> None:
    good, waiting = flow.approve(place()), place(external_no="B")

    code, printed = act("pick", good.number, waiting.number, "SO-NONE")

    assert code == 1
    assert printed.splitlines() == [
        f"done: {good.number}-1",
        f"refused: No shipment of order {waiting.number} is “Ready to pick”.",
        "refused: There is no order or shipment SO-NONE.",
    ]


def test_what_the_state_forbids_is_refused_under_its_number(place: Place) -> None:
    order = place()

    told = in_json("release", order.number, "SO-NONE")

    assert told["done"] == []
    assert "cannot become" in told["refused"][order.number]
    assert told["refused"]["SO-NONE"] == "There is no order SO-NONE."


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["hold", "X"], "Say why"),
        (["cancel", "X", "--reason", " "], "Say why"),
        (["hold", "X", "--reason", "x" * 301], "Shorten this to 300"),
        (["pick", "X", "--reason", "?"], "take a reason"),
        (["pack", "X", "--waybill", "SF1"], "Only ship takes"),
        (["approve", "X", "--user", "nobody"], "no active user nobody"),
        (["approve", "X", "--user", "warehouse"], "role of warehouse does not include"),
    ],
)
def test_what_cannot_be_asked_is_an_error(packer: User, words: list[str], why: str) -> None:
    with pytest.raises(CommandError, match=why):
        act(*words)


def test_one_waybill_is_for_one_shipment(
    place: Place, cup: Sku, warehouse: Warehouse, other_warehouse: Warehouse
) -> None:
    order = in_two_houses(place, cup, warehouse, other_warehouse)
    act("pick", order.number)
    act("pack", order.number)

    with pytest.raises(CommandError, match="Name the shipment"):
        act("ship", order.number, "--waybill", "SF1")
    assert set(order.shipments.values_list("status", flat=True)) == {"packed"}


def test_a_limited_person_moves_only_what_lies_in_their_warehouse(
    place: Place, cup: Sku, warehouse: Warehouse, other_warehouse: Warehouse, packer: User
) -> None:
    order = in_two_houses(place, cup, warehouse, other_warehouse)
    WarehouseStaff.objects.create(user=packer, warehouse=other_warehouse)
    mine, theirs = (
        order.shipments.get(warehouse=other_warehouse),
        order.shipments.get(warehouse=warehouse),
    )

    assert in_json("pick", order.number, "--user", "warehouse")["done"] == [mine.number]
    assert list(in_json("pick", theirs.number, "--user", "warehouse")["refused"]) == [theirs.number]


def in_two_houses(place: Place, cup: Sku, *houses: Warehouse) -> Order:
    """An order of which each warehouse sends a part."""
    for house in houses:
        flow.receive(cup, house, 1)
    return flow.approve(place(("CUP-1", len(houses))))
