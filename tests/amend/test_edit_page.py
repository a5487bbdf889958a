"""The edit form as people use it: lines, the look at what follows, the choice between two versions."""

from typing import Any

import orjson
import pytest

from inventory.models import Sku, Warehouse
from oms.models import User
from orders.desk.cancel import cancel_orders
from orders.desk.edit import edit_order
from orders.models import Order
from tests.amend.steps import amend, line, parcels, pieces
from tests.fixtures import flow
from tests.fixtures.company import Place, create_sku

pytestmark = pytest.mark.usefixtures("holds")


def page(order: Order) -> str:
    return f"/orders/{order.number}/edit/"


def lines_of(
    order: Order, *rows: tuple[str, str, str], added: tuple[str, ...] = (), **head: str
) -> dict[str, str]:
    """What a browser sends of the part “lines”; `rows` are (quantity, price, discount) as typed."""
    were, sent = {}, {}
    for place, one in enumerate(order.lines.order_by("position")):
        stands = [str(one.quantity - one.cancelled_quantity), f"{one.unit_price:.2f}", ""]
        were[str(one.pk)] = stands
        typed = rows[place] if place < len(rows) else stands
        for name, text in zip(("quantity", "unit_price", "discount"), typed, strict=True):
            sent[f"line-{one.pk}-{name}"] = text
    amounts = {
        "shipping_amount": "0.00",
        "discount_amount": "0.00",
        "promised_at": "",
        "ship_complete": "True",
    }
    sent |= {f"initial-{name}": value for name, value in amounts.items()} | amounts
    sent |= {"lines-TOTAL_FORMS": str(len(added)), "lines-INITIAL_FORMS": "0"}
    for place, sku in enumerate(added):
        sent |= {f"lines-{place}-sku": sku, f"lines-{place}-quantity": "1" if sku else ""}
    return (
        sent
        | {
            "part": "lines",
            "version": str(order.version),
            "lines_were": orjson.dumps(were).decode(),
        }
        | head
    )


@pytest.fixture
def reserved(place: Place, cup: Sku, warehouse: Warehouse) -> Order:
    flow.receive(cup, warehouse, 10)
    return flow.approve(place(("CUP-1", 2)))


def test_a_waiting_order_is_saved_at_once_and_sums_up(place: Place, clerk: User, signed_in: Any):
    order, browser = place(("CUP-1", 2)), signed_in(clerk)

    response = browser.post(page(order), lines_of(order, ("３", "9.5", "")), follow=True)

    assert pieces(order) == [(3, 0, 28.5)]
    [note] = response.context["messages"]
    assert note.message.startswith(f"Order {order.number} saved. Total: ¥20.00 → ¥28.50")


def test_a_confirmed_order_is_looked_at_first(reserved: Order, clerk: User, signed_in: Any):
    browser, typed = signed_in(clerk), lines_of(reserved, ("3", "10.00", ""))

    looked = browser.post(page(reserved), typed)

    assert looked.status_code == 200
    assert pieces(reserved) == [(2, 0, 20)]
    told = [
        (one.subject, one.before, one.after)
        for _t, found in looked.context["groups"]
        for one, _n in found
    ]
    number = reserved.shipments.get().number
    assert told == [
        ("CUP-1, quantity", "2", "3"), ("Total", "¥20.00", "¥30.00"), ("To be paid", "¥20.00", "¥30.00"),
        ("CUP-1, reserved", "2", "3"), (f"{number} · 杭州仓", "CUP-1 ×2", "cancelled"),
        ("New shipment from 杭州仓", "", "CUP-1 ×3"), (f"Pick list of {number}", "", ""), ("Approval", "", ""),
    ]  # fmt: skip

    done = browser.post(page(reserved), typed | {"seen": looked.context["marks"]})

    assert done.status_code == 302
    assert (pieces(reserved), parcels(reserved)) == ([(3, 0, 30)], [("ready", 3)])


def test_what_follows_is_shown_again_when_it_is_no_longer_the_same(
    reserved: Order, cup: Sku, warehouse: Warehouse, clerk: User, signed_in: Any
):
    browser, typed = signed_in(clerk), lines_of(reserved, ("5", "10.00", ""))
    seen = browser.post(page(reserved), typed).context["marks"]
    flow.receive(cup, warehouse, -6)

    again = browser.post(page(reserved), typed | {"seen": seen})

    assert (again.status_code, again.context["is_other"]) == (200, True)
    new = [one.subject for _t, found in again.context["groups"] for one, is_new in found if is_new]
    assert "CUP-1, short" in new
    assert "CUP-1, quantity" not in new
    assert pieces(reserved) == [(2, 0, 20)]


def test_wrong_cells_are_told_at_their_fields(place: Place, clerk: User, signed_in: Any):
    order = place(("CUP-1", 2), ("CUP-1", 1))
    typed = lines_of(order, ("two", "", "x"), ("1", "-1", ""), added=("NOPE",))

    response = signed_in(clerk).post(page(order), typed)

    assert response.status_code == 422
    first, second = response.context["edit"].rows
    assert set(first.errors) == {"quantity", "unit_price", "discount"}
    assert first.typed["quantity"] == "two"
    assert second.errors == {}
    assert flow.fresh(order).version == 1


