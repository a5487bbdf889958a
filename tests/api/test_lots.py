import pytest

from inventory.models import Sku
from tests.lots.steps import in_days, lying, tracked

pytestmark = pytest.mark.usefixtures("holds")


@pytest.fixture
def milk(cup):
    return tracked(cup, "lot")


def _receipt(*lots, quantity=5):
    lines = [{"sku": "CUP-1", "quantity": quantity, "lots": list(lots)}]
    return {"warehouse": "HZ", "lines": lines}


def test_a_receipt_and_an_adjustment_name_their_lots(manager_api, milk, warehouse):
    day = in_days(30).isoformat()
    answer = manager_api.post(
        "/stock/receipts",
        _receipt({"code": "a", "quantity": 3, "expires_on": day}, {"code": "B", "quantity": 2}),
    )
    lines = [{"sku": "CUP-1", "quantity": -1, "lots": [{"code": "B"}]}]
    manager_api.post("/stock/adjustments", {"warehouse": "HZ", "reason": "count", "lines": lines})

    assert (answer.status_code, lying()) == (201, {"A": 3, "B": 1})


@pytest.mark.parametrize(
    ("lots", "field", "code"),
    [
        ([], "lines[0].lots", "missing"),
        ([{"code": "A", "quantity": 4}], "lines[0].lots", "sum"),
        ([{"code": "A", "quantity": 5, "expires_on": "2020-01-31"}], "lines[0].lots", "expired"),
        ([{"code": "A", "expires_on": "31.1.2020"}], "lines[0].lots[0].expires_on", "not_a_day"),
        ([{"code": "A", "expires_on": 5}], "lines[0].lots[0].expires_on", "not_a_day"),
        ([{"code": "A", "quantity": 0}], "lines[0].lots[0].quantity", "out_of_range"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named(manager_api, milk, warehouse, lots, field, code):
    answer = manager_api.post("/stock/receipts", _receipt(*lots))

    assert answer.status_code == 400
    assert [(one["field"], one["code"]) for one in answer.json()["errors"]] == [(field, code)]
    assert lying() == {}


def test_a_sku_says_how_it_is_tracked(manager_api, db):
    made = manager_api.post("/skus", {"code": "S-1", "name": "Scale", "tracking": "serial"})

    assert (made.status_code, made.json()["tracking"]) == (201, "serial")
    assert Sku.objects.get(code="S-1").tracking == "serial"
