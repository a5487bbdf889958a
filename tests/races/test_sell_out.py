"""More want it than there is: exactly so many get it. Real processes, and controls without what protects."""

import pytest

from inventory import ledger
from inventory.ledger import Blocking, Supply, block
from inventory.models import Stock
from oms.errors import NotPossible
from orders import pipeline
from orders.models import Order
from orders.review.decide import approve_orders
from tests.fixtures.flow import receive
from tests.races.racing import at_once, in_processes, without_constraint

pytestmark = pytest.mark.django_db(transaction=True)

PIECES = 8
_CHECK = ("inventory_stock", "stock_reserved_within_on_hand")


@pytest.fixture
def four_times_as_many(place, cup, warehouse):
    """So many pieces, and four times as many approved orders for one each."""
    receive(cup, warehouse, PIECES)
    approve_orders([place().pk for _n in range(4 * PIECES)], actor=None)


@pytest.fixture
def planners_who_see_what_was(four_times_as_many, monkeypatch):
    """The worst moment: everybody plans with the stock as it was before anybody took a piece."""
    seen = [Supply(*row) for row in Stock.objects.values_list(
        "pk", "warehouse_id", "sku_id", "available")]  # fmt: skip
    monkeypatch.setattr(ledger, "look_at_supply", lambda sku_ids: seen)
    monkeypatch.setattr(pipeline, "FIRST_CHUNK", 3)


def sell_out():
    """Four processes serve the orders; exactly as many get their piece as there are."""
    answers = in_processes(*[lambda: pipeline.advance().allocated] * 4)

    assert [one for one in answers if isinstance(one, str)] == []
    assert sum(answers) == PIECES
    assert Order.objects.filter(status="allocated").count() == PIECES
    assert Order.objects.filter(status="backordered").count() == 3 * PIECES
    assert Stock.objects.values_list("on_hand", "reserved").get() == (PIECES, PIECES)


def test_exactly_as_many_orders_are_served_as_there_are_pieces(four_times_as_many, holds):
    sell_out()


def test_also_when_everybody_planned_with_stock_that_is_gone(planners_who_see_what_was, holds):
    sell_out()


def test_without_the_constraint_more_is_promised_than_there_is(planners_who_see_what_was):
    with without_constraint(*_CHECK):
        with pytest.raises(AssertionError):
            sell_out()
        assert Stock.objects.get().reserved > PIECES


def block_one_each(stock_id):
    def one():
        try:
            return len(block([Blocking(stock_id, 1, "damaged")], actor=None))
        except NotPossible:
            return 0

    return [one] * (4 * PIECES)


def test_exactly_as_many_pieces_are_blocked_as_are_free(cup, warehouse, holds):
    receive(cup, warehouse, PIECES)

    answers = at_once(*block_one_each(Stock.objects.get().pk))

    assert sorted(answers) == [0] * (3 * PIECES) + [1] * PIECES
