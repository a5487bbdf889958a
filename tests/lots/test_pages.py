"""Lots on the pages: typed with what comes in, shown where goods are picked, sent and looked up."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inventory.lots.expire import block_expired
from inventory.models import LotStock, Sku, Stock, Warehouse
from oms.models import User
from oms.once import new_form_key
from orders.models import Order, Shipment
from tests.fixtures.flow import approve, send
from tests.fixtures.purchasing import Buy
from tests.lots.steps import expire, in_days, lying, take_in, tracked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


@pytest.fixture
def milk(cup: Sku) -> Sku:
    return tracked(cup, "lot")


@pytest.fixture
def hall(signed_in: Any, packer: User) -> Any:
    return signed_in(packer)


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def typed(warehouse: Warehouse, lots: str, quantity: object = 5) -> dict[str, object]:
    return {
        "warehouse": warehouse.pk,
        "quantity": quantity,
        "lots": lots,
        "form_key": new_form_key(),
    }


def test_goods_are_received_with_their_lots(milk: Sku, warehouse: Warehouse, hall: Any) -> None:
    lots = f"l1 {in_days(30)} 3\r\nL2，{in_days(60).strftime('%Y/%m/%d')}，2"

    answer = hall.post("/stock/CUP-1/receive/", typed(warehouse, lots))

    assert (answer.status_code, lying()) == (302, {"L1": 3, "L2": 2})


@pytest.mark.parametrize(
    ("lots", "words"),
    [
        ("", "CUP-1 is kept in lots: name the lot of these pieces."),
        ("L1 soon 5", "“soon” is no day and no number."),
        ("L1 2026-02-30 5", "There is no day 2026-02-30."),
        ("L1\nL2", "Say how many pieces are of lot L1"),
        ("L1 2020-01-31", "Lot L1 expired on 2020-01-31. Send it back, or check the day."),
    ],
)
def test_what_is_wrong_stands_at_the_field_and_nothing_typed_is_lost(
    milk: Sku, warehouse: Warehouse, hall: Any, lots: str, words: str
) -> None:
    answer = hall.post("/stock/CUP-1/receive/", typed(warehouse, lots))

    assert answer.status_code == 422
    form = answer.context["receive_form"]
    assert words in form.errors["lots"][0]
    assert form["lots"].value() == lots
    assert Stock.objects.count() == 0


def test_one_serial_number_for_each_piece(cup: Sku, warehouse: Warehouse, hall: Any) -> None:
    tracked(cup, "serial")

    hall.post("/stock/CUP-1/receive/", typed(warehouse, "s1 S2,S3", 3))
    again = hall.post("/stock/CUP-1/receive/", typed(warehouse, "S2", 1))

    assert lying() == {"S1": 1, "S2": 1, "S3": 1}
    assert again.context["receive_form"].errors["lots"] == [
        "Serial number S2 lies in HZ already. Check it."
    ]


def test_a_surplus_that_was_counted_names_its_lot(
    milk: Sku, warehouse: Warehouse, hall: Any
) -> None:
    take_in(milk, warehouse, ("A", 2, 30))
    count = {"warehouse": warehouse.pk, "counted": 3, "book": 2, "reason": "count"}

    refused = hall.post("/stock/CUP-1/count/", count | {"form_key": "k1"})
    hall.post("/stock/CUP-1/count/", count | {"form_key": "k2", "lots_of_difference": "A"})

    assert refused.status_code == 422
    assert "lots_of_difference" in refused.context["count_form"].errors
    assert lying() == {"A": 3}


def test_the_item_page_warns_of_what_ends(milk: Sku, warehouse: Warehouse, hall: Any) -> None:
    take_in(milk, warehouse, ("SOON", 2, 30), ("GONE", 1, 1), ("LATE", 2, 31))
    expire("GONE")
    block_expired()

    page = hall.get("/stock/CUP-1/")

    lots = [
        (one.row.lot.code, one.has_expired, one.ends_soon, one.blocked)
        for one in page.context["item"].lots
    ]
    assert lots == [
        ("GONE", True, False, 1), ("SOON", False, True, 0), ("LATE", False, False, 0)
    ]  # fmt: skip
    assert [one.lots for one in page.context["item"].moved] == [["SOON ×2", "GONE ×1", "LATE ×2"]]


def test_a_scanned_lot_opens_its_item(milk: Sku, warehouse: Warehouse, hall: Any) -> None:
    take_in(milk, warehouse, ("LOT-77", 2, 30))

    assert hall.get("/stock/lot-77/")["Location"] == "/stock/CUP-1/"
    assert hall.get("/stock/LOT-7/").status_code == 404
    assert "CUP-1" in text(hall.get("/ui/find/", {"q": "lot-77"}))


def test_the_pick_list_says_which_lots_to_take(
    milk: Sku, warehouse: Warehouse, hall: Any, place: Callable[..., Order]
) -> None:
    take_in(milk, warehouse, ("B", 2, 60), ("A", 2, 30))
    approve(place(("CUP-1", 3)))
    address = f"/fulfilment/pick-list/?ids={Shipment.objects.get().pk}"

    (fetch,) = hall.get(address).context["fetches"]
    assert (fetch.lots, fetch.expired) == (["A ×2", "B ×1"], "")
    expire("A")
    (fetch,) = hall.get(address).context["fetches"]

    assert fetch.lots == ["B ×2"]
    assert "lot A expired on" in fetch.expired


def test_the_order_shows_the_lots_of_its_parcels(
    milk: Sku, warehouse: Warehouse, place: Callable[..., Order], signed_in: Any, manager: User
) -> None:
    take_in(milk, warehouse, ("A", 1, 1), ("B", 2, 60))
    sent = send(approve(place(("CUP-1", 1))))
    waiting = approve(place(("CUP-1", 2)))
    desk = signed_in(manager)

    assert "(Lots: A ×1)" in text(desk.get(f"/orders/{sent.number}/"))
    expire("B")
    assert "CUP-1: lot B expired on" in text(desk.get(f"/orders/{waiting.number}/"))


def test_a_purchase_is_received_in_lots(
    milk: Sku, warehouse: Warehouse, buy: Buy, signed_in: Any, manager: User
) -> None:
    order = buy((milk, 5))
    line = order.lines.get()
    desk = signed_in(manager)
    data = {
        "version": order.version, "form_key": "k", f"good-{line.pk}": 4, f"damaged-{line.pk}": 1,
    }  # fmt: skip

    refused = desk.post(f"/purchasing/orders/{order.number}/receive/", data)
    desk.post(
        f"/purchasing/orders/{order.number}/receive/",
        data | {f"lots-{line.pk}": f"L1 {in_days(9)}"},
    )

    assert refused.status_code == 422
    assert f"lots-{line.pk}" in refused.context["form"].errors
    assert lying() == {"L1": 5}


def test_what_has_expired_is_written_off_with_its_block(
    milk: Sku, warehouse: Warehouse, hall: Any, place: Callable[..., Order]
) -> None:
    take_in(milk, warehouse, ("A", 5, 1), ("B", 2, 60))
    approve(place(("CUP-1", 4)))
    gone = LotStock.objects.get(lot__code="A").pk

    hall.post("/stock/CUP-1/write-off-lot/", {"lot": gone})
    assert lying() == {"A": 5, "B": 2}
    expire("A")
    block_expired()
    hall.post("/stock/CUP-1/write-off-lot/", {"lot": gone})
    hall.post("/stock/CUP-1/write-off-lot/", {"lot": gone})

    assert lying() == {"A": 2, "B": 2}
    stock = Stock.objects.get()
    assert (stock.on_hand, stock.reserved, stock.blocked) == (4, 4, 0)
    assert hall.post("/stock/CUP-1/write-off-lot/", {"lot": "x"}).status_code == 404


def test_the_item_page_asks_as_much_for_many_lots_as_for_one(
    milk: Sku, warehouse: Warehouse, hall: Any
) -> None:
    take_in(milk, warehouse, ("A", 1, 30))
    hall.get("/stock/CUP-1/")
    with CaptureQueriesContext(connection) as one:
        hall.get("/stock/CUP-1/")

    take_in(milk, warehouse, *[(f"B{n}", 1, 40 + n) for n in range(20)])
    with CaptureQueriesContext(connection) as many:
        hall.get("/stock/CUP-1/")

    assert len(many) == len(one)
