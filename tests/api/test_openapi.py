"""The description says what the API does."""

import re

import pytest

from integrations.api.caller import Needs
from integrations.api.schema.orders import OrderIn
from oms.scopes import SCOPES
from tests.api.conftest import ORDER, Api, order_body


@pytest.fixture
def description(db):
    response = Api("").get("/openapi.json")
    assert response.status_code == 200
    return response.json()


def _operations(description):
    return {
        f"{method.upper()} {path}": operation
        for path, operations in description["paths"].items()
        for method, operation in operations.items()
    }


VERBS = [
    "approve",
    "force_approve",
    "hold",
    "release",
    "cancel",
    "keep_stock",
    "let_stock_go",
    "edit",
    "pay",
    "pick",
    "pack",
    "ship",
    "deliver",
]


def test_it_lists_every_operation(description):
    assert set(_operations(description)) == {
        "POST /api/v1/orders",
        "POST /api/v1/orders/batch",
        "GET /api/v1/orders",
        "GET /api/v1/orders/{number}",
        "GET /api/v1/orders/{number}/rules",
        *(f"POST /api/v1/orders/{{number}}/actions/{verb}" for verb in VERBS),
        "GET /api/v1/exceptions",
        "POST /api/v1/exceptions/{exception_id}/assign",
        "GET /api/v1/stock",
        "GET /api/v1/stock/sellable",
        "POST /api/v1/stock/receipts",
        "POST /api/v1/stock/adjustments",
        "GET /api/v1/purchase-orders",
        "GET /api/v1/purchase-orders/{purchase}",
        "POST /api/v1/purchase-orders/{purchase}/receipts",
        *(f"{method} /api/v1/products" for method in ("GET", "POST")),
        *(f"{method} /api/v1/products/{{product_id}}" for method in ("GET", "PATCH")),
        *(f"{method} /api/v1/skus" for method in ("GET", "POST")),
        *(f"{method} /api/v1/skus/{{code}}" for method in ("GET", "PATCH")),
        *(f"{method} /api/v1/customers" for method in ("GET", "POST")),
        *(f"{method} /api/v1/customers/{{customer_id}}" for method in ("GET", "PATCH")),
    }


def test_every_operation_wants_a_token_and_tells_its_refusals(description):
    for name, operation in _operations(description).items():
        assert operation["security"][0]["token"][0] in SCOPES, name
        for status in ("400", "401", "403", "404", "409"):
            schema = operation["responses"][status]["content"]["application/problem+json"]
            assert schema == {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}, name


def test_it_names_scope_and_right(description):
    approve = _operations(description)["POST /api/v1/orders/{number}/actions/approve"]

    assert approve["security"] == [{"token": ["orders:write"]}]
    assert approve["operationId"] == "approve"
    assert "`orders.review_order`" in approve["description"]


def test_every_post_takes_an_idempotency_key(description):
    for name, operation in _operations(description).items():
        headers = [one["name"] for one in operation.get("parameters", []) if one["in"] == "header"]
        assert headers == (["Idempotency-Key"] if name.startswith("POST") else []), name


def test_every_reference_leads_somewhere(description):
    schemas = description["components"]["schemas"]
    for name in set(re.findall(r"#/components/schemas/(\w+)", str(description))):
        assert name in schemas


def test_an_order_has_the_fields_that_the_contract_names(description):
    fields = description["components"]["schemas"]["OrderIn"]

    assert set(fields["properties"]) == set(ORDER) | {"total", "promised_at", "hold_hours"}
    assert fields["required"] == ["channel", "lines"]
    assert fields["additionalProperties"] is False


def test_the_answer_is_what_the_description_says(shop, description):
    answer = shop.post("/orders", order_body()).json()

    assert set(answer) == set(description["components"]["schemas"]["OrderPlaced"]["properties"])


def test_detail_and_description_name_the_same_fields(manager_api, place, description):
    body = manager_api.get(f"/orders/{place().number}").json()

    assert set(body) == set(description["components"]["schemas"]["OrderDetail"]["properties"])


def test_a_scope_that_is_asked_for_can_be_given():
    with pytest.raises(ValueError, match="no scope"):
        Needs("orders:all", "orders.view_order")
    assert all(Needs(scope, "orders.view_order") for scope in SCOPES)


def test_a_complete_order_is_read_without_loss():
    assert OrderIn.model_validate(ORDER).draft().total is None
