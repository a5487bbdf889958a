from typing import Any

import pytest

from inventory.models import Warehouse, WarehouseStaff
from oms.models import User
from orders.desk.cancel import cancel_orders
from orders.desk.edit import edit_order
from orders.models import Order
from orders.review.decide import hold_orders
from tests.fixtures import flow
from tests.fixtures.company import Place

pytestmark = pytest.mark.usefixtures("holds")


def form_of(order: Order, **typed: str) -> dict[str, str]:
    """What a browser sends of the edit form of `order` with `typed` in it."""
    names = ("name", "phone", "country", "province", "city", "district", "street", "postcode")
    stands = {f"ship_{name}": getattr(order, f"ship_{name}") for name in names} | {
        "note": order.note
    }
    hidden = {f"initial-{name}": value for name, value in stands.items()}
    return {"version": str(order.version)} | hidden | stands | typed


def send(browser: Any, order: Order, **typed: str) -> Any:
    return browser.post(f"/orders/{order.number}/edit/", form_of(order, **typed))


def chosen(response: Any, **picks: str) -> dict[str, str]:
    """What a browser sends of the conflict panel, with other choices where `picks` names the field."""
    conflict = response.context["conflict"]
    sent = dict(conflict.hidden)
    for one in conflict.clashes:
        sent[f"mine-{one.name}"] = one.yours
        sent[f"pick-{one.name}"] = picks.get(one.name, "yours" if one.is_mine else "theirs")
    return sent


def test_the_form_holds_what_stands_in_the_order(place: Place, clerk: User, signed_in: Any):
    order = place(note="Ring twice")

    form = signed_in(clerk).get(f"/orders/{order.number}/edit/").context["form"]

    assert (form["ship_city"].value(), form["note"].value()) == ("杭州市", "Ring twice")


def test_a_new_address_is_saved_and_told(place: Place, clerk: User, signed_in: Any):
    order = place()

    response = send(
        signed_in(clerk), order, ship_street="新街 2 号", ship_phone="＋86 139 0000 1111"
    )

    assert response.url == f"/orders/{order.number}/"
    saved = flow.fresh(order)
    assert (saved.ship_street, saved.ship_phone, saved.version) == ("新街 2 号", "13900001111", 2)
    changes = order.events.latest("pk").data["changes"]
    assert changes == {
        "ship_street": ["文三路 1 号", "新街 2 号"],
        "ship_phone": ["13800138001", "13900001111"],
    }


def test_saving_without_a_change_changes_nothing(place: Place, clerk: User, signed_in: Any):
    order = place()

    assert send(signed_in(clerk), order).status_code == 302
    assert (flow.fresh(order).version, order.events.count()) == (1, 1)


def test_a_stale_save_shows_both_versions_and_keeps_what_was_typed(
    place: Place, clerk: User, reviewer: User, signed_in: Any
):
    order = place()
    edit_order(order.pk, version=1, changes={"ship_street": "他街 9 号"}, actor=reviewer)

    response = send(signed_in(clerk), order, ship_street="我街 1 号", note="Ring")

    assert response.status_code == 409
    conflict = response.context["conflict"]
    assert [(one.yours, one.theirs, one.who, one.is_mine) for one in conflict.clashes] == [
        ("我街 1 号", "他街 9 号", "reviewer", True), ("Ring", "", "", True),
    ]  # fmt: skip
    assert [one.actor for one in conflict.happened] == ["reviewer"]
    assert flow.fresh(order).ship_street == "他街 9 号"


def test_saving_again_keeps_what_a_colleague_wrote_in_other_fields(
    place: Place, clerk: User, reviewer: User, signed_in: Any
):
    order, browser = place(), signed_in(clerk)
    edit_order(order.pk, version=1, changes={"ship_phone": "13911112222"}, actor=reviewer)
    again = chosen(send(browser, order, note="Ring"))

    response = browser.post(f"/orders/{order.number}/edit/", again)

    assert response.status_code == 302
    saved = flow.fresh(order)
    assert (saved.note, saved.ship_phone) == ("Ring", "13911112222")


def test_a_move_of_the_order_does_not_disturb_who_is_writing(
    place: Place, clerk: User, signed_in: Any
):
    order = place()
    browser = signed_in(clerk)
    hold_orders([order.pk], actor=None, reason="?")

    seen = send(browser, order, note="x").context["marks"]

    assert send(browser, order, note="x", seen=seen).status_code == 302
    assert flow.fresh(order).note == "x"


def test_the_address_of_a_closed_order_is_fixed(place: Place, clerk: User, signed_in: Any):
    order = place()
    cancel_orders([order.pk], actor=None, reason="?")

    response = send(signed_in(clerk), flow.fresh(order), ship_city="上海市")

    assert response.status_code == 409
    assert "cannot be changed any more" in response.content.decode()


@pytest.mark.parametrize(
    ("field", "typed"),
    [("ship_phone", "call me"), ("ship_city", "x" * 81), ("note", "x" * 2001), ("ship_country", "CHN"),
     ("ship_name", "a\x00b")],
)  # fmt: skip
def test_a_bad_value_is_shown_at_its_field(
    place: Place, clerk: User, signed_in: Any, field: str, typed: str
):
    order = place()

    response = send(signed_in(clerk), order, **{field: typed})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert flow.fresh(order).version == 1


@pytest.mark.parametrize("version", ["", "x", "0", "-1", "99999999999"])
def test_a_form_without_a_version_saves_nothing(
    place: Place, clerk: User, signed_in: Any, version: str
):
    order = place()

    assert send(signed_in(clerk), order, note="x", version=version).status_code == 422
    assert flow.fresh(order).note == ""


def test_without_the_right_nothing_is_saved(place: Place, auditor: User, signed_in: Any):
    order = place()

    assert send(signed_in(auditor), order, note="x").status_code == 403
    assert flow.fresh(order).note == ""


def test_an_order_outside_ones_warehouses_does_not_exist(
    place: Place, manager: User, stocked: Warehouse, other_warehouse: Warehouse, signed_in: Any
):
    order = flow.approve(place())
    WarehouseStaff.objects.create(user=manager, warehouse=other_warehouse)

    assert send(signed_in(manager), order, note="x").status_code == 404
    assert flow.fresh(order).note == ""
