"""Purchase orders as their screens show them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Greatest, JSONObject
from django.utils import timezone

from inventory.demand import Waiting
from inventory.listing import warehouses_of
from inventory.models import PurchaseLine, PurchaseOrder, Receipt, ReceiptLine
from inventory.purchasing.document import amount_of
from inventory.purchasing.expected import Outlook, expected_words, outlook_of
from inventory.purchasing.lead_times import LeadTime, lead_times_of
from inventory.purchasing.states import COMING, TRANSITIONS, PurchaseStatus
from inventory.purchasing.tabs import STATES
from oms.models import User

SHOWN_WAITING = 50


def purchases_of(user: User) -> QuerySet[PurchaseOrder]:
    """The purchase orders of the warehouses this person works in."""
    return PurchaseOrder.objects.filter(warehouse__in=warehouses_of(user))


def sees_prices(user: User) -> bool:
    """Who buys and who keeps the books may see what goods cost us."""
    return user.has_perm("inventory.buy_goods") or user.has_perm("orders.view_payment")


def list_rows(user: User, tab: str) -> QuerySet[PurchaseOrder]:
    """The orders of a tab, each with its amount and the pieces that are to come."""
    lines = PurchaseLine.objects.filter(purchase_order=OuterRef("pk")).order_by()
    totals = lines.values("purchase_order")
    left = Greatest(F("ordered") - F("received") - F("damaged"), 0)
    found = purchases_of(user).filter(status__in=STATES[tab])
    return found.select_related("supplier", "warehouse").annotate(
        amount=Subquery(totals.annotate(n=Sum(F("ordered") * F("price"))).values("n")),
        left=Coalesce(Subquery(totals.annotate(n=Sum(left)).values("n")), 0),
    )


def tab_counts(user: User) -> dict[str, int]:
    """How many purchase orders each of the short tabs has. One query."""
    rows = purchases_of(user).filter(status__in=[*COMING, PurchaseStatus.DRAFT])
    by_status = {
        row["status"]: row["n"] for row in rows.order_by().values("status").annotate(n=Count("pk"))
    }
    return {
        name: sum(by_status.get(one, 0) for one in STATES[name]) for name in ("coming", "draft")
    }


@dataclass(frozen=True, slots=True)
class Served:
    """A line of an order that waits for a SKU, and when it can expect its goods."""

    waiting: Waiting
    words: str
    comes_with: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line with what it costs, how long it takes, and what it is still to bring on which day."""

    line: PurchaseLine
    amount: Decimal
    lead: LeadTime | None
    expected_on: date | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A purchase order with everything around it. `waiting` are the orders that its goods go to."""

    order: PurchaseOrder
    lines: list[LineShown]
    total: Decimal
    mails: list[Any]
    receipts: list[Receipt]
    waiting: list[Served]

    @property
    def is_draft(self) -> bool:
        return self.order.status == PurchaseStatus.DRAFT

    @property
    def is_coming(self) -> bool:
        return self.order.status in COMING

    @property
    def can_be_cancelled(self) -> bool:
        return PurchaseStatus.CANCELLED in TRANSITIONS[PurchaseStatus(self.order.status)]

    @property
    def is_overdue(self) -> bool:
        return any(line.is_overdue for line in self.lines)

    @property
    def is_below_minimum(self) -> bool:
        return self.is_draft and self.total < self.order.supplier.minimum_amount


def page_of(order: PurchaseOrder) -> Page:
    """The page of a purchase order. A fixed number of queries."""
    leads = lead_times_of(order)
    lines = list(order.lines.select_related("sku").order_by("position"))
    shown = [_line(order, line, leads.get(line.sku_id)) for line in lines]
    outlook = outlook_of([line.sku_id for line in lines if line.open])
    return Page(
        order,
        shown,
        sum((one.amount for one in shown), Decimal(0)),
        list(order.mails.order_by("-pk").select_related("actor")),
        _receipts(order),
        served(outlook, order.number)[:SHOWN_WAITING],
    )


def _line(order: PurchaseOrder, line: PurchaseLine, lead: LeadTime | None) -> LineShown:
    expected_on = line.expected_on or order.expected_on
    is_late = bool(
        order.status in COMING and line.open and expected_on and expected_on < timezone.localdate()
    )
    return LineShown(line, amount_of(line, order.currency), lead, expected_on, is_late)


def _receipts(order: PurchaseOrder) -> list[Receipt]:
    lines = ReceiptLine.objects.filter(receipt=OuterRef("pk"))
    shown = JSONObject(code="line__sku__code", good="good", damaged="damaged", over="over")
    return list(
        order.receipts.select_related("actor")
        .annotate(came=ArraySubquery(lines.order_by("pk").values_list(shown)))
        .order_by("-pk")
    )


def served(outlook: Outlook, number: str = "") -> list[Served]:
    """The waiting lines with their words; with `number` only those that this purchase order serves."""
    found = []
    for line in outlook.waiting:
        one = outlook.expected.get(line.order_line_id)
        if one and (not number or number in one.numbers):
            found.append(Served(line, expected_words(one), tuple(one.numbers)))
    return found
