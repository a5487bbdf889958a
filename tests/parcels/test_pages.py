"""Parcels on the screens: the page to split, the buttons of an order, the board, the pick list, the API."""

from collections.abc import Callable
from typing import Any

import pytest

from inventory.models import Sku, Warehouse
from oms.models import User
from orders.amend.plan import Changes
from orders.amend.preview import Wish, save_as_seen
from orders.models import Order, ShipTogether
from orders.parcels.merge import merge_parcels
from tests.fixtures.company import Place, create_sku
from tests.fixtures.flow import approve, fresh, pick, shipments_of
from tests.parcels.steps import ELSEWHERE, HOME, ready_of, travelling

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]
Ready = Callable[..., Order]


def words(page: Any) -> str:
    return " ".join(page.content.decode().split())


def told(page: Any) -> list[str]:
    return [str(message) for message in page.context["messages"]]


def test_a_parcel_is_split_on_its_page(ready: Ready, clerk: User, signed_in: Any) -> None:
    order = ready(5)
    [shipment] = shipments_of(order)
    line = order.lines.get().pk
    browser = signed_in(clerk)
    page = f"/orders/{order.number}/split/"
    assert browser.get(page).status_code == 200

    done = browser.post(
        page, {"shipment": shipment, "to": "here", f"line-{line}": "２"}, follow=True
    )

    assert told(done) == [f"{order.number}-1 is split: {order.number}-2 has the rest."]
    assert [
        sum(one.lines.values_list("quantity", flat=True)) for one in order.shipments.order_by("pk")
    ] == [3, 2]
    back = browser.post(f"/orders/{order.number}/shipments/{shipment}/rejoin/", follow=True)
    assert told(back) == [f"{order.number}-1 now holds what was in {order.number}-2, too."]


@pytest.mark.parametrize(
    ("pieces", "error"),
    [
        ("0", "Write how many pieces go; nothing would move."),
        ("9", "Only 5 are in the parcel: write that or less."),
        ("5", "Leave a piece in the parcel, or there is nothing to split."),
        ("-1", "Write a whole number, 0 or more."),
        ("x", "Write a whole number, 0 or more."),
    ],
)
def test_a_wrong_split_says_so_at_the_field_and_keeps_it(
    ready: Ready, clerk: User, signed_in: Any, pieces: str, error: str
) -> None:
    order = ready(5)
    [shipment] = shipments_of(order)
    line = order.lines.get().pk

    page = signed_in(clerk).post(
        f"/orders/{order.number}/split/",
        {"shipment": shipment, "to": "here", f"line-{line}": pieces},
    )

    assert page.status_code == 422
    assert page.context["form"].errors == {f"line-{line}": [error]}
    assert f'value="{pieces}"' in words(page)


def test_a_parcel_that_was_begun_meanwhile_is_not_split(
    ready: Ready, clerk: User, signed_in: Any
) -> None:
    order = ready(5)
    [shipment] = shipments_of(order)
    pick(order)

    page = signed_in(clerk).post(
        f"/orders/{order.number}/split/", {"shipment": shipment, "to": "here"}, follow=True
    )

    assert told(page) == [f"{order.number}-1 cannot be split any more."]


def test_a_short_order_sees_what_each_choice_means(
    place: Place, cup: Sku, stocked: Warehouse, clerk: User, signed_in: Any, settings: Any
) -> None:
    settings.PARCEL_COST = 8
    create_sku("BIG-1")
    order = approve(place(("CUP-1", 2), ("BIG-1", 1)))
    browser = signed_in(clerk)

    page = browser.get(f"/orders/{order.number}/split/")

    parts, whole = page.context["choices"]
    assert (parts.parcels, int(parts.more_cost), parts.leaves, parts.waits) == (2, 8, 2, 1)
    assert (whole.parcels, int(whole.more_cost), whole.leaves, whole.is_now) == (1, 0, 0, True)
    assert (fresh(order).ship_complete, order.shipments.count()) == (True, 0)
    browser.post(f"/orders/{order.number}/ship-parts/")
    assert fresh(order).ship_complete is False


@pytest.mark.parametrize("orders", [2, 9])
def test_the_pages_take_as_many_queries_for_many_parcels(
    ready: Ready, manager: User, signed_in: Any, orders: int, django_assert_max_num_queries: Any
) -> None:
    placed = [ready() for _n in range(orders)]
    merge_parcels(ready_of(*placed), actor=None)
    browser = signed_in(manager)

    with django_assert_max_num_queries(12):
        browser.get(f"/orders/{placed[0].number}/")
    with django_assert_max_num_queries(9):
        browser.get("/fulfilment/")


def test_the_order_names_who_travels_with_it_and_who_could(
    ready: Ready, manager: User, signed_in: Any
) -> None:
    first, second, third = ready(), ready(), ready()
    ready(ship_to=ELSEWHERE)
    merge_parcels(ready_of(first, second), actor=None)

    [parcel] = signed_in(manager).get(f"/orders/{first.number}/").context["parcels"]

    assert (parcel.company, parcel.mates) == ([second.number], [third.number])


