"""When the short lines of orders can expect their goods: shown on the order's page and beside its exception."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from inventory.purchasing.expected import expected_words, is_overdue, outlook_of
from inventory.purchasing.matching import Expected
from inventory.references import page_of_reference
from orders.models import OrderLine


@dataclass(frozen=True, slots=True)
class LineOutlook:
    """Since when a line waits, and what it can expect: in words, and with what (number → its page)."""

    since: datetime
    words: str
    sources: dict[str, str]
    is_late: bool


def outlook_of_lines(lines: Iterable[tuple[int, int]]) -> Mapping[int, LineOutlook]:
    """By order line what it can expect; `lines` are (line, SKU). No query where there is none, else three."""
    wanted = dict(lines)
    outlook = outlook_of(sorted(set(wanted.values())))
    return {
        one.order_line_id: _outlook(one.since, outlook.expected[one.order_line_id], one.promised_at)
        for one in outlook.waiting
        if one.order_line_id in wanted
    }


def _outlook(since: datetime, expected: Expected, promised_at: datetime | None) -> LineOutlook:
    """Late: nobody ordered it, its purchase is overdue, or it comes after the day that was promised."""
    on = expected.on
    after_promise = bool(on and promised_at and on > promised_at.date())
    is_late = bool(expected.lacking) or is_overdue(on) or after_promise
    sources = {number: page_of_reference(number) for number in expected.numbers}
    return LineOutlook(since, expected_words(expected), sources, is_late)


def outlook_of_orders(order_ids: Sequence[int]) -> Mapping[int, str]:
    """By order in words when the last of its goods can be expected. No query where there is none, else four."""
    if not order_ids:
        return {}
    goods = OrderLine.objects.filter(order__in=order_ids, kind=OrderLine.Kind.GOODS).order_by()
    rows = list(goods.values_list("pk", "order", "sku"))
    outlook = outlook_of(sorted({sku for _line, _order, sku in rows if sku}))
    worst: dict[int, Expected] = {}
    for line, order, _sku in rows:
        one = outlook.expected.get(line)
        if one and (order not in worst or _severity(one) > _severity(worst[order])):
            worst[order] = one
    words = {order: expected_words(one) for order, one in worst.items()}
    return {order: text for order, text in words.items() if text}


def _severity(one: Expected) -> tuple[bool, bool, date]:
    """What nobody ordered is worse than what comes on no known day, and that worse than a late day."""
    return bool(one.lacking), bool(one.parts) and one.on is None, one.on or date.min