def test_what_the_verb_refuses_is_told_at_its_field_too(place: Place, clerk: User, signed_in: Any):
    order = place(("CUP-1", 2))

    response = signed_in(clerk).post(page(order), lines_of(order, ("2", "-1", ""), added=("NOPE",)))

    assert response.status_code == 422
    assert list(response.context["edit"].rows[0].errors) == ["unit_price"]
    assert "There is no SKU NOPE" in response.content.decode()


def test_two_people_on_different_cells_of_a_line_both_keep_theirs(
    place: Place, clerk: User, signed_in: Any
):
    order, browser = place(("CUP-1", 2)), signed_in(clerk)
    typed = lines_of(order, ("2", "8", ""))
    amend(order, line(order, quantity=4))

    response = browser.post(page(order), typed)

    assert response.status_code == 409
    clashes = response.context["conflict"].clashes
    assert [(one.label, one.yours, one.theirs, one.is_mine) for one in clashes] == [
        ("CUP-1, quantity", "2", "4", False), ("CUP-1, price", "8", "10.00", True),
    ]  # fmt: skip
    sent = dict(response.context["conflict"].hidden)
    for one in clashes:
        sent |= {
            f"mine-{one.name}": one.yours,
            f"pick-{one.name}": "yours" if one.is_mine else "theirs",
        }
    assert browser.post(page(order), sent).status_code == 302
    assert pieces(order) == [(4, 0, 32)]


def test_a_cancelled_order_keeps_what_was_typed_for_copying_only(
    place: Place, clerk: User, signed_in: Any
):
    order, browser = place(("CUP-1", 2)), signed_in(clerk)
    typed = lines_of(order, ("7", "10.00", ""))
    cancel_orders([order.pk], actor=None, reason="?")

    response = browser.post(page(order), typed)

    conflict = response.context["conflict"]
    assert response.status_code == 409
    assert ([one.yours for one in conflict.closed], conflict.clashes, conflict.may_go_on) == (
        ["7"],
        [],
        False,
    )
    assert "Apply my changes again" not in response.content.decode()


def test_a_fragment_is_answered_in_place(reserved: Order, clerk: User, signed_in: Any):
    browser, htmx = signed_in(clerk), {"HX-Request": "true"}
    form = browser.get(page(reserved), {"part": "note"}, headers=htmx).content.decode()
    assert "<html" not in form
    assert "ship_street" not in form

    sent = {"part": "note", "version": "1", "initial-note": "", "note": "Ring"}
    looked = browser.post(page(reserved), sent, headers=htmx)
    saved = browser.post(page(reserved), sent | {"seen": looked.context["marks"]}, headers=htmx)

    assert (saved.status_code, saved["HX-Redirect"]) == (204, f"/orders/{reserved.number}/")
    assert flow.fresh(reserved).note == "Ring"


@pytest.mark.parametrize("bad", ["[]", "{", '{"1": 3}', "null", '{"x": ["1"]}'])
def test_a_form_with_broken_memory_saves_what_differs_from_the_order(
    place: Place, clerk: User, signed_in: Any, bad: str
):
    order = place(("CUP-1", 2))

    response = signed_in(clerk).post(
        page(order), lines_of(order, ("3", "10.00", ""), lines_were=bad)
    )

    assert response.status_code == 302
    assert pieces(order) == [(3, 0, 30)]


def test_without_the_right_no_line_is_changed(place: Place, packer: User, signed_in: Any):
    order = place(("CUP-1", 2))

    assert signed_in(packer).post(page(order), lines_of(order, ("3", "9", ""))).status_code == 403
    assert pieces(order) == [(2, 0, 20)]


@pytest.mark.parametrize("count", [3, 300])
def test_many_lines_take_no_more_queries(
    place: Place, clerk: User, signed_in: Any, count: int, django_assert_max_num_queries: Any
):
    order, browser = place(*[("CUP-1", 1)] * count), signed_in(clerk)
    with django_assert_max_num_queries(9):
        browser.get(page(order))

    with django_assert_max_num_queries(30):
        response = browser.post(page(order), lines_of(order, *[("2", "9", "1")] * count))

    assert response.status_code == 302
    assert flow.fresh(order).total_amount == 17 * count


def test_saving_an_edit_of_a_colleague_again_says_that_it_stands(
    place: Place, clerk: User, signed_in: Any
):
    order, browser = place(), signed_in(clerk)
    edit_order(order.pk, version=1, changes={"note": "Ring"}, actor=None)

    sent = {"part": "note", "version": "1", "initial-note": "", "note": "Ring"}
    response = browser.post(page(order), sent)

    assert response.status_code == 409
    assert "Everything you typed stands in the order already" in response.content.decode()


def test_pots_can_be_added_to_an_order(place: Place, clerk: User, signed_in: Any):
    create_sku("POT-1", price=30)
    order = place(("CUP-1", 2))

    signed_in(clerk).post(page(order), lines_of(order, added=("pot-1", "")))

    assert flow.fresh(order).total_amount == 50
