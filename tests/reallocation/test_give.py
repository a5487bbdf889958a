"""Goods of one order for another: who gives becomes back-ordered, who gets is allocated, and no piece is lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from inventory import expectations
from inventory.models import Reservation, Sku, Stock, Warehouse
from oms.errors import InvalidInput, NotPossible
from oms.models import User
from orders.allocation.give import Gift, give
from orders.allocation.hold import hold_softly
from orders.allocation.holders import shortages_of
from orders.allocation.impact import give_as_seen
from orders.fulfilment.pick import pick_shipments
from orders.models import Order
from orders.parcels.merge import merge_parcels
from orders.review.decide import hold_orders
from tests.fixtures.company import Place, create_sku
from tests.fixtures.flow import approve, fresh, pick, receive, shipments_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


@pytest.fixture
def placed(place: Place, cup: Sku, warehouse: Warehouse) -> Callable[..., Order]:
    """`placed(2)`: an approved order of so many cups; five lie in the warehouse."""
    receive(cup, warehouse, 5)
    return lambda cups, **fields: approve(place(("CUP-1", cups), **fields))


def kept_for(order: Order) -> list[Reservation]:
    lines = list(order.lines.values_list("pk", flat=True))
    return list(Reservation.objects.filter(order_line_id__in=lines, status="open").order_by("pk"))


def reserved() -> list[tuple[int, int]]:
    return list(Stock.objects.order_by("pk").values_list("on_hand", "reserved"))


def take(giver: Order, to: Order, pieces: int | None = None) -> Gift:
    """So many pieces of each reservation of `giver` (None: all)."""
    held = kept_for(giver)
    return Gift(to.pk, {one.pk: one.quantity if pieces is None else pieces for one in held})


def test_the_giver_waits_and_the_other_is_served(
    placed: Callable[..., Order], manager: User
) -> None:
    giver, short = placed(5), placed(4)
    assert (giver.status, short.status) == ("allocated", "backordered")

    give(take(giver, short, 4), actor=manager)

    assert [fresh(one).status for one in (giver, short)] == ["backordered", "allocated"]
    assert fresh(giver).reason_detail == "CUP-1 ×5"
    assert (fresh(short).reason_code, fresh(short).reason_detail) == ("", "")
    # Who leaves only when complete keeps nothing meanwhile.
    assert (kept_for(giver), reserved()) == ([], [(5, 4)])
    assert giver.events.get(kind="goods_given").data == {
        "pieces": ["CUP-1 ×4"], "given_to": short.number,
    }  # fmt: skip
    assert short.events.get(kind="goods_got").data == {
        "pieces": ["CUP-1 ×4"], "given_by": [giver.number],
    }  # fmt: skip


def test_who_ships_in_parts_keeps_the_rest(placed: Callable[..., Order]) -> None:
    giver, short = placed(5, ship_complete=False), placed(2)

    give(take(giver, short, 2), actor=None)

    assert [one.quantity for one in kept_for(giver)] == [3]
    assert [fresh(one).status for one in (giver, short)] == ["backordered", "allocated"]
    assert fresh(giver).reason_detail == "CUP-1 ×2"
    assert reserved() == [(5, 5)]


def test_an_emptied_parcel_is_cancelled(placed: Callable[..., Order]) -> None:
    giver, short = placed(3, ship_complete=False), placed(5, ship_complete=False)
    assert [one.quantity for one in kept_for(short)] == [2]

    give(take(giver, short), actor=None)

    assert (shipments_of(giver, "ready"), len(shipments_of(giver, "cancelled"))) == ([], 1)
    assert fresh(short).status == "allocated"


def test_several_orders_give(placed: Callable[..., Order]) -> None:
    first, second = placed(2), placed(3)
    short = placed(5)
    gift = Gift(short.pk, {**take(first, short).pieces, **take(second, short).pieces})

    give(gift, actor=None)

    statuses = [fresh(one).status for one in (first, second, short)]
    assert statuses == ["backordered", "backordered", "allocated"]
    told = short.events.get(kind="goods_got").data
    assert told["given_by"] == [first.number, second.number]


def test_a_stopped_order_gives_and_stays_stopped(placed: Callable[..., Order]) -> None:
    giver, short = placed(5), placed(1)
    hold_orders([giver.pk], actor=None, reason="asks")

    give(take(giver, short, 1), actor=None)

    assert [fresh(one).status for one in (giver, short)] == ["on_hold", "allocated"]


def test_a_giver_leaves_the_merged_parcel(placed: Callable[..., Order]) -> None:
    giver, mate, short = placed(2), placed(3), placed(1)
    merge_parcels([*shipments_of(giver), *shipments_of(mate)], actor=None)

    give(take(giver, short, 1), actor=None)

    assert mate.shipments.get().consignment is None
    assert fresh(mate).status == "allocated"


@pytest.mark.parametrize(
    ("pieces", "wrong"),
    [(0, ("pieces", "empty")), (6, ("take", "too_many")), (-1, ("take", "negative")),
     (3, ("pieces", "not_needed"))],
)  # fmt: skip
def test_pieces_that_cannot_be_are_refused_at_the_field(
    placed: Callable[..., Order], pieces: int, wrong: tuple[str, str]
) -> None:
    giver, short = placed(5), placed(2)
    gift = take(giver, short, pieces)

    with pytest.raises(InvalidInput) as refused:
        give(gift, actor=None)

    field = f"take-{next(iter(gift.pieces))}" if wrong[0] == "take" else wrong[0]
    assert [(one.field, one.code) for one in refused.value.errors] == [(field, wrong[1])]
    assert [fresh(one).status for one in (giver, short)] == ["allocated", "backordered"]


def test_what_is_being_picked_is_not_given(placed: Callable[..., Order]) -> None:
    giver, short = placed(5), placed(2)
    gift = take(giver, short, 2)
    pick(giver)

    with pytest.raises(InvalidInput) as refused:
        give(gift, actor=None)

    assert refused.value.errors[0].code == "not_there"


def test_too_little_for_an_order_that_leaves_complete(placed: Callable[..., Order]) -> None:
    giver, short = placed(5, ship_complete=False), placed(3)

    with pytest.raises(NotPossible) as refused:
        give(take(giver, short, 2), actor=None)
    assert refused.value.code == "still_short"


def test_who_lacks_nothing_is_given_nothing(placed: Callable[..., Order]) -> None:
    giver, happy = placed(3), placed(2)

    with pytest.raises(NotPossible) as refused:
        give(take(giver, happy, 1), actor=None)

    assert refused.value.code == "not_short"


def test_looking_changes_nothing_and_says_who_becomes_late(
    placed: Callable[..., Order], monkeypatch: pytest.MonkeyPatch
) -> None:
    soon = timezone.now() + timedelta(days=2)
    giver, short = placed(5, promised_at=soon), placed(4)
    comes = {giver.lines.get().pk: timezone.localdate(soon) + timedelta(days=3)}
    monkeypatch.setattr(expectations, "_sources", [lambda _skus: comes])

    looked = give_as_seen(take(giver, short, 4), actor=None, seen=None)

    assert (looked.is_done, reserved()) == (False, [(5, 5)])
    assert not giver.events.filter(kind="goods_given").exists()
    [late] = [one for one in looked.found if one.kind == "late"]
    assert (late.subject, late.note) == (giver.number, "3 days late")
    done = give_as_seen(take(giver, short, 4), actor=None, seen=looked.marks)
    assert (done.is_done, fresh(short).status) == (True, "allocated")


def test_without_new_goods_there_is_no_date(placed: Callable[..., Order]) -> None:
    giver, short = placed(5, promised_at=timezone.now() + timedelta(days=2)), placed(4)

    looked = give_as_seen(take(giver, short, 4), actor=None, seen=None)

    [late] = [one for one in looked.found if one.kind == "late"]
    assert (late.after, late.note) == ("no date for new goods", "Late unless goods come before.")


def test_what_changed_meanwhile_is_shown_before_it_is_done(placed: Callable[..., Order]) -> None:
    giver, short = placed(5, ship_complete=False), placed(2)
    looked = give_as_seen(take(giver, short, 2), actor=None, seen=None)
    hold_orders([giver.pk], actor=None, reason="asks")

    again = give_as_seen(take(giver, short, 2), actor=None, seen=looked.marks)

    assert (again.is_done, fresh(short).status) == (False, "backordered")


def test_those_that_can_best_wait_are_proposed(
    placed: Callable[..., Order], manager: User, warehouse: Warehouse
) -> None:
    now = timezone.now()
    soon = placed(1, promised_at=now + timedelta(days=1))
    late = placed(1, promised_at=now + timedelta(days=9))
    held, begun = placed(1), placed(1)
    pick_shipments(shipments_of(begun), actor=None)
    hold_orders([held.pk], actor=None, reason="asks")
    receive(create_sku("LID-1"), warehouse, 1)
    short = placed(4, promised_at=now + timedelta(days=5))

    [found] = shortages_of(short, manager)

    assert (found.code, found.lacking) == ("CUP-1", 4)
    shown: list[Any] = [(one.number, one.proposed) for one in found.holdings]
    assert shown == [(held.number, 1), (late.number, 1), (soon.number, 0)]


def test_what_is_free_is_taken_from_nobody(
    placed: Callable[..., Order], manager: User, warehouse: Warehouse, cup: Sku
) -> None:
    now = timezone.now()
    placed(5, promised_at=now + timedelta(days=9))
    short = placed(3, promised_at=now + timedelta(days=5))
    receive(cup, warehouse, 2)

    [found] = shortages_of(short, manager)

    assert (found.lacking, found.free) == (3, 2)
    assert [one.proposed for one in found.holdings] == [1]


def test_what_an_order_holds_for_a_time_it_does_not_lack(
    placed: Callable[..., Order], place: Place
) -> None:
    create_sku("LID-1")
    giver = placed(3)
    short = place(("CUP-1", 2), ("LID-1", 1))
    hold_softly([short.pk], until=timezone.now() + timedelta(hours=2), actor=None)
    approve(short)

    with pytest.raises(InvalidInput) as refused:
        give(take(giver, short, 2), actor=None)

    assert [(error.field, error.code) for error in refused.value.errors] == [
        ("pieces", "not_needed")
    ]
    assert (kept_for(giver)[0].quantity, fresh(short).status) == (3, "backordered")
