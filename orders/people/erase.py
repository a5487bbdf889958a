"""Erasing a customer's personal data: the person, and the copies of name and address on their finished orders."""

import pgtrigger
from django.db import transaction
from django.utils.translation import gettext as _

from customers.erase import everybody_in, forget
from customers.lock import lock
from customers.models import Customer
from oms.errors import NotPossible
from oms.models import User
from oms.sql import query
from orders.models import Order, OrderEvent, OrderSearch, Shipment
from orders.states import CLOSED
from orders.transition import record

_HOLD_ORDERS = "SELECT id FROM orders_order WHERE customer_id = %s ORDER BY id FOR NO KEY UPDATE"
_SHOWN = 5
# Where the parcel went roughly stays, for the figures.
_BLANK = dict.fromkeys(
    ("customer_name", "ship_name", "ship_phone", "ship_district", "ship_street", "ship_postcode",
     "note"), "",
)  # fmt: skip


def open_orders_of(customer_id: int) -> list[str]:
    """Numbers of the orders that need the person still, the newest first; at most a few."""
    newest = Order.objects.filter(customer=customer_id).exclude(status__in=CLOSED)
    return list(newest.order_by("-placed_at", "-pk").values_list("number", flat=True)[:_SHOWN])


def erase_customer(customer_id: int, *, actor: User) -> int:
    """Forget the person for good; how many orders were cleared. Amounts, goods and history of the orders stay.

    Raises NotPossible while orders are open, Customer.DoesNotExist.
    """
    with transaction.atomic():
        query(_HOLD_ORDERS, [customer_id])
        Customer.objects.select_for_update().get(pk=customer_id)
        lock(customer_id)
        waiting = open_orders_of(customer_id)
        if waiting:
            words = _("Finish or cancel the open orders first: %s.") % ", ".join(waiting)
            raise NotPossible(words)
        ids = list(Order.objects.filter(customer=customer_id).values_list("pk", flat=True))
        _clear(ids)
        record(ids, kind="anonymised", actor=actor)
        forget(everybody_in(customer_id), actor=actor)
    return len(ids)


def _clear(order_ids: list[int]) -> None:
    Order.objects.filter(pk__in=order_ids).update(**_BLANK)
    Shipment.objects.filter(order__in=order_ids).update(recipient_key="")
    OrderSearch.objects.filter(pk__in=order_ids).update(names="", grams=[], phone_tail="")
    # What an edit replaced is personal data as well; see `customers.erase`.
    with pgtrigger.ignore("orders.OrderEvent:append_only"):
        edited = OrderEvent.objects.filter(order__in=order_ids, kind="edited")
        edited.update(data={})
