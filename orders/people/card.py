"""The customer beside an order: the page of the customer in short."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, F, OuterRef
from django.db.models.functions import Cast, JSONObject

from customers.event import SAID
from customers.models import Customer, CustomerEvent
from oms.models import User
from orders.insights.customer_figures import Figures, figures_of
from orders.models.order import Order, OrderQuerySet

MOST_ORDERS = 1_000
MOST_OTHERS, MOST_SAID = 3, 3


@dataclass(frozen=True, slots=True)
class Other:
    """Another order of the same customer."""

    number: str
    status: str
    total: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Said:
    """A note about the customer, or a complaint of theirs."""

    text: str
    is_complaint: bool
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Card:
    customer: Customer
    figures: Figures
    others: list[Other]
    said: list[Said]


def with_card(orders: OrderQuerySet, visible: OrderQuerySet) -> OrderQuerySet:
    """`orders` with what `card_of` tells of each beside the figures; it comes along in the same query."""
    others = visible.filter(customer=OuterRef("customer_id")).exclude(pk=OuterRef("pk"))
    other = JSONObject(
        number="number",
        status="status",
        total=Cast("total_amount", CharField()),
        currency="currency",
    )
    said = CustomerEvent.objects.filter(customer=OuterRef("customer_id"), kind__in=SAID)
    columns = {name: F(name) for name in ("kind", "actor_name", "data", "created_at")}
    return orders.annotate(
        others=ArraySubquery(others.order_by("-placed_at", "-pk").values_list(other)[:MOST_OTHERS]),
        said=ArraySubquery(said.order_by("-pk").values_list(JSONObject(**columns))[:MOST_SAID]),
    )


def card_of(order: Any, visible: OrderQuerySet, user: User) -> Card | None:
    """Of an order that was read `with_card`; None without a customer, and for who may see none."""
    if not isinstance(order, Order) or order.customer is None:
        return None
    if not user.has_perm("customers.view_customer"):
        return None
    figures = figures_of(order.customer.pk, visible, user, most=MOST_ORDERS)
    rows: Any = order
    return Card(
        customer=order.customer,
        figures=figures,
        others=[
            Other(one["number"], one["status"], Decimal(one["total"]), one["currency"])
            for one in rows.others
        ],
        said=[
            Said(
                row["data"].get("text", ""),
                row["kind"] == "complained",
                row["actor_name"],
                datetime.fromisoformat(row["created_at"]),
            )
            for row in rows.said
        ],
    )
