import pytest

from inventory.models import WarehouseStaff
from orders.models import Shipment
from tests.fixtures.flow import approve, pick, receive, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def three_steps(place, cup, warehouse):
    """One shipment ready, one being picked, one shipped, in Hangzhou."""
    receive(cup, warehouse, 20)
    orders = [approve(place()) for _n in range(3)]
    pick(orders[1])
    send(orders[2])
    return list(Shipment.objects.order_by("id"))


def shown(page) -> list[str]:
    return [parcel.shipment.number for parcel in page.context["parcels"]]


def test_each_tab_shows_the_shipments_of_its_step(three_steps, signed_in, packer) -> None:
    client = signed_in(packer)

    tabs = ("ready", "picking", "packed", "today", "on_the_way")
    found = {tab: shown(client.get(f"/fulfilment/?tab={tab}")) for tab in tabs}

    ready, picking, shipped = (one.number for one in three_steps)
    assert found == {
        "ready": [ready],
        "picking": [picking],
        "packed": [],
        "today": [shipped],
        "on_the_way": [shipped],
    }


def test_the_tabs_say_how_many_wait(three_steps, signed_in, packer) -> None:
    tabs = signed_in(packer).get("/fulfilment/").context["tabs"]

    assert [(tab.url.rpartition("=")[2], tab.count) for tab in tabs] == [
        ("ready", "1"),
        ("picking", "1"),
        ("packed", "0"),
        ("today", ""),
        ("on_the_way", "1"),
    ]


def test_a_person_of_another_warehouse_sees_none(
    three_steps, other_warehouse, signed_in, packer
) -> None:
    WarehouseStaff.objects.create(user=packer, warehouse=other_warehouse)

    page = signed_in(packer).get("/fulfilment/?warehouse=HZ")

    assert (shown(page), [tab.count for tab in page.context["tabs"]]) == (
        [],
        ["0", "0", "0", "", "0"],
    )


def test_who_may_only_look_gets_no_buttons(three_steps, signed_in, clerk) -> None:
    page = signed_in(clerk).get("/fulfilment/").content.decode()

    assert "/fulfilment/pick/" not in page


def test_the_board_takes_at_most_eight_queries(
    three_steps, signed_in, packer, django_assert_max_num_queries
) -> None:
    client = signed_in(packer)

    with django_assert_max_num_queries(8):
        client.get("/fulfilment/")


def test_the_board_is_not_for_people_without_the_right(signed_in, make_user) -> None:
    assert signed_in(make_user()).get("/fulfilment/").status_code == 403
