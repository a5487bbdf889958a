"""Pieces that are kept for one channel."""

import pytest

from inventory.availability import sellable, sellable_of
from inventory.kept import keep_for_channel
from inventory.ledger import look_at_supply, release
from inventory.models import ChannelKept, Reservation, Sku, Stock, Warehouse
from oms.errors import InvalidInput
from oms.models import Channel
from tests.fixtures.company import Place, create_sku
from tests.fixtures.flow import approve, receive

pytestmark = pytest.mark.usefixtures("holds")


@pytest.fixture
def other(db: None) -> Channel:
    return Channel.objects.create(code="mall", name="Mall")


def keep(sku: Sku, warehouse: Warehouse, channel: Channel, quantity: int) -> ChannelKept | None:
    return keep_for_channel(
        sku_id=sku.pk, warehouse_id=warehouse.pk, channel_id=channel.pk, quantity=quantity
    )


def test_the_supply_tells_what_is_kept_for_whom(
    cup: Sku, warehouse: Warehouse, web: Channel, other: Channel
) -> None:
    receive(cup, warehouse, 10)
    assert [one.kept for one in look_at_supply([cup.pk])] == [None]

    keep(cup, warehouse, web, 3)
    keep(cup, warehouse, other, 4)

    assert [one.kept for one in look_at_supply([cup.pk])] == [{web.pk: 3, other.pk: 4}]


def test_a_channel_may_sell_what_is_free_but_for_safety_and_others(
    cup: Sku, warehouse: Warehouse, web: Channel, other: Channel, place: Place
) -> None:
    receive(cup, warehouse, 10)
    approve(place(("CUP-1", 2)))
    keep(cup, warehouse, web, 3)
    keep(cup, warehouse, other, 4)
    Stock.objects.update(safety_stock=1)

    assert sellable(web.pk, [cup.pk]) == {cup.pk: 3}
    assert sellable(other.pk, [cup.pk]) == {cup.pk: 4}
    assert sellable(None, [cup.pk]) == {cup.pk: 0}
    assert sellable_of([Stock.objects.get().pk], web.pk) == {Stock.objects.get().pk: 3}


def test_keeping_nothing_ends_it_and_a_place_without_stock_can_be_kept(
    cup: Sku, warehouse: Warehouse, web: Channel
) -> None:
    keep(cup, warehouse, web, 3)
    keep(cup, warehouse, web, 5)
    assert ChannelKept.objects.get().quantity == 5

    assert keep(cup, warehouse, web, 0) is None
    assert not ChannelKept.objects.exists()


def test_what_cannot_be_kept(cup: Sku, warehouse: Warehouse, web: Channel) -> None:
    old, service = create_sku("OLD", is_active=False), create_sku("CARE", kind="service")
    for sku, quantity in ((cup, -1), (cup, 10**9), (old, 1), (service, 1)):
        with pytest.raises(InvalidInput):
            keep(sku, warehouse, web, quantity)

    assert not ChannelKept.objects.exists()


def test_a_reservation_is_given_back_once(cup: Sku, warehouse: Warehouse, place: Place) -> None:
    receive(cup, warehouse, 5)
    approve(place(("CUP-1", 2)))
    # As the database stands when a parcel was stopped: here only the ledger is asked.
    [pk] = Reservation.objects.values_list("pk", flat=True)

    assert release([]) == []
    assert release([10**9]) == []
    assert Stock.objects.get().reserved == 2
    assert Reservation.objects.get(pk=pk).status == "open"
