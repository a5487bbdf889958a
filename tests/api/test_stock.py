import pytest

from inventory.models import Bin, Stock, StockMovement, WarehouseStaff
from tests.api.conftest import create_token, problem
from tests.fixtures.company import create_sku
from tests.fixtures.flow import approve, receive


def _receipt(**changes):
    return {"warehouse": "HZ", "lines": [{"sku": "CUP-1", "quantity": 5}]} | changes


def _adjustment(quantity, **changes):
    lines = [{"sku": "CUP-1", "quantity": quantity}]
    return {"warehouse": "HZ", "reason": "count", "lines": lines} | changes


def test_stock_tells_what_lies_there_what_is_promised_and_what_is_free(
    manager_api, place, cup, warehouse
):
    receive(cup, warehouse, 5)
    approve(place(("CUP-1", 2)))

    assert manager_api.get("/stock").json() == {
        "results": [
            {"sku": "CUP-1", "warehouse": "HZ", "bin": "", "on_hand": 5, "reserved": 2, "available": 3}
        ],
        "next_cursor": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?sku=cup-1", ["CUP-1@GZ", "CUP-1@HZ"]),
        ("?warehouse=HZ", ["CUP-1@HZ", "MUG@HZ"]),
        ("?sku=MUG&warehouse=GZ", []),
    ],
)
def test_filters(manager_api, cup, warehouse, other_warehouse, query, found):
    receive(cup, other_warehouse, 1)
    receive(cup, warehouse, 1)
    receive(create_sku("MUG"), warehouse, 1)
    rows = manager_api.get(f"/stock{query}").json()["results"]

    assert [f"{row['sku']}@{row['warehouse']}" for row in rows] == found


def test_pages_show_every_row_once(manager_api, warehouse):
    for index in range(5):
        receive(create_sku(f"S{index}"), warehouse, 1)
    first = manager_api.get("/stock?limit=3").json()
    second = manager_api.get(f"/stock?limit=3&cursor={first['next_cursor']}").json()

    assert [row["sku"] for row in first["results"] + second["results"]] == [
        f"S{index}" for index in range(5)
    ]
    assert second["next_cursor"] is None


def test_goods_received_lie_in_their_bin_with_a_movement_each(manager_api, cup, warehouse):
    mug = create_sku("MUG")
    Bin.objects.create(warehouse=warehouse, code="A-1")
    lines = [{"sku": "mug", "quantity": 3, "bin": "A-1"}, {"sku": "CUP-1", "quantity": 5}]
    response = manager_api.post("/stock/receipts", _receipt(reference="PO-7", lines=lines))

    movements = StockMovement.objects.order_by("pk")
    assert response.status_code == 201
    assert response.json()["movements"] == [one.pk for one in movements]
    assert [(one.stock.sku, one.quantity, one.kind, one.reference) for one in movements] == [
        (mug, 3, "receipt", "PO-7"), (cup, 5, "receipt", "PO-7")
    ]  # fmt: skip
    assert {(row["sku"], row["on_hand"], row["bin"]) for row in response.json()["stock"]} == {
        ("MUG", 3, "A-1"), ("CUP-1", 5, "")
    }  # fmt: skip


def test_a_new_bin_is_created_in_upper_case(manager_api, cup, warehouse):
    lines = [{"sku": "CUP-1", "quantity": 3, "bin": code} for code in ("b-7", "B-7")]
    response = manager_api.post("/stock/receipts", _receipt(warehouse="hz", lines=lines))

    assert [(row["bin"], row["on_hand"]) for row in response.json()["stock"]] == [("B-7", 6)]
    assert Bin.objects.get().code == "B-7"


def test_a_correction_keeps_its_reason(manager_api, cup, warehouse):
    receive(cup, warehouse, 5)
    response = manager_api.post("/stock/adjustments", _adjustment(-2))

    movement = StockMovement.objects.latest("pk")
    assert response.json()["stock"][0]["on_hand"] == 3
    assert (movement.kind, movement.reason, movement.actor.username) == (
        "adjustment", "count", "manager"
    )  # fmt: skip


def test_stock_never_falls_below_what_is_promised(manager_api, place, cup, warehouse):
    receive(cup, warehouse, 5)
    approve(place(("CUP-1", 4)))
    response = manager_api.post("/stock/adjustments", _adjustment(-2))

    assert problem(response) == (409, "below_reserved", [])
    assert Stock.objects.get().on_hand == 5


@pytest.mark.parametrize(
    ("path", "body", "field", "code"),
    [
        ("receipts", _receipt(warehouse="XX"), "warehouse", "unknown"),
        ("receipts", _receipt(lines=[]), "lines", "empty"),
        ("receipts", _receipt(lines=[{"sku": "NO", "quantity": 1}]), "lines[0].sku", "unknown"),
        ("receipts", _receipt(lines=[{"sku": "CUP-1", "quantity": 0}]), "lines[0].quantity", "out_of_range"),
        ("receipts", _receipt(lines=[{"sku": "CUP-1", "quantity": "1"}]), "lines[0].quantity", "not_whole_number"),
        ("receipts", _receipt(lines=[{"sku": "CUP-1", "quantity": 2**40}]), "lines[0].quantity", "out_of_range"),
        ("receipts", _receipt(lines=[{"sku": "CUP-1", "quantity": 1, "bin": "Z" * 21}]), "lines[0].bin", "too_long"),
        ("receipts", _receipt(lines=[{"sku": "CUP-1", "quantity": 1, "bin": "ß" * 11}]), "lines[0].bin", "too_long"),
        ("receipts", _receipt(reference="x" * 81), "reference", "too_long"),
        ("receipts", _receipt(actor=1), "actor", "unknown_field"),
        ("adjustments", _adjustment(0), "lines[0].quantity", "zero"),
        ("adjustments", _adjustment(1, reason=""), "reason", "empty"),
        ("adjustments", _adjustment(1, reason="a\x00"), "reason", "control_character"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("cup")
def test_a_wrong_field_is_named_and_nothing_moves(manager_api, warehouse, path, body, field, code):
    response = manager_api.post(f"/stock/{path}", body)

    assert problem(response) == (400, "invalid_input", [(field, code)])
    assert StockMovement.objects.count() == 0


def test_more_than_can_be_counted_is_refused_not_broken(manager_api, cup, warehouse):
    lines = [{"sku": "CUP-1", "quantity": 10_000_000}] * 300
    response = manager_api.post("/stock/receipts", _receipt(lines=lines))

    assert problem(response) == (400, "invalid_input", [])
    assert StockMovement.objects.count() == 0


def test_a_house_of_others_is_like_none_at_all(packer, cup, warehouse, other_warehouse):
    receive(cup, other_warehouse, 5)
    WarehouseStaff.objects.create(user=packer, warehouse=warehouse)
    api = create_token(packer)
    foreign = api.post("/stock/receipts", _receipt(warehouse="GZ")).json()
    absent = api.post("/stock/receipts", _receipt(warehouse="XX")).json()

    assert api.get("/stock").json()["results"] == []
    assert str(foreign).replace("GZ", "XX") == str(absent)
    assert Stock.objects.get().on_hand == 5


def test_a_clerk_reads_stock_but_does_not_receive(shop, warehouse):
    assert shop.get("/stock").status_code == 200
    assert problem(shop.post("/stock/receipts", _receipt()))[1] == "permission_missing"
