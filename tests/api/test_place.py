import orjson
import pytest
from django.db import connection, connections

from oms.models import IdempotencyKey
from orders.models import Order
from tests.api.conftest import order_body, problem


def test_a_new_order_is_answered_with_201_and_its_number_and_total(shop):
    response = shop.post("/orders", order_body())

    order = Order.objects.get()
    assert response.status_code == 201
    assert orjson.loads(response.content) == {
        "id": order.pk,
        "number": order.number,
        "status": "pending_review",
        "total_amount": "27.00",
        "currency": "CNY",
        "is_new": True,
    }
    assert response["Location"] == f"/api/v1/orders/{order.number}"


def test_an_order_costs_three_round_trips(shop, django_assert_num_queries):
    with django_assert_num_queries(3):
        shop.post("/orders", order_body(), key="k1")


def test_the_same_order_again_is_the_first_one(shop):
    first = orjson.loads(shop.post("/orders", order_body()).content)
    again = shop.post("/orders", order_body())

    assert again.status_code == 200
    assert orjson.loads(again.content) == first | {"is_new": False}
    assert Order.objects.count() == 1


def test_other_content_under_the_same_number_is_a_conflict_that_names_it(shop):
    shop.post("/orders", order_body())
    response = shop.post("/orders", order_body(note="leave at the door", line={"quantity": 3}))

    assert problem(response) == (409, "conflict", [])
    assert orjson.loads(response.content)["differences"] == ["note", "lines[0].quantity"]
    assert Order.objects.count() == 1


def test_an_amount_sent_as_a_number_keeps_every_digit(shop):
    body = orjson.dumps(order_body(payment=None)).replace(b'"10.00"', b"1234567.1005")
    response = shop.post("/orders", body)

    assert response.status_code == 201
    assert str(Order.objects.get().lines.get().unit_price) == "1234567.1005"


def test_the_order_and_its_answer_stand_in_one_statement(shop):
    shop.post("/orders", order_body(), key="k1")

    order = Order.objects.get()
    assert IdempotencyKey.objects.get().body == [{"id": order.pk, "number": order.number}]


def test_words_come_in_the_callers_language(shop):
    body = order_body(line={"quantity": "2"})
    english = orjson.loads(shop.post("/orders", body).content)["errors"][0]
    chinese = orjson.loads(shop.post("/orders", body, **{"Accept-Language": "zh-CN"}).content)

    assert english["message"] == "Give a whole number, without quotes."
    assert chinese["errors"][0]["code"] == english["code"] == "not_whole_number"


def test_no_round_trip_is_spent_on_asking_whether_the_database_is_there(shop, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(connections["default"], "health_check_enabled", True)
        patch.setattr(connections["default"], "health_check_done", False)
        patch.setattr(connections["default"], "is_usable", lambda: pytest.fail("a fourth one"))

        assert shop.post("/orders", order_body()).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_died_meanwhile_is_replaced_unnoticed(shop):
    shop.get("/orders")
    other = connection.copy()
    with other.cursor() as cursor, connection.cursor() as ours:
        ours.execute("SELECT pg_backend_pid()")
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", ours.fetchone())
    other.close()

    assert shop.post("/orders", order_body()).status_code == 201
