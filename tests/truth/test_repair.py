"""Counters that drifted are set to what their rows say, as somebody saw it, and it is written down."""

import pytest
from django.db import DatabaseError, transaction

from inventory.ledger import Repair, drifting, repair
from inventory.models import Stock, StockMovement, StockRepair
from oms.errors import NotPossible, Stale
from oms.sql import query
from tests.fixtures.company import create_sku
from tests.fixtures.flow import approve, receive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


@pytest.fixture
def stock(place, cup, warehouse):
    """Ten pieces, two of them reserved."""
    receive(cup, warehouse, 10)
    approve(place(("CUP-1", 2)))
    return Stock.objects.get()


def _spoil(stock, **counters):
    Stock.objects.filter(pk=stock.pk).update(**counters)


def _repair_all(*, follows_ledger=True, actor=None):
    seen = [Repair(one.stock_id, one.figures, follows_ledger) for one in drifting()]
    return repair(seen, reason="found by the check", actor=actor)


def _counters(stock):
    return Stock.objects.values_list("on_hand", "reserved", "blocked").get(pk=stock.pk)


def test_reserved_and_blocked_become_what_their_rows_say(stock, manager):
    _spoil(stock, reserved=5, blocked=1)
    (drift,) = drifting()
    assert drift.figures == (10, 5, 1, 10, 2, 0)

    _repair_all(actor=manager)

    assert _counters(stock) == (10, 2, 0)
    kept = StockRepair.objects.get()
    assert (kept.on_hand_before, kept.reserved_before, kept.blocked_before) == (10, 5, 1)
    assert (kept.on_hand, kept.reserved, kept.blocked) == (10, 2, 0)
    assert (kept.reason, kept.actor) == ("found by the check", manager)


def test_on_hand_becomes_the_ledgers_sum_and_nothing_is_posted(stock):
    _spoil(stock, on_hand=13)

    _repair_all()

    assert _counters(stock) == (10, 2, 0)
    assert StockMovement.objects.count() == 1


def test_on_hand_stays_where_it_is_to_be_counted_first(stock):
    _spoil(stock, on_hand=13, reserved=4)

    _repair_all(follows_ledger=False)

    assert _counters(stock) == (13, 2, 0)
    assert _repair_all(follows_ledger=False) == []  # nothing is left but the count
    assert _repair_all() != []


def test_what_moved_since_it_was_seen_is_not_repaired(stock, cup, warehouse):
    _spoil(stock, reserved=5)
    seen = [Repair(one.stock_id, one.figures, True) for one in drifting()]
    receive(cup, warehouse, 1)

    with pytest.raises(Stale, match="moved since this was shown"):
        repair(seen, reason="x", actor=None)

    assert _counters(stock) == (11, 5, 0)
    assert not StockRepair.objects.exists()
    _repair_all()


def test_one_stale_place_keeps_all_as_they_are(stock, warehouse):
    receive(create_sku("POT-1"), warehouse, 3)
    Stock.objects.update(blocked=1)
    seen = [Repair(one.stock_id, one.figures, True) for one in drifting()]
    seen[1] = Repair(seen[1].stock_id, (0, 0, 0, 0, 0, 0), True)

    with pytest.raises(Stale):
        repair(seen, reason="x", actor=None)

    assert set(Stock.objects.values_list("blocked", flat=True)) == {1}
    assert len(_repair_all()) == 2


def test_a_ledger_with_fewer_than_are_promised_is_refused(stock, cup, warehouse):
    receive(cup, warehouse, -8)
    _spoil(stock, on_hand=3)
    StockMovement.objects.create(stock=stock, kind="adjustment", quantity=-1)

    with pytest.raises(NotPossible, match="CUP-1 in HZ: 1 would be on hand, but 2 are reserved"):
        _repair_all()

    receive(cup, warehouse, 1)
    _repair_all()
    assert _counters(stock) == (2, 2, 0)


@pytest.mark.parametrize("statement", ["UPDATE {} SET reason = 'x'", "DELETE FROM {}"])
def test_a_repair_stays_written(stock, statement):
    _spoil(stock, reserved=5)
    _repair_all()

    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        query(statement.format("inventory_stockrepair"))


def test_nothing_drifts_in_a_sound_company(busy_company):
    assert drifting() == []
    assert repair([], reason="x", actor=None) == []


def test_the_number_of_statements_does_not_grow_with_the_places(
    warehouse, django_assert_num_queries
):
    for number in range(7):
        receive(create_sku(f"SKU-{number}"), warehouse, 3)
    Stock.objects.update(blocked=1)
    seen = [Repair(one.stock_id, one.figures, True) for one in drifting()]

    # Savepoint, lock, figures, write, savepoint.
    with django_assert_num_queries(5):
        repair(seen, reason="x", actor=None)
