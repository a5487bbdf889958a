import pytest

from inventory.ledger import Posting, post
from inventory.models import Bin, WarehouseStaff
from orders.models import Shipment
from tests.fixtures.company import create_sku
from tests.fixtures.flow import approve

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(place, cup, warehouse):
    """Cups in bin B-1, pots in A-2, towels without a bin; two orders."""
    pot, towel = create_sku("POT-1"), create_sku("TOWEL-1")
    for sku, code in ((cup, "B-1"), (pot, "A-2"), (towel, None)):
        shelf = Bin.objects.create(warehouse=warehouse, code=code) if code else None
        bin_id = shelf.pk if shelf else None
        post([Posting(warehouse.pk, sku.pk, 9, "receipt", bin_id=bin_id)], actor=None)
    approve(place(("CUP-1", 2), ("TOWEL-1", 1)))
    approve(place(("CUP-1", 3), ("POT-1", 1)))
    return list(Shipment.objects.order_by("id"))


def address(shipments) -> str:
    return f"/fulfilment/pick-list/?ids={','.join(str(one.pk) for one in shipments)}"


def test_goods_are_listed_by_bin_those_without_one_last(waiting, signed_in, packer) -> None:
    page = signed_in(packer).get(address(waiting))

    first, second = (one.number for one in waiting)
    assert [(one.bin, one.sku, one.quantity, one.shares) for one in page.context["fetches"]] == [
        ("A-2", "POT-1", 1, [(second, 1)]),
        ("B-1", "CUP-1", 5, [(first, 2), (second, 3)]),
        ("", "TOWEL-1", 1, [(first, 1)]),
    ]


def test_printing_moves_nothing(waiting, signed_in, packer) -> None:
    client = signed_in(packer)

    chosen = client.post("/fulfilment/pick-list/choose/", {"pick": [one.pk for one in waiting]})
    client.get(chosen["Location"])

    assert chosen["Location"] == address(waiting)
    assert {one.status for one in Shipment.objects.all()} == {"ready"}


@pytest.mark.parametrize("ids", ["", "x", "1,,2", "999999", "9" * 30])
def test_a_list_of_nothing_is_not_found(waiting, signed_in, packer, ids) -> None:
    assert signed_in(packer).get(f"/fulfilment/pick-list/?ids={ids}").status_code == 404


def test_a_foreign_pick_list_does_not_exist(waiting, other_warehouse, signed_in, packer) -> None:
    WarehouseStaff.objects.create(user=packer, warehouse=other_warehouse)

    assert signed_in(packer).get(address(waiting)).status_code == 404


def test_the_pick_list_takes_at_most_nine_queries(
    waiting, signed_in, packer, django_assert_max_num_queries
) -> None:
    client = signed_in(packer)

    with django_assert_max_num_queries(9):
        client.get(address(waiting))
