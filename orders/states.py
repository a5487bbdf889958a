"""The one table of an order's statuses and of the moves between them. The database refuses every other move."""

from collections.abc import Collection
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrderStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")  # being written, nothing promised
    PENDING_REVIEW = "pending_review", _("To review")  # waits for rules or a reviewer
    ON_HOLD = "on_hold", _("On hold")  # somebody or a rule stopped it, with a reason
    APPROVED = "approved", _("Approved")  # waits for stock to be allocated
    BACKORDERED = "backordered", _("Back-ordered")  # waits for goods
    ALLOCATED = "allocated", _("Ready to ship")  # everything is reserved and has a shipment
    IN_FULFILMENT = "in_fulfilment", _("In fulfilment")  # picking or packing has begun
    PARTIALLY_SHIPPED = "partially_shipped", _("Partly shipped")
    SHIPPED = "shipped", _("Shipped")  # all of it left the house
    DELIVERED = "delivered", _("Delivered")
    COMPLETED = "completed", _("Done")  # nothing is left to do
    CANCELLED = "cancelled", _("Cancelled")


class Who(StrEnum):
    """Which hand may make a move: the system by itself, or a person with a permission."""

    SYSTEM = "system"
    CLERK = "orders.place_order"
    REVIEWER = "orders.review_order"
    WAREHOUSE = "orders.fulfil_order"
    CANCEL = "orders.cancel_order"


S = OrderStatus

# From `allocated` on the status follows from the shipments (see `derive_status`); those moves are the system's.
TRANSITIONS: dict[OrderStatus, dict[OrderStatus, Who]] = {
    S.DRAFT: {S.PENDING_REVIEW: Who.CLERK, S.CANCELLED: Who.CLERK},
    S.PENDING_REVIEW: {S.APPROVED: Who.REVIEWER, S.ON_HOLD: Who.REVIEWER, S.CANCELLED: Who.CANCEL},
    S.ON_HOLD: {S.PENDING_REVIEW: Who.REVIEWER, S.APPROVED: Who.REVIEWER, S.CANCELLED: Who.CANCEL},
    S.APPROVED: {
        S.ALLOCATED: Who.SYSTEM,
        S.BACKORDERED: Who.SYSTEM,
        S.IN_FULFILMENT: Who.SYSTEM,  # released again after a hold in the middle of picking
        S.COMPLETED: Who.SYSTEM,  # nothing to ship
        S.ON_HOLD: Who.REVIEWER,
        S.CANCELLED: Who.CANCEL,
    },
    S.BACKORDERED: {
        S.ALLOCATED: Who.SYSTEM,
        S.IN_FULFILMENT: Who.SYSTEM,
        S.ON_HOLD: Who.REVIEWER,
        S.CANCELLED: Who.CANCEL,
    },
    S.ALLOCATED: {
        S.IN_FULFILMENT: Who.SYSTEM,
        S.ON_HOLD: Who.REVIEWER,
        S.CANCELLED: Who.CANCEL,
    },
    S.IN_FULFILMENT: {
        S.PARTIALLY_SHIPPED: Who.SYSTEM,
        S.SHIPPED: Who.SYSTEM,
        S.ALLOCATED: Who.SYSTEM,
        S.BACKORDERED: Who.SYSTEM,
        S.ON_HOLD: Who.REVIEWER,
        S.CANCELLED: Who.CANCEL,
    },
    S.PARTIALLY_SHIPPED: {S.SHIPPED: Who.SYSTEM, S.DELIVERED: Who.SYSTEM},
    S.SHIPPED: {S.DELIVERED: Who.SYSTEM},
    S.DELIVERED: {S.COMPLETED: Who.SYSTEM},
    S.COMPLETED: {},
    S.CANCELLED: {},
}

INITIAL = frozenset({S.DRAFT, S.PENDING_REVIEW})
CLOSED = frozenset({S.COMPLETED, S.CANCELLED})
# Where an order can be late. An approved one only passes through: allocation moves it on at once.
WITH_DEADLINE = (
    S.PENDING_REVIEW,
    S.ON_HOLD,
    S.BACKORDERED,
    S.ALLOCATED,
    S.IN_FULFILMENT,
    S.PARTIALLY_SHIPPED,
)


def is_legal(source: str, target: str) -> bool:
    return target in TRANSITIONS[OrderStatus(source)]


def legal_pairs() -> list[tuple[str, str]]:
    return [
        (str(source), str(target)) for source, targets in TRANSITIONS.items() for target in targets
    ]


def illegal_move_sql(pairs: Collection[tuple[str, str]]) -> str:
    """A trigger's WHEN that is true for a change of status outside `pairs`: PostgreSQL checks it without a function."""
    listed = ", ".join(f"('{source}', '{target}')" for source, target in pairs)
    return f"OLD.status <> NEW.status AND (OLD.status, NEW.status) NOT IN ({listed})"


def derive_status(shipment_statuses: Collection[str], *, is_short: bool) -> OrderStatus:
    """What an approved order's status is, given its shipments (cancelled ones left out) and whether goods lack.

    `is_short`: some wanted pieces are in no shipment.
    """
    gone = {"shipped", "delivered"}
    statuses = set(shipment_statuses)
    if statuses & gone:
        if is_short or statuses - gone:
            return S.PARTIALLY_SHIPPED
        return S.DELIVERED if statuses == {"delivered"} else S.SHIPPED
    if statuses & {"picking", "packed"}:
        return S.IN_FULFILMENT
    return S.BACKORDERED if is_short or not statuses else S.ALLOCATED
