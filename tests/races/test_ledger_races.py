"""Verbs of the ledger that meet at one stock, each with a control that takes its protection away."""

import json
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, OperationalError

from inventory.ledger import Blocking, Posting, block, blocks, post, postings, take_back
from inventory.models import Stock, StockMovement
from inventory.receive import Arrival, receive
from orders import pipeline
from orders.models import Order
from orders.review.decide import approve_orders
from tests.fixtures import flow
from tests.fixtures.company import create_sku
from tests.races.racing import at_once, beside, in_processes, without_constraint

pytestmark = pytest.mark.django_db(transaction=True)

_CHECK = ("inventory_stock", "stock_reserved_within_on_hand")


def unlocked(statement):
    return statement.replace("FOR NO KEY UPDATE", "")


# One delivery told by four at once.


def tell_four_times(cup, warehouse):
    def told():
        return receive([Arrival(cup.pk, 5)], warehouse_id=warehouse.pk, event_key="D-1", actor=None)

    answers = in_processes(*[told] * 4)
    assert answers == [[StockMovement.objects.get().pk]] * 4
    assert Stock.objects.get().on_hand == 5


def test_one_delivery_told_four_times_at_once_is_received_once(cup, warehouse, holds):
    tell_four_times(cup, warehouse)


def test_who_does_not_look_under_the_lock_meets_the_constraint(cup, warehouse, monkeypatch, holds):
    monkeypatch.setattr(postings, "_POSTED_BEFORE", "SELECT '', 0 WHERE %s IS NULL")

    with pytest.raises(AssertionError, match="IntegrityError"):
        tell_four_times(cup, warehouse)

    assert Stock.objects.get().on_hand == 5


# Orders with many goods, in opposite line order.


@pytest.fixture
def goods(warehouse):
    return [create_sku(f"SKU-{n}") for n in range(6)]


def post_in_opposite_orders(goods, warehouse):
    def posting(skus):
        return lambda: post(
            [Posting(warehouse.pk, sku.pk, 1, "receipt") for sku in skus], actor=None
        )

    results = at_once(posting(goods), posting(goods[::-1]))
    assert [one for one in results if isinstance(one, OperationalError)] == []


def test_postings_in_opposite_orders_do_not_deadlock(goods, warehouse, holds):
    for _n in range(5):
        post_in_opposite_orders(goods, warehouse)

    assert set(Stock.objects.values_list("on_hand", flat=True)) == {10}


def test_locked_as_they_come_they_do(goods, warehouse, monkeypatch, holds):
    post([Posting(warehouse.pk, sku.pk, 1, "receipt") for sku in goods], actor=None)
    has_first, real = Barrier(2), postings.query

    def lock_one_by_one(statement, params=()):
        if statement != postings._LOCK:
            return real(statement, params)
        for at, row in enumerate(json.loads(params["postings"])):
            real(
                "SELECT id FROM inventory_stock WHERE sku_id = %s FOR NO KEY UPDATE",
                [row["sku_id"]],
            )
            if at == 0:
                has_first.wait(10)
        return []

    monkeypatch.setattr(postings, "query", lock_one_by_one)

    with pytest.raises(AssertionError, match="deadlock detected"):
        post_in_opposite_orders(goods, warehouse)


def test_orders_of_many_goods_leave_and_are_cancelled_in_opposite_orders(
    place, goods, warehouse, holds
):
    for sku in goods:
        flow.receive(sku, warehouse, 20)
    there = [(sku.code, 1) for sku in goods]
    orders = [place(*(there if n % 2 else there[::-1])) for n in range(12)]
    approve_orders([order.pk for order in orders], actor=None)
    pipeline.advance()

    left, cancelled = in_processes(
        lambda: [flow.send(order).status for order in orders[::2]],
        lambda: [flow.cancel(order).status for order in orders[::-1][::2]],
    )

    assert (left, cancelled) == (["shipped"] * 6, ["cancelled"] * 6)
    assert set(Stock.objects.values_list("on_hand", "reserved")) == {(14, 0)}


# A receipt is taken back, or its pieces are blocked, while they are being reserved.


@pytest.fixture
def wanted(place, cup, warehouse):
    """Five pieces arrived, an approved order wants three of them."""
    flow.receive(cup, warehouse, 5)
    approve_orders([place(("CUP-1", 3)).pk], actor=None)


def reserving_after(module, statement, monkeypatch):
    """The order is served beside whoever has just asked `statement`."""
    real = module.query
    others: list[Thread] = []

    def ask_and_let_another_in(asked, params=()):
        rows = real(asked, params)
        if asked == statement and not others:
            others.append(beside(pipeline.advance))
        return rows

    monkeypatch.setattr(module, "query", ask_and_let_another_in)
    return others


def take_back_while_reserving(monkeypatch):
    others = reserving_after(postings, postings._CHECK, monkeypatch)
    take_back([StockMovement.objects.get().pk], reason="wrong delivery", actor=None)
    others[0].join(30)
    assert Stock.objects.values_list("on_hand", "reserved").get() == (0, 0)
    assert Order.objects.get().status == "backordered"


def test_what_is_taken_back_is_not_promised(wanted, monkeypatch, holds):
    take_back_while_reserving(monkeypatch)


def test_without_lock_and_constraint_it_is(wanted, monkeypatch):
    monkeypatch.setattr(postings, "_LOCK_OF_MOVEMENTS", unlocked(postings._LOCK_OF_MOVEMENTS))

    with without_constraint(*_CHECK), pytest.raises(AssertionError, match=r"\(0, 3\) == \(0, 0\)"):
        take_back_while_reserving(monkeypatch)


def block_while_reserving(monkeypatch):
    others = reserving_after(blocks, blocks._LOCK_STOCK_BY_ID, monkeypatch)
    block([Blocking(Stock.objects.get().pk, 4, "damaged")], actor=None)
    others[0].join(30)
    assert Stock.objects.values_list("on_hand", "reserved", "blocked").get() == (5, 0, 4)
    assert Order.objects.get().status == "backordered"


def test_what_is_blocked_is_not_promised(wanted, monkeypatch, holds):
    block_while_reserving(monkeypatch)


def test_without_the_lock_the_block_fails_at_the_constraint(wanted, monkeypatch, holds):
    monkeypatch.setattr(blocks, "_LOCK_STOCK_BY_ID", unlocked(blocks._LOCK_STOCK_BY_ID))

    with pytest.raises(IntegrityError, match="stock_reserved_within_on_hand"):
        block_while_reserving(monkeypatch)


def test_without_the_constraint_as_well_pieces_are_promised_twice(wanted, monkeypatch):
    monkeypatch.setattr(blocks, "_LOCK_STOCK_BY_ID", unlocked(blocks._LOCK_STOCK_BY_ID))

    with without_constraint(*_CHECK), pytest.raises(AssertionError, match=r"\(5, 3, 4\)"):
        block_while_reserving(monkeypatch)
