"""When waiting order lines can expect their goods: worked out of what is there and on its way, never stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from inventory.demand import Waiting, waiting_for
from inventory.incoming import Incoming as Coming
from inventory.incoming import incoming_of
from inventory.purchasing.matching import Expected, Incoming, match
from oms.sql import query

_FREE = """
SELECT s.sku_id, sum(s.available)::int FROM inventory_stock s
WHERE s.sku_id = ANY(%s) AND s.warehouse_id IN (SELECT id FROM inventory_warehouse WHERE is_active) GROUP BY 1
"""
_COMING = """
SELECT l.sku_id, o.warehouse_id, l.ordered - l.received - l.damaged, o.number, p.name,
  coalesce(l.expected_on, o.expected_on)
FROM inventory_purchaseorder o JOIN inventory_purchaseline l ON l.purchase_order_id = o.id
JOIN inventory_supplier p ON p.id = o.supplier_id
WHERE o.status IN ('sent', 'partly_received') AND l.sku_id = ANY(%s) AND l.ordered > l.received + l.damaged
ORDER BY o.id
"""


def purchases_coming(sku_ids: Sequence[int]) -> list[Coming]:
    """What purchase orders still bring of these SKUs: answers `inventory.incoming`. One query."""
    return [
        Coming(sku_id, warehouse_id, pieces, number, reverse("purchasing:order", args=[number]), name, day)
        for sku_id, warehouse_id, pieces, number, name, day in query(_COMING, [list(sku_ids)])
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outlook:
    """The lines that wait for some SKUs in the order of service, and what each can expect."""

    waiting: Sequence[Waiting]
    expected: Mapping[int, Expected]


def outlook_of(sku_ids: Sequence[int]) -> Outlook:
    """What whoever waits for these SKUs can expect. A query, and one per source of demand and of what is coming."""
    waiting = waiting_for(sku_ids)
    if not waiting:
        return Outlook((), {})
    coming = incoming_of(sku_ids)
    incoming = [Incoming(one.label, one.sku_id, one.quantity, one.due_on) for one in coming]
    free = dict(query(_FREE, [list(sku_ids)]))
    return Outlook(waiting, match(waiting, free, incoming))


def days_expected(sku_ids: Sequence[int]) -> dict[int, date]:
    """The day for each waiting order line that has one: answers `inventory.expectations`."""
    days = {line: one.on for line, one in outlook_of(sku_ids).expected.items()}
    return {line: day for line, day in days.items() if day}


def expected_words(one: Expected) -> str:
    """When the goods come, and with what: "expected 12-03 with PO-0007". "" when they are there."""
    if one.lacking:
        if not one.parts:
            return _("not ordered yet")
        return _("%(pieces)d not ordered yet") % {"pieces": one.lacking}
    if not one.parts:
        return ""
    numbers = ", ".join(one.numbers)
    if one.on is None:
        return _("on its way with %s, day not known") % numbers
    values = {"day": one.on.strftime("%m-%d"), "numbers": numbers}
    if is_overdue(one.on):
        return _("overdue since %(day)s with %(numbers)s") % values
    return _("expected %(day)s with %(numbers)s") % values


def is_overdue(expected_on: date | None) -> bool:
    return expected_on is not None and expected_on < timezone.localdate()
