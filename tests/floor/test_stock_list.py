from collections.abc import Callable

import pytest
from django.test import Client

from inventory.catalogue import SkuDraft, create_skus
from inventory.models import Sku, Warehouse, WarehouseStaff
from oms.models import User
from tests.fixtures.flow import receive

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def goods(warehouse: Warehouse, other_warehouse: Warehouse) -> list[Sku]:
    """Cups and a towel in Hangzhou, cups in Guangzhou, a pot that lies nowhere."""
    cup, towel, pot = create_skus(
        [
            SkuDraft("CUP-1", "不锈钢保温杯", barcodes=["6901234"]),
            SkuDraft("TOWEL-9", "Cotton towel ５０"),
            SkuDraft("POT-1", "陶瓷茶壶"),
        ]
    )
    receive(cup, warehouse, 20)
    receive(cup, other_warehouse, 4)
    receive(towel, warehouse, 9)
    return [cup, towel, pot]


def shown(client: Client, address: str = "/stock/") -> list[tuple[str, str, int]]:
    rows = client.get(address).context["rows"]
    return [
        (row["code"], row["warehouse"].code if row["warehouse"] else "", row["available"])
        for row in rows
    ]


def test_the_list_shows_each_sku_in_each_warehouse(goods, signed_in: SignIn, clerk) -> None:
    assert shown(signed_in(clerk)) == [
        ("CUP-1", "HZ", 20),
        ("CUP-1", "GZ", 4),
        ("POT-1", "", 0),
        ("TOWEL-9", "HZ", 9),
    ]


@pytest.mark.parametrize(
    ("find", "codes"),
    [
        ("cup", ["CUP-1"]),
        ("保温", ["CUP-1"]),
        ("杯", ["CUP-1"]),
        ("690123", ["CUP-1"]),
        ("owel", ["TOWEL-9"]),
        ("towel 50", ["TOWEL-9"]),
        ("t", ["TOWEL-9"]),
        ("温保", []),
        ("%", []),
        ("\x00", ["CUP-1", "POT-1", "TOWEL-9"]),
    ],
)
def test_a_piece_of_code_name_or_barcode_finds(goods, signed_in, clerk, find, codes) -> None:
    rows = signed_in(clerk).get("/stock/", {"find": find}).context["rows"]

    assert sorted({row["code"] for row in rows}) == codes


def test_the_tabs_show_what_is_short_and_what_is_low(goods, signed_in, clerk) -> None:
    client = signed_in(clerk)

    assert shown(client, "/stock/?tab=short") == [("POT-1", "", 0)]
    assert shown(client, "/stock/?tab=low") == [("CUP-1", "GZ", 4), ("TOWEL-9", "HZ", 9)]
    assert [tab.count for tab in client.get("/stock/").context["tabs"]] == [None, 1, 2, 0, 0]


def test_a_person_of_one_warehouse_sees_only_its_stock(
    goods, other_warehouse, signed_in, packer
) -> None:
    WarehouseStaff.objects.create(user=packer, warehouse=other_warehouse)

    assert shown(signed_in(packer)) == [("CUP-1", "GZ", 4), ("POT-1", "", 0), ("TOWEL-9", "", 0)]


def test_a_foreign_warehouse_cannot_be_chosen(
    goods, warehouse, other_warehouse, signed_in, packer
) -> None:
    WarehouseStaff.objects.create(user=packer, warehouse=other_warehouse)

    assert ("CUP-1", "HZ", 20) not in shown(signed_in(packer), "/stock/?warehouse=HZ")


def test_the_pages_follow_each_other(warehouse, signed_in, clerk) -> None:
    create_skus([SkuDraft(f"SKU-{n:03}", "Thing") for n in range(60)])
    client = signed_in(clerk)

    first = client.get("/stock/").context
    second = client.get(f"/stock/{first['pager'].next_url}").context

    codes = [row["code"] for row in [*first["rows"], *second["rows"]]]
    assert codes == [f"SKU-{n:03}" for n in range(60)]


@pytest.mark.parametrize("address", ["/stock/", "/stock/?tab=low", "/stock/?find=cup"])
def test_the_list_takes_at_most_eight_queries(
    goods, signed_in, clerk, address, django_assert_max_num_queries
) -> None:
    client = signed_in(clerk)

    with django_assert_max_num_queries(8):
        client.get(address)


def test_the_list_is_not_for_people_without_the_right(signed_in, make_user) -> None:
    assert signed_in(make_user()).get("/stock/").status_code == 403
    assert Client().get("/stock/").status_code == 302
