"""The day on which an order was placed, in the store's time zone."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from orders.desk.query.qualifier import Days, Known, Suggestion, Unreadable, Value

_ONE = timedelta(days=1)
_LAST_DAYS = re.compile(r"(\d{1,4})(?:d|天|日)")
_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})")


def _week(today: date) -> date:
    return today - timedelta(days=today.weekday())


def _month_before(today: date) -> tuple[date, date]:
    last = today.replace(day=1) - _ONE
    return last.replace(day=1), last


_NAMED: dict[str, Callable[[date], tuple[date, date]]] = {
    "today": lambda today: (today, today),
    "yesterday": lambda today: (today - _ONE, today - _ONE),
    "this-week": lambda today: (_week(today), today),
    "last-week": lambda today: (_week(today) - 7 * _ONE, _week(today) - _ONE),
    "this-month": lambda today: (today.replace(day=1), today),
    "last-month": _month_before,
}
_CHINESE = {
    "今天": "today", "今日": "today", "昨天": "yesterday", "昨日": "yesterday", "本周": "this-week",
    "上周": "last-week", "本月": "this-month", "上月": "last-month", "上个月": "last-month",
}  # fmt: skip


def placed(text: str, known: Known) -> Value:
    """`today`, `昨天`, `7d`, `2026-11`, `2026-11-01`, `2026-11-01..2026-11-05`, either end left open."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("_", "-")
    first, last = _span(plain, known.today)
    return value_of(Days(first, last), text)


def value_of(days: Days, shown: str) -> Value:
    """Orders placed on these days."""
    sides, params = list[str](), list[datetime]()
    if days.first:
        sides.append("o.placed_at >= %s")
        params.append(midnight(days.first))
    if days.after_last:
        sides.append("o.placed_at < %s")
        params.append(midnight(days.after_last))
    return Value(shown, " AND ".join(sides), tuple(params), days=days)


def midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, get_default_timezone())


def _span(text: str, today: date) -> tuple[date | None, date | None]:
    if ".." not in text:
        return _one(text, today)
    left, right = text.split("..", 1)
    first = _one(left, today)[0] if left else None
    last = _one(right, today)[1] if right else None
    if (first is None and last is None) or (first and last and first > last):
        raise Unreadable
    return first, last


def _one(text: str, today: date) -> tuple[date, date]:
    name = _CHINESE.get(text, text)
    if name in _NAMED:
        return _NAMED[name](today)
    back = _LAST_DAYS.fullmatch(text)
    if back and int(back[1]):
        return today - (int(back[1]) - 1) * _ONE, today
    day, month = _DAY.fullmatch(text), _MONTH.fullmatch(text)
    try:
        if day:
            return (_within(date(*map(int, day.groups()))),) * 2
        if month:
            first = _within(date(int(month[1]), int(month[2]), 1))
            return first, (first + 31 * _ONE).replace(day=1) - _ONE
    except ValueError as error:
        raise Unreadable from error
    raise Unreadable


def _within(day: date) -> date:
    """Room for the day after it, in every time zone."""
    if not 2000 <= day.year < 2200:  # noqa: PLR2004
        raise Unreadable
    return day


def named_days(_typed: str, known: Known) -> Iterable[Suggestion]:
    words = (
        ("today", _("Today")), ("yesterday", _("Yesterday")), ("7d", _("The last 7 days")),
        ("this-month", _("This month")), ("last-month", _("Last month")),
    )  # fmt: skip
    for value, label in words:
        first, last = _span(value, known.today)
        yield Suggestion(
            value, f"{label} · {first}" if first == last else f"{label} · {first}..{last}"
        )
