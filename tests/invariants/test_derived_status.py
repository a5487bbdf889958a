"""The check's own wording of the derived status agrees with the one the verbs use."""

from itertools import product

import pytest
from django.db import connection

from orders.fulfilment.models import ShipmentStatus
from orders.invariants import parcels
from orders.states import derive_status

pytestmark = pytest.mark.django_db

PARCELS = [
    sorted(set(pair)) for size in (1, 2) for pair in product(ShipmentStatus.values, repeat=size)
]


def _derived_in_sql(order):
    with connection.cursor() as cursor:
        cursor.execute(f"{parcels.DERIVED} SELECT follows FROM derived WHERE id = %s", [order.pk])
        return cursor.fetchone()[0]


def _pack(order, warehouse, statuses, packed):
    """Parcels in these statuses; those that count hold `packed` pieces each."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DELETE FROM inventory_reservation")
        cursor.execute("DELETE FROM orders_shipment")
        for number, status in enumerate(statuses):
            cursor.execute(
                "WITH p AS (INSERT INTO orders_shipment (number, order_id, warehouse_id, status,"
                " shipped_at) VALUES (%s, %s, %s, %s, now()) RETURNING id)"
                "INSERT INTO inventory_reservation (stock_id, order_line_id, shipment_id, quantity)"
                " SELECT 1, 1, id, %s FROM p",
                [f"P-{number}", order.pk, warehouse.pk, status, packed],
            )


def test_sql_and_python_derive_the_same_status(place, warehouse):
    order = place(("CUP-1", 10))

    for statuses, is_short in product([[], *PARCELS], (True, False)):
        _pack(order, warehouse, statuses, 1 if is_short else 10)
        living = [status for status in statuses if status != "cancelled"]
        short = is_short or not living

        assert _derived_in_sql(order) == derive_status(living, is_short=short), statuses
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM inventory_reservation")
