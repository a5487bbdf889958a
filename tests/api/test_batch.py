"""Many orders in one call, each with a result of its own."""

import pytest

from integrations.api.schema.orders import MAX_BATCH
from orders.models import Order
from tests.api.conftest import order_body, problem


def _batch(*bodies):
    return {"orders": list(bodies)}


def test_each_order_has_its_own_result_in_the_order_sent(shop):
    shop.post("/orders", order_body(external_no="OLD"))
    shop.post("/orders", order_body(external_no="TAKEN"))
    response = shop.post(
        "/orders/batch",
        _batch(
            order_body(external_no="NEW"),
            order_body(external_no="BAD", line={"quantity": "2"}),
            order_body(external_no="OLD"),
            order_body(external_no="TAKEN", note="other"),
            order_body(external_no="BAD", line={"sku": "NO"}),
            order_body(external_no="NEW"),
        ),
    )
    body = response.json()

    assert response.status_code == 200
    assert [one["index"] for one in body["results"]] == [0, 1, 2, 3, 4, 5]
    assert [one["status"] for one in body["results"]] == [201, 400, 200, 409, 400, 200]
    assert (body["placed"], body["already_placed"], body["refused"]) == (1, 2, 3)
    assert body["results"][0]["order"] == body["results"][5]["order"] | {"is_new": True}
    assert body["results"][1]["problem"]["errors"][0]["field"] == "lines[0].quantity"
    assert body["results"][3]["problem"]["differences"] == ["note"]
    assert body["results"][4]["problem"]["code"] == "invalid_input"


def test_a_thousand_orders_cost_as_many_round_trips_as_two(shop, django_assert_num_queries):
    orders = [order_body(external_no=f"T-{index}") for index in range(MAX_BATCH)]

    with django_assert_num_queries(5):  # who calls, savepoint, look-up, write, release
        response = shop.post("/orders/batch", _batch(*orders))

    assert response.json()["placed"] == 1000 == Order.objects.count()


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({}, "orders", "required"),
        ({"orders": []}, "orders", "empty"),
        ({"orders": [{}] * 1001}, "orders", "too_many"),
        ({"orders": {}}, "orders", "not_a_list"),
        ({"orders": [{}], "dry_run": True}, "dry_run", "unknown_field"),
        ([], "body", "not_an_object"),
    ],
)
def test_a_batch_that_is_none_is_refused_as_a_whole(shop, body, field, code):
    assert problem(shop.post("/orders/batch", body)) == (400, "invalid_input", [(field, code)])
    assert Order.objects.count() == 0


def test_orders_that_are_no_objects_are_refused_one_by_one(shop):
    body = shop.post("/orders/batch", _batch(1, None, order_body())).json()

    assert [one["status"] for one in body["results"]] == [400, 400, 201]


def test_a_repeated_batch_gets_the_first_answer(shop):
    batch = _batch(order_body(external_no=""), order_body(external_no="", line={"quantity": 0}))
    first = shop.post("/orders/batch", batch, key="k1")
    again = shop.post("/orders/batch", batch, key="k1")

    assert again.content == first.content
    assert again["Idempotent-Replay"] == "true"
    assert Order.objects.count() == 1
