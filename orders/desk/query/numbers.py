"""Amounts and what was paid of them."""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from oms.status import status_look
from orders.billing.due import credited_sql, paid_sql
from orders.desk.query.qualifier import Known, Suggestion, Unreadable, Value

_NUMBER = r"[¥￥$€]?(\d{1,12}(?:\.\d{1,4})?)元?"
_COMPARED = re.compile(rf"(>=|<=|>|<|=)?{_NUMBER}")
_RANGE = re.compile(rf"(?:{_NUMBER})?\.\.(?:{_NUMBER})?")
_SIGNS = {"≥": ">=", "≤": "<="}


def amount(text: str, _known: Known) -> Value:
    """`>500`, `>=500`, `500`, `100..500`, `100..`, `..500`."""
    plain = unicodedata.normalize("NFKC", text).replace("…", "..").replace("....", "..")
    for sign, spelled in _SIGNS.items():
        plain = plain.replace(sign, spelled)
    compared = _COMPARED.fullmatch(plain)
    if compared:
        sign = compared[1] or "="
        shown = compared[2] if sign == "=" else f"{sign} {compared[2]}"
        return Value(shown, f"o.total_amount {sign} %s", (Decimal(compared[2]),))
    return _range(plain)


def _range(text: str) -> Value:
    ends = _RANGE.fullmatch(text)
    if ends is None or not any(ends.groups()):
        raise Unreadable
    low, high = (Decimal(end) if end else None for end in ends.groups())
    if low is not None and high is not None and low > high:
        raise Unreadable
    parts = [
        f"o.total_amount {sign} %s" for sign, end in ((">=", low), ("<=", high)) if end is not None
    ]
    shown = f"{ends[1] or ''}..{ends[2] or ''}"
    return Value(shown, " AND ".join(parts), tuple(end for end in (low, high) if end is not None))


def amounts(typed: str, _known: Known) -> Iterable[Suggestion]:
    if typed.isdigit():
        yield from (Suggestion(f">={typed}"), Suggestion(f"<{typed}"))
    elif not typed:
        yield from (
            Suggestion(">=500", _("500 or more")),
            Suggestion("100..500", _("from 100 to 500")),
        )


# As `orders.desk.paid` says it; a cancelled order is neither.
_DUE = f"(o.total_amount - {credited_sql('o')})"
_PAID = paid_sql("o")
_ALIVE = "o.status <> 'cancelled'"
_STATES = {
    "paid": f"{_ALIVE} AND {_PAID} >= {_DUE}",
    "partially_paid": f"{_ALIVE} AND {_PAID} > 0 AND {_PAID} < {_DUE}",
    "unpaid": f"{_ALIVE} AND {_PAID} <= 0 AND {_PAID} < {_DUE}",
}
_WORDS = {
    "paid": ("paid", "已付", "已付款", "付清"),
    "partially_paid": ("part", "partial", "partly", "partly-paid", "部分", "部分付", "部分付款"),
    "unpaid": ("unpaid", "未付", "未付款", "待付款", "没付"),
}
_BY_WORD = {word: state for state, words in _WORDS.items() for word in words}


def paid(text: str, _known: Known) -> Value:
    state = _BY_WORD.get(unicodedata.normalize("NFKC", text).casefold())
    if state is None:
        raise Unreadable
    return Value(str(status_look(state).word), _STATES[state])


def paid_states(_typed: str, _known: Known) -> Iterable[Suggestion]:
    for state, words in _WORDS.items():
        yield Suggestion(words[0], str(status_look(state).word))
