"""The same request twice has one effect and one answer, also when both come at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, connections
from django.utils import timezone

from integrations.api import once
from integrations.api.caller import Caller
from inventory.models import StockMovement
from oms.models import Channel, IdempotencyKey
from oms.once import forget_old_keys
from orders.models import Order, Payment
from orders.tasks import sweep
from tests.api.conftest import create_token, order_body, problem
from tests.fixtures.company import create_sku
from tests.fixtures.people import create_user

PAYMENT = {"method": "cash", "amount": "5.00"}


def test_a_repeated_order_gets_the_first_answer_byte_for_byte(shop):
    body = order_body(external_no="")
    first = shop.post("/orders", body, key="k1")
    again = shop.post("/orders", body, key="k1")

    assert (again.status_code, again.content) == (201, first.content)
    assert again["Idempotent-Replay"] == "true"
    assert "Idempotent-Replay" not in first
    assert Order.objects.count() == 1


def test_the_first_answer_stays_when_the_order_has_moved_on(manager_api, place):
    body = order_body()
    first = manager_api.post("/orders", body, key="k1")
    manager_api.post(f"/orders/{first.json()['number']}/actions/approve")

    assert manager_api.post("/orders", body, key="k1").json()["status"] == "pending_review"


def test_a_repeat_under_a_new_key_is_remembered_too(shop):
    shop.post("/orders", order_body(), key="k1")
    second = shop.post("/orders", order_body(), key="k2")
    again = shop.post("/orders", order_body(), key="k2")

    assert (second.status_code, again.status_code) == (200, 200)
    assert again.content == second.content
    assert again["Idempotent-Replay"] == "true"


def test_a_key_belongs_to_one_request(shop):
    shop.post("/orders", order_body(), key="k1")
    response = shop.post("/orders", order_body(external_no="T-2"), key="k1")

    assert problem(response) == (422, "idempotency_key_reused", [])
    assert Order.objects.count() == 1


def test_a_key_belongs_to_one_address(manager_api, place):
    number = place().number
    manager_api.post(f"/orders/{number}/actions/pay", PAYMENT, key="k1")
    response = manager_api.post(f"/orders/{place().number}/actions/pay", PAYMENT, key="k1")

    assert problem(response) == (422, "idempotency_key_reused", [])
    assert Payment.objects.count() == 1


def test_a_key_belongs_to_one_person(shop, manager_api):
    assert shop.post("/orders", order_body(external_no="A"), key="k1").status_code == 201
    assert manager_api.post("/orders", order_body(external_no="B"), key="k1").status_code == 201


@pytest.mark.parametrize("key", ["", " ", "x" * 256])
def test_a_key_that_is_none_is_refused(shop, key):
    assert problem(shop.post("/orders", order_body(), key=key)) == (
        400,
        "idempotency_key_invalid",
        [],
    )
    assert Order.objects.count() == 0


def test_the_longest_key_is_taken(shop):
    assert shop.post("/orders", order_body(), key="x" * 255).status_code == 201


def test_a_refusal_is_not_kept(shop):
    assert shop.post("/orders", order_body(channel="later"), key="k1").status_code == 400
    assert shop.post("/orders", order_body(), key="k1").status_code == 201


def test_a_verb_acts_once_and_answers_twice(manager_api, place):
    number = place().number
    first = manager_api.post(f"/orders/{number}/actions/pay", PAYMENT, key="k1")
    again = manager_api.post(f"/orders/{number}/actions/pay", PAYMENT, key="k1")

    assert (again.status_code, again.content) == (200, first.content)
    assert again["Idempotent-Replay"] == "true"
    assert Payment.objects.count() == 1


def test_a_form_of_the_screens_with_the_same_key_gives_nothing_away(shop, clerk):
    IdempotencyKey.objects.create(user=clerk, key="form:1", request_hash="")

    assert problem(shop.post("/orders", order_body(), key="form:1"))[0] == 422


def test_a_key_that_nobody_used_has_no_answer(clerk):
    caller = Caller(clerk, frozenset(), "k1", None)

    assert once.answered(caller) is None


def test_keys_older_than_thirty_days_are_forgotten_by_the_sweep(clerk):
    for days in (29, 31):
        key = IdempotencyKey.objects.create(user=clerk, key=f"{days} days", request_hash="")
        IdempotencyKey.objects.filter(pk=key.pk).update(created_at=timezone.now() - timedelta(days))

    sweep()

    assert [one.key for one in IdempotencyKey.objects.all()] == ["29 days"]


def test_a_bounded_number_of_old_keys_goes_at_a_time_the_oldest_first(clerk):
    for days in (40, 60, 50):
        key = IdempotencyKey.objects.create(user=clerk, key=f"{days} days", request_hash="")
        IdempotencyKey.objects.filter(pk=key.pk).update(created_at=timezone.now() - timedelta(days))

    assert forget_old_keys(most=2) == 2
    assert [one.key for one in IdempotencyKey.objects.all()] == ["40 days"]


def _at_once(calls):
    """Run every call in a thread of its own, all at the same moment."""
    barrier = Barrier(len(calls))

    def run(call):
        try:
            barrier.wait(10)
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.fixture
def busy_shop(transactional_db):
    """As `shop`, with real commits."""
    Channel.objects.create(code="web", name="Web shop")
    create_sku()
    return create_token(create_user("manager"))


@pytest.mark.parametrize("external_no", ["", "T-1"])
def test_the_same_order_from_four_sides_at_once_is_placed_once(busy_shop, external_no):
    body = order_body(external_no=external_no)
    answers = _at_once([lambda: busy_shop.post("/orders", body, key="k1")] * 4)

    assert [one.status_code for one in answers] == [201] * 4
    assert len({one.content for one in answers}) == 1
    assert sum("Idempotent-Replay" in one for one in answers) == 3
    assert (Order.objects.count(), IdempotencyKey.objects.count()) == (1, 1)


def test_goods_received_from_four_sides_at_once_are_received_once(busy_shop, warehouse):
    body = {"warehouse": "HZ", "lines": [{"sku": "CUP-1", "quantity": 5}]}
    answers = _at_once([lambda: busy_shop.post("/stock/receipts", body, key="k1")] * 4)

    assert [one.status_code for one in answers] == [201] * 4
    assert len({one.content for one in answers}) == 1
    assert list(StockMovement.objects.values_list("quantity", flat=True)) == [5]


@pytest.fixture
def keys_not_unique(busy_shop):
    """The guard taken away, to show that the tests above would see it."""
    name = "idempotency_key_once_per_user"
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE oms_idempotencykey DROP CONSTRAINT {name}")
        yield
        cursor.execute("DELETE FROM oms_idempotencykey")
        cursor.execute(
            f"ALTER TABLE oms_idempotencykey ADD CONSTRAINT {name} UNIQUE (user_id, key)"
        )


def test_without_the_unique_key_the_same_order_would_be_placed_more_than_once(
    busy_shop, keys_not_unique
):
    body = order_body(external_no="", customer={})
    _at_once([lambda: busy_shop.post("/orders", body, key="k1")] * 4)

    assert Order.objects.count() > 1
