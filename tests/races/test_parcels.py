"""Merging beside picking, giving beside picking, two that give the same pieces. Each protection has its control."""

from collections.abc import Callable
from typing import Any

import pytest

from inventory.models import Reservation, Sku, Stock, Warehouse
from oms.errors import InvalidInput
from orders.allocation import give as giving
from orders.allocation.give import Gift, give
from orders.fulfilment import step
from orders.fulfilment.pick import pick_shipments
from orders.models import Order, Shipment
from orders.outcome import Outcome
from orders.parcels import merge as merging
from orders.parcels.merge import merge_parcels
from tests.fixtures.company import Place
from tests.fixtures.flow import approve, broken, fresh, receive, shipments_of
from tests.races.racing import at_once, meeting_after

pytestmark = pytest.mark.django_db(transaction=True)

# As the statement that locks, but without its lock.
_UNLOCKED = step._LOCK.replace("FOR NO KEY UPDATE", "")


@pytest.fixture
def placed(place: Place, cup: Sku, warehouse: Warehouse) -> Callable[..., Order]:
    receive(cup, warehouse, 4)
    return lambda cups, **fields: approve(place(("CUP-1", cups), **fields))


def merge_beside_pick(first: Order, second: Order, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """One merges two parcels, having seen them ready; another begins to pick one of them meanwhile."""
    parcels = [*shipments_of(first), *shipments_of(second)]
    seen: list[object] = []
    read, slow = merging.read_parcels, meeting_after(merging.read_parcels)

    def look(ids: Any) -> Any:
        seen.append(ids)
        return slow(ids)

    def pick() -> Outcome:
        while not seen:
            pass
        return pick_shipments(parcels[:1], actor=None)

    monkeypatch.setattr(merging, "read_parcels", look)
    results = at_once(lambda: merge_parcels(parcels, actor=None), pick)
    monkeypatch.setattr(merging, "read_parcels", read)
    return results


def test_what_is_merged_is_picked_as_one(
    placed: Callable[..., Order], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = placed(1), placed(1)

    merged, picked = merge_beside_pick(first, second, monkeypatch)

    # The picker had looked for company before the merge: he is told to look again.
    assert (len(merged), picked.done) == (2, [])
    assert list(Shipment.objects.values_list("status", flat=True)) == ["ready", "ready"]
    assert pick_shipments(shipments_of(second), actor=None).done == merged
    assert broken() == set()


def test_without_the_lock_one_of_a_merged_parcel_goes_alone(
    placed: Callable[..., Order], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(step, "_LOCK", _UNLOCKED)

    merge_beside_pick(placed(1), placed(1), monkeypatch)

    assert sorted(Shipment.objects.values_list("status", flat=True)) == ["picking", "ready"]
    assert "merged_parcel_goes_as_one" in broken()


def gift_of(giver: Order, to: Order) -> Gift:
    held = Reservation.objects.filter(order_line_id=giver.lines.get().pk, status="open")
    return Gift(to.pk, {one.pk: one.quantity for one in held})


def both_give(giver: Order, shorts: list[Order], monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The same pieces are given to two orders; each has read them before either takes them."""
    monkeypatch.setattr(giving, "_require_there", meeting_after(giving._require_there))
    gifts = [gift_of(giver, one) for one in shorts]
    return at_once(*(lambda gift=one: give(gift, actor=None) for one in gifts))


def test_the_same_pieces_are_given_once(
    placed: Callable[..., Order], monkeypatch: pytest.MonkeyPatch
) -> None:
    giver = placed(4)
    shorts = [placed(4), placed(4)]

    results = both_give(giver, shorts, monkeypatch)

    [refused] = [one for one in results if isinstance(one, Exception)]
    assert isinstance(refused, InvalidInput)
    assert refused.errors[0].code == "not_there"
    assert sorted(fresh(one).status for one in shorts) == ["allocated", "backordered"]
    assert Stock.objects.get().reserved == 4
    assert broken() == set()


def test_giving_and_picking_take_turns(placed: Callable[..., Order]) -> None:
    giver, short = placed(4), placed(4)
    gift, parcel = gift_of(giver, short), shipments_of(giver)

    given, picked = at_once(
        lambda: give(gift, actor=None), lambda: pick_shipments(parcel, actor=None)
    )

    is_given = fresh(short).status == "allocated"
    assert isinstance(given, InvalidInput) is not is_given
    assert bool(picked.done) is not is_given
    assert broken() == set()


def test_without_the_locks_both_believe_to_have_given(
    placed: Callable[..., Order], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(giving, "_LOCK", giving._LOCK.replace("FOR NO KEY UPDATE", ""))
    monkeypatch.setattr(giving, "_SOURCES", giving._SOURCES.replace("FOR NO KEY UPDATE OF r", ""))
    giver = placed(4)
    shorts = [placed(4), placed(4)]

    results = both_give(giver, shorts, monkeypatch)

    # Nobody hears that the pieces are another's now; only the CHECK on the stock keeps them from being promised twice.
    assert not any(isinstance(one, InvalidInput) for one in results)
