"""When waiting order lines can expect their goods: worked out of what is there and on its way, never stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from inventory.demand import Waiting, waiting_for
from inventory.purchasing.matching import Expected, Incoming, match
from oms.sql import query

_INCOMING = """
SELECT o.number, l.sku_id, l.ordered - l.received - l.damaged, coalesce(l.expected_on, o.expected_on)
FROM inventory_purchaseorder o JOIN inventory_purchaseline l ON l.purchase_order_id = o.id
WHERE o.status IN ('sent', 'partly_received') AND l.sku_id = ANY(%(skus)s) AND l.ordered > l.received + l.damaged
UNION ALL
SELECT '', s.sku_id, sum(s.available)::int, NULL FROM inventory_stock s
WHERE s.sku_id = ANY(%(skus)s) AND s.warehouse_id IN (SELECT id FROM inventory_warehouse WHERE is_active)
GROUP BY s.sku_id
"""


@dataclass(frozen=True, slots=True)
class Outlook:
    """The lines that wait for some SKUs in the order of service, and what each can expect."""

    waiting: Sequence[Waiting]
    expected: Mapping[int, Expected]
    incoming: Sequence[Incoming]


def outlook_of(sku_ids: Sequence[int]) -> Outlook:
    """What whoever waits for these SKUs can expect. Two queries and one per source of demand."""
    if not sku_ids:
        return Outlook((), {}, ())
    rows = [Incoming(*row) for row in query(_INCOMING, {"skus": list(sku_ids)})]
    free = {one.sku_id: one.pieces for one in rows if not one.number}
    incoming = [one for one in rows if one.number]
    waiting = waiting_for(sku_ids)
    return Outlook(waiting, match(waiting, free, incoming), incoming)


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
