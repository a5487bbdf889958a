"""The database itself refuses every move that the table of transitions does not have."""

import pytest
from django.db import DatabaseError, connection, transaction

from orders.fulfilment.models import SHIPMENT_TRANSITIONS, ShipmentStatus
from orders.models import Order
from orders.states import TRANSITIONS, OrderStatus
from tests.fixtures.flow import approve, receive

pytestmark = pytest.mark.django_db


def _put(table, pk, status):
    """Set a status past the guards, as where the next move starts from."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"UPDATE {table} SET status = %s WHERE id = %s", [status, pk])
        cursor.execute("SET LOCAL session_replication_role = origin")


def _accepted(table, pk, source, targets):
    """Those of `targets` that the database lets a row in `source` go to."""
    found = set()
    for target in targets:
        _put(table, pk, source)
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"UPDATE {table} SET status = %s WHERE id = %s", [target, pk])
            found.add(target)
        except DatabaseError as refusal:
            assert "nvalid transition" in str(refusal) or "llegal" in str(refusal)  # noqa: PT017
    return found


@pytest.mark.parametrize("source", OrderStatus.values)
def test_an_order_moves_only_as_the_table_says(source, place):
    order = place()

    accepted = _accepted("orders_order", order.pk, source, OrderStatus.values)

    # Staying where it is is no move.
    assert accepted == {source, *TRANSITIONS[source]}


@pytest.mark.parametrize("source", ShipmentStatus.values)
def test_a_shipment_moves_only_as_its_table_says(source, place, cup, warehouse):
    receive(cup, warehouse, 1)
    shipment = approve(place()).shipments.get()
    type(shipment).objects.update(shipped_at="2026-01-01T00:00:00Z")

    accepted = _accepted("orders_shipment", shipment.pk, source, ShipmentStatus.values)

    assert accepted == {source, *SHIPMENT_TRANSITIONS.get(source, [])}


def test_an_unknown_status_is_no_status(place):
    order = place()

    with pytest.raises(DatabaseError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(status="lost")
