import pytest

from inventory.models import Stock
from oms.models import User
from tests.api.conftest import create_token
from tests.fixtures.company import create_sku
from tests.fixtures.purchasing import draft_of
from tests.lots.steps import lying, tracked

pytestmark = pytest.mark.usefixtures("holds")


def _delivery(good=4, **line):
    return {"lines": [{"sku": "cup-1", "good": good} | line]}


def test_the_list_is_narrowed_by_status(manager_api, buy, bought, warehouse):
    sent, draft = buy(), draft_of(warehouse, (bought, 3))
    rows = manager_api.get("/purchase-orders").json()["results"]

    assert [(one["number"], one["status"], one["open"]) for one in rows] == [
        (draft.number, "draft", 3),
        (sent.number, "sent", 10),
    ]
    found = manager_api.get("/purchase-orders?status=sent,closed&warehouse=hz").json()["results"]
    assert [one["number"] for one in found] == [sent.number]
    assert manager_api.get("/purchase-orders?status=lost").status_code == 400


def test_a_delivery_is_taken_in_once_and_shown(manager_api, buy):
    order = buy()
    path = f"/purchase-orders/{order.number}"
    body = _delivery(damaged=1, bin="a-1") | {"reference": "DN-7"}

    first = manager_api.post(f"{path}/receipts", body, key="K1")
    again = manager_api.post(f"{path}/receipts", body, key="K1")

    assert (first.status_code, first.json()) == (201, again.json())
    assert first.json()["lines"] == [{"sku": "CUP-1", "good": 4, "damaged": 1, "over": 0}]
    shown = manager_api.get(path).json()
    assert (shown["status"], shown["open"]) == ("partly_received", 5)
    assert shown["lines"][0]["price"] == "4.0000"
    assert [one["reference"] for one in shown["receipts"]] == ["DN-7"]
    assert list(Stock.objects.values_list("on_hand", "blocked", "bin__code")) == [(5, 1, "A-1")]


@pytest.mark.parametrize(
    ("line", "field", "code"),
    [
        ({"good": 20}, "lines[0].good", "over"),
        ({"sku": "POT-1"}, "lines[0].sku", "unknown"),
        ({"good": -1}, "lines[0].good", "out_of_range"),
        ({"good": 0}, "lines[0].good", "empty"),
    ],
)
def test_what_cannot_be_taken_in_is_named(manager_api, buy, line, field, code):
    create_sku("POT-1")
    answer = manager_api.post(f"/purchase-orders/{buy().number}/receipts", _delivery(**line))

    assert answer.status_code == 400
    assert [(one["field"], one["code"]) for one in answer.json()["errors"]] == [(field, code)]


def test_a_delivery_names_its_lots(manager_api, bought, buy):
    tracked(bought, "lot")
    path = f"/purchase-orders/{buy().number}/receipts"
    refused = manager_api.post(path, _delivery())
    manager_api.post(path, _delivery(lots=[{"code": "L1", "quantity": 4}]))

    assert refused.json()["errors"][0]["field"] == "lines[0].lots"
    assert lying() == {"L1": 4}


def test_the_packer_sees_no_prices(buy, packer: User):
    order = buy()
    api = create_token(packer)

    assert api.get(f"/purchase-orders/{order.number}").json()["lines"][0]["price"] is None
