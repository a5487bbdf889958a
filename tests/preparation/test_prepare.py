"""Each parcel has a carrier and a weight before anybody picks it, and again when it changes."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from inventory.models import Sku, Warehouse
from oms.models import User
from orders.fulfilment.pack import pack_shipments
from orders.fulfilment.pick import pick_shipments
from orders.fulfilment.ship import ship_shipments
from orders.models import Carrier, CarrierRate, CarrierRule, Order, Preparation, Shipment
from orders.parcels.merge import merge_parcels
from orders.parcels.split import split_parcel
from orders.preparation.prepare import prepare_all_again, prepare_chunk, prepare_waiting
from tests.fixtures.company import Place
from tests.fixtures.flow import approve, receive, shipments_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


@pytest.fixture
def placed(place: Place, cup: Sku, warehouse: Warehouse) -> Callable[..., Order]:
    """`placed(2)`: an approved order of so many cups of 400 g, its parcel ready."""
    Sku.objects.filter(pk=cup.pk).update(weight_grams=400)
    receive(cup, warehouse, 50)
    return lambda cups, **fields: approve(place(("CUP-1", cups), **fields))


@pytest.fixture
def sf() -> Carrier:
    return Carrier.objects.create(code="sf", name="顺丰")


def shipment(order: Order) -> Shipment:
    return Shipment.objects.select_related("preparation").get(order=order)


def test_a_parcel_gets_its_carrier_weight_and_price(
    placed: Callable[..., Order], sf: Carrier
) -> None:
    CarrierRate.objects.create(
        carrier=sf, first_grams=1000, first_price=12, step_grams=500, step_price=3
    )
    order = placed(4)

    assert prepare_waiting().parcels == 1

    parcel = shipment(order)
    found = parcel.preparation
    assert (parcel.carrier, found.grams, found.price) == ("顺丰", 1600, Decimal(18))
    assert parcel.prepared_at is not None
    assert prepare_waiting().parcels == 0


def test_without_a_carrier_nothing_is_written_on_the_label(placed: Callable[..., Order]) -> None:
    order = placed(1)

    assert prepare_waiting().without_carrier == 1
    assert shipment(order).carrier == ""


def test_goods_without_a_weight_make_it_unknown(
    placed: Callable[..., Order], cup: Sku, sf: Carrier
) -> None:
    order = placed(1)
    Sku.objects.update(weight_grams=0)

    prepare_waiting()

    assert shipment(order).preparation.grams == 0


def test_a_split_parcel_is_weighed_again(placed: Callable[..., Order], sf: Carrier) -> None:
    order = placed(4)
    prepare_waiting()
    [first] = shipments_of(order)
    line = order.lines.get()

    split_parcel(first, {line.pk: 1}, actor=None)
    assert prepare_waiting().parcels == 2

    weights = Preparation.objects.order_by("pk").values_list("grams", flat=True)
    assert list(weights) == [1200, 400]


def test_a_merged_parcel_has_one_carrier_for_its_whole_weight(placed: Callable[..., Order]) -> None:
    light, heavy = (Carrier.objects.create(code=name, name=name) for name in ("light", "heavy"))
    CarrierRule.objects.create(name="light", position=1, carrier=light, most_grams=900)
    CarrierRule.objects.create(name="heavy", position=2, carrier=heavy)
    one, other = placed(1), placed(2)
    prepare_waiting()
    assert (shipment(one).carrier, shipment(other).carrier) == ("light", "light")

    merge_parcels([*shipments_of(one), *shipments_of(other)], actor=None)
    prepare_waiting()

    assert (shipment(one).carrier, shipment(other).carrier) == ("heavy", "heavy")
    assert shipment(one).preparation.grams == 1200


def test_a_waybill_that_is_there_keeps_its_carrier(
    placed: Callable[..., Order], sf: Carrier
) -> None:
    order = placed(1)
    Shipment.objects.filter(order=order).update(carrier="Own van", waybill="V-1")

    prepare_waiting()

    assert shipment(order).carrier == "Own van"


def test_other_rules_are_asked_of_what_waits(placed: Callable[..., Order], sf: Carrier) -> None:
    order = placed(1)
    post = Carrier.objects.create(code="post", name="Post")
    prepare_waiting()
    assert shipment(order).carrier == ""
    CarrierRule.objects.create(name="all", carrier=post)

    prepare_all_again()
    prepare_waiting()

    assert shipment(order).carrier == "Post"


def test_the_carrier_found_stands_on_what_is_handed_over(
    placed: Callable[..., Order], sf: Carrier
) -> None:
    order = placed(1)
    prepare_waiting()
    [pk] = shipments_of(order)
    pick_shipments([pk], actor=None)
    pack_shipments([pk], actor=None)

    ship_shipments([pk], actor=None, waybills={pk: ("", "SF123")})

    assert (shipment(order).carrier, shipment(order).waybill) == ("顺丰", "SF123")


def test_a_chunk_costs_the_same_for_any_number_of_parcels(
    placed: Callable[..., Order], sf: Carrier, django_assert_num_queries: Any
) -> None:
    for cups in (1, 2, 3):
        placed(cups)

    with django_assert_num_queries(9):
        assert prepare_chunk().parcels == 3


def test_the_order_says_who_takes_its_parcel_and_why(
    placed: Callable[..., Order], sf: Carrier, manager: User, client: Client
) -> None:
    CarrierRule.objects.create(name="Everything", carrier=sf, service="next day")
    order = placed(2)
    prepare_waiting()
    client.force_login(manager)

    page = client.get(order.get_absolute_url(), headers={"accept-language": "en"}).content.decode()

    assert "顺丰 · next day · about 0.8 kg · by the rule “Everything”" in page
