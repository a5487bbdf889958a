"""Looking at orders as the workers do, and at what they open."""

from datetime import timedelta

from django.utils import timezone

from oms.sql import query
from orders.exceptions import watch
from orders.exceptions.models import OrderException
from orders.models import Order


def open_causes(order: Order | None = None) -> list[str]:
    """The causes of the open exceptions after the workers have looked."""
    watch.sweep()
    rows = OrderException.objects.filter(closed_at=None)
    if order:
        rows = rows.filter(order=order)
    return sorted(rows.values_list("cause", flat=True))


def the_one(cause: str) -> OrderException:
    """The only open exception of the cause."""
    watch.sweep()
    return OrderException.objects.get(closed_at=None, cause=cause)


def long_ago(order: Order, **ago: int) -> None:
    """All that was so far said of the order was said then; its timer strikes by now."""
    moment = timezone.now() - timedelta(**ago)
    query("SET session_replication_role = replica")  # the timeline refuses to be changed
    query("UPDATE orders_orderevent SET created_at = %s WHERE order_id = %s", [moment, order.pk])
    query("RESET session_replication_role")
    query("INSERT INTO orders_ordertouched (order_id) VALUES (%s)", [order.pk])
