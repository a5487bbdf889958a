import pytest

from inventory.models import StockMovement, WarehouseStaff
from tests.fixtures.flow import approve, receive, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def sold(place, cup, warehouse):
    """20 cups came, 3 left with one order, 2 are kept for another."""
    receive(cup, warehouse, 20)
    send(approve(place(("CUP-1", 3))))
    return approve(place(("CUP-1", 2)))


def test_the_page_says_why_so_many_are_available(sold, signed_in, clerk) -> None:
    item = signed_in(clerk).get("/stock/cup-1/").context["item"]

    assert (item.on_hand, item.reserved, item.available) == (17, 2, 15)
    assert [(one.holder.label, one.reservation.quantity) for one in item.kept] == [(sold.number, 2)]


def test_the_ledger_tells_what_moved_why_and_for_whom(sold, signed_in, clerk) -> None:
    page = signed_in(clerk).get("/stock/CUP-1/")

    moved = page.context["item"].moved
    assert [one.movement.quantity for one in moved] == [-3, 20]
    assert moved[0].holder.url in page.content.decode()


def test_a_barcode_leads_to_its_sku(cup, signed_in, clerk) -> None:
    cup.barcodes.create(code="6901234")

    page = signed_in(clerk).get("/stock/6901234/")

    assert page["Location"] == "/stock/CUP-1/"


def test_an_unknown_code_is_not_found(signed_in, clerk) -> None:
    assert signed_in(clerk).get("/stock/NOTHING/").status_code == 404


def test_a_person_of_another_warehouse_sees_none_of_it(
    sold, other_warehouse, signed_in, packer
) -> None:
    WarehouseStaff.objects.create(user=packer, warehouse=other_warehouse)

    item = signed_in(packer).get("/stock/CUP-1/").context["item"]

    assert (item.on_hand, item.moved, item.kept) == (0, [], [])
    assert [one.warehouse.code for one in item.places] == ["GZ"]


def test_a_long_ledger_is_paged(cup, warehouse, signed_in, clerk) -> None:
    for _n in range(55):
        receive(cup, warehouse, 1)
    client = signed_in(clerk)

    first = client.get("/stock/CUP-1/").context["item"]
    second = client.get(first.page.pager.next_url).context["item"]

    assert [len(first.moved), len(second.moved)] == [50, 5]
    assert second.moved[-1].movement == StockMovement.objects.earliest("id")


def test_the_page_takes_at_most_twenty_four_queries(
    sold, signed_in, packer, django_assert_max_num_queries
) -> None:
    client = signed_in(packer)

    with django_assert_max_num_queries(24):
        client.get("/stock/CUP-1/")