def test_it_is_merged_and_parted_on_the_order(ready: Ready, clerk: User, signed_in: Any) -> None:
    first, second = ready(), ready()
    browser = signed_in(clerk)
    [shipment] = shipments_of(first)
    where = f"/orders/{first.number}/shipments/{shipment}/"

    assert told(browser.post(f"{where}merge/", follow=True)) == ["2 parcels travel as one now."]
    assert travelling(first, second) == [1, 1]
    assert told(browser.post(f"{where}unmerge/", follow=True)) == [
        f"{first.number}-1 travels alone again."
    ]
    assert told(browser.post(f"{where}unmerge/", follow=True)) == [
        f"{first.number}-1 travels alone already."
    ]


def test_nobody_to_merge_with_is_said(ready: Ready, clerk: User, signed_in: Any) -> None:
    order = ready()
    [shipment] = shipments_of(order)

    page = signed_in(clerk).post(f"/orders/{order.number}/shipments/{shipment}/merge/", follow=True)

    assert told(page) == ["Choose parcels of two or more orders to merge."]


def test_the_board_shows_a_merged_parcel_once(ready: Ready, packer: User, signed_in: Any) -> None:
    first, second, third = ready(2), ready(3), ready()
    parcels = ready_of(first, second, third)
    browser = signed_in(packer)

    browser.post("/fulfilment/merge/", {"tab": "ready", "pick": parcels[:2]})
    board = browser.get("/fulfilment/")

    shown = [
        (one.shipment.pk, [mate.pk for mate in one.company], one.pieces, one.could_join)
        for one in board.context["parcels"]
    ]
    assert shown == [(parcels[0], [parcels[1]], 5, 1), (parcels[2], [], 1, 2)]
    assert board.context["tabs"][0].count == "2"
    browser.post("/fulfilment/pick/", {"tab": "ready", "pick": parcels[:1]})
    assert [fresh(one).status for one in (first, second, third)] == [
        "in_fulfilment", "in_fulfilment", "allocated",
    ]  # fmt: skip
    listed = browser.get(f"/fulfilment/pick-list/?ids={parcels[1]}")
    assert [one.pk for one in listed.context["shipments"]] == parcels[:2]
    assert f"one parcel with {second.number}-1" in words(listed)
    parted = browser.post(
        "/fulfilment/unmerge/", {"tab": "picking", "pick": parcels[:1]}, follow=True
    )
    assert told(parted) == ["2 shipments travel alone."]


def test_the_board_says_why_parcels_are_not_merged(
    ready: Ready, packer: User, signed_in: Any
) -> None:
    parcels = ready_of(ready(), ready(ship_to=ELSEWHERE))

    page = signed_in(packer).post("/fulfilment/merge/", {"tab": "ready", "pick": parcels})

    assert page.status_code == 409
    assert "go to different recipients or addresses" in told(page)[0]


def test_a_reviewer_asks_for_it_before_the_goods_are_reserved(
    ready: Ready, place: Place, stocked: Warehouse, reviewer: User, signed_in: Any
) -> None:
    waiting, mate = place(ship_to=HOME), ready()
    browser = signed_in(reviewer)
    assert f'value="{mate.pk}" checked' in words(browser.get(f"/review/{waiting.number}/"))

    page = browser.post(f"/review/{waiting.number}/together/", {"mate": mate.pk}, follow=True)

    assert told(page) == [f"{waiting.number}, {mate.number} travel together when they are ready."]
    assert ShipTogether.objects.count() == 2
    approve(waiting)
    assert travelling(mate, waiting) == [1, 1]


def test_other_recipients_are_not_asked_together(
    ready: Ready, place: Place, stocked: Warehouse, reviewer: User, signed_in: Any
) -> None:
    waiting, other = place(ship_to=HOME), ready(ship_to=ELSEWHERE)

    page = signed_in(reviewer).post(
        f"/review/{waiting.number}/together/", {"mate": other.pk}, HTTP_HX_REQUEST="true"
    )

    assert page.status_code == 409
    assert "do not go to one recipient" in words(page)
    assert not ShipTogether.objects.exists()


def test_a_change_of_address_says_that_the_order_leaves(
    ready: Ready, clerk: User, signed_in: Any
) -> None:
    first, second = ready(), ready()
    merge_parcels(ready_of(first, second), actor=None)
    wish = Wish(first.pk, 1, Changes(head={"ship_street": "武林路 9 号"}))

    found = save_as_seen(wish, actor=clerk, seen=None).found

    [parting] = [one for one in found if one.kind == "shipment"]
    assert (parting.subject, parting.before) == (f"{first.number}-1", f"with {second.number}-1")
    assert travelling(first, second) == [1, 1]


def test_the_list_finds_what_is_merged_and_what_could_be(
    ready: Ready, clerk: User, signed_in: Any
) -> None:
    first, second, third = ready(), ready(), ready()
    ready(ship_to=ELSEWHERE)
    merge_parcels(ready_of(first, second), actor=None)
    browser = signed_in(clerk)

    found = {
        line: {row.number for row in browser.get("/orders/", {"q": line}).context["rows"]}
        for line in ("parcel:merged", "包裹:未合单")
    }

    assert found == {
        "parcel:merged": {first.number, second.number},
        "包裹:未合单": {first.number, second.number, third.number},
    }
