"""`manage.py advance`: everything that can move, in the foreground."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from inventory.models import Sku, Warehouse
from orders import tally
from orders.models import OrderTally
from orders.review.decide import approve_orders
from orders.states import OrderStatus
from orders.tasks import advance, sweep
from tests.fixtures.company import Place
from tests.fixtures.flow import fresh, receive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


def test_it_prints_what_moved_and_where_all_orders_stand(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    receive(cup, warehouse, 1)
    approve_orders([place().pk, place().pk], actor=None)
    place()
    printed = StringIO()

    call_command("advance", "--json", stdout=printed)

    figures = json.loads(printed.getvalue())
    assert (figures["allocated"], figures["backordered"], figures["to_person"]) == (1, 1, 1)
    assert figures["orders"] == {"pending_review": 1, "backordered": 1, "allocated": 1}


def test_the_tasks_move_what_waits_and_may_run_twice(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    receive(cup, warehouse, 1)
    order = place()
    approve_orders([order.pk], actor=None)

    advance()
    advance()

    assert fresh(order).status == "allocated"
    assert order.events.filter(kind="allocated").count() == 1


def test_the_sweep_folds_the_tallies_without_changing_a_count(place: Place) -> None:
    place()
    place()

    sweep()

    assert OrderTally.objects.filter(is_folded=False).count() == 0
    assert tally.count_by_status()[OrderStatus.PENDING_REVIEW] == 2
