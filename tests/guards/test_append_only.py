"""Ledgers and histories cannot be rewritten, whoever holds the connection."""

import pytest
from django.db import DatabaseError, connection, transaction

from customers.models import CustomerEvent
from inventory.models import StockMovement
from orders.models import Order, OrderEvent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("busy_company", "holds")]


def _refused(statement):
    """The database's words when it refuses `statement`."""
    with (
        pytest.raises(DatabaseError) as refusal,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    return str(refusal.value)


@pytest.mark.parametrize(
    "table", ["orders_orderevent", "inventory_stockmovement", "customers_customerevent"]
)
@pytest.mark.parametrize("statement", ["UPDATE {} SET created_at = now()", "DELETE FROM {}"])
def test_what_happened_stays_written(table, statement):
    assert f"Cannot update or delete rows from {table}" in _refused(statement.format(table))


@pytest.mark.parametrize(
    "table", ["orders_order", "orders_orderline", "orders_shipment", "inventory_stock"]
)
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET id = -id"])
def test_what_others_name_without_a_foreign_key_is_there_always(table, statement):
    assert f"Cannot delete rows from {table}" in _refused(statement.format(table))


@pytest.mark.parametrize("model", [OrderEvent, StockMovement, Order, CustomerEvent])
def test_nor_through_the_models(model):
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.first().delete()

    assert model.objects.exists()
