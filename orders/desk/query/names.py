"""Who and where: customer, phone, owner, channel, city, province."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from oms.search import fold
from orders.desk.clues import literally, telling_grams
from orders.desk.query.qualifier import Known, Lookup, Named, Suggestion, Unreadable, Value

LEAST_DIGITS = 4
_ME = frozenset({"me", "我"})
_NOBODY = frozenset({"none", "nobody", "无", "没有", "无人"})
_DIGITS = re.compile(r"[0-9][0-9-]{2,29}[0-9]")


def customer(text: str, _known: Known) -> Value:
    """A piece of the customer's or the recipient's name."""
    folded = fold(text)
    if not folded:
        raise Unreadable
    pattern = f"%{literally(folded)}%"
    wanted = telling_grams(folded)
    lookup = None
    if wanted:
        lookup = Lookup("orders_ordersearch k", "k.order_id", "k.grams @> %s::varchar[]", (wanted,))
    condition = (
        "EXISTS (SELECT FROM orders_ordersearch n WHERE n.order_id = o.id AND n.names LIKE %s)"
    )
    return Value(text, condition, (pattern,), lookup)


def phone(text: str, _known: Known) -> Value:
    """The end of a phone number, at least LEAST_DIGITS of it."""
    plain = re.sub(r"[\s()]|^\+?(?:00)?86(?=1\d{10})", "", unicodedata.normalize("NFKC", text))
    if not _DIGITS.fullmatch(plain):
        raise Unreadable
    lookup = Lookup(
        "orders_ordersearch k", "k.order_id", "k.phone_tail LIKE %s", (f"{plain[::-1]}%",)
    )
    return Value(f"…{plain}", "o.ship_phone LIKE %s", (f"%{plain}",), lookup)


def owner(text: str, known: Known) -> Value:
    """`me`, `none`, a log-in name or the name of a colleague."""
    wanted = fold(text)
    if wanted in _NOBODY:
        nobody = "NOT EXISTS (SELECT FROM orders_orderowner w WHERE w.order_id = o.id)"
        return Value(_("nobody"), nobody)
    if wanted in _ME:
        return _owned(known.user_id, _("me"))
    person = _named(wanted, known.people)
    return _owned(person.pk, person.name or person.code)


def _owned(user_id: int, shown: str) -> Value:
    owned = "EXISTS (SELECT FROM orders_orderowner w WHERE w.order_id = o.id AND w.user_id = %s)"
    lookup = Lookup(
        "orders_orderowner k", "k.order_id", "k.user_id = %s", (user_id,), is_newest_first=True
    )
    return Value(shown, owned, (user_id,), lookup)


def channel(text: str, known: Known) -> Value:
    named = _named(fold(text), known.channels)
    return Value(named.name, "o.channel_id = %s", (named.pk,))


def _named(wanted: str, among: Sequence[Named]) -> Named:
    for one in among:
        if wanted in (fold(one.code), fold(one.name)):
            return one
    raise Unreadable


def city(text: str, _known: Known) -> Value:
    return _beginning("o.ship_city", text)


def province(text: str, _known: Known) -> Value:
    return _beginning("o.ship_province", text)


def _beginning(column: str, text: str) -> Value:
    plain = unicodedata.normalize("NFKC", text)
    return Value(text, f"{column} ILIKE %s", (f"{literally(plain)}%",))


def owners(_typed: str, known: Known) -> Iterable[Suggestion]:
    yield Suggestion(_("me"), _("Orders that are yours"))
    yield Suggestion(_("none"), _("Orders without an owner"))
    for person in known.people:
        yield Suggestion(person.code, person.name)


def channels(_typed: str, known: Known) -> Iterable[Suggestion]:
    return (Suggestion(one.code, one.name) for one in known.channels)
