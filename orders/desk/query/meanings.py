"""What free text may mean beside qualifiers: the same as in the search, as conditions on an order."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from orders.desk.clues import clean, literally, number_in, telling_grams
from orders.desk.query import names, things
from orders.desk.query.parse import Clause
from orders.desk.query.qualifier import Known, Lookup, Qualifier, Unreadable, Value

SHORTEST_NUMBER = 3  # of a platform: a shorter one begins too many
SHORTEST_WAYBILL = 4
SHORTEST_CODE = 2


def _read(text: str, _known: Known) -> Value:
    raise Unreadable


TEXT = Qualifier(("text",), _("Text"), _("any text"), _read)


def clause_of(text: str, known: Known) -> Clause:
    """Orders that the text may mean; none, when it is too short to mean anything."""
    values = tuple(_meanings(clean(text), known))
    return Clause(TEXT, values or (Value(text, "false"),))


def _meanings(text: str, known: Known) -> Iterator[Value]:
    number = number_in(text) or (f"SO{text}" if re.fullmatch(r"[0-9]{6,}", text) else "")
    if number:
        begins = (f"{literally(number)}%",)
        lookup = Lookup("orders_order k", "k.id", "k.number LIKE %s", begins)
        yield Value(text, "o.number LIKE %s", begins, lookup)
    if re.fullmatch(r"(?:\+86|0086)?\d{4,11}", re.sub(r"[\s()-]", "", text)):
        yield names.phone(re.sub(r"[\s()-]", "", text), known)
    if telling_grams(text):
        yield names.customer(text, known)
    if " " in text:
        return
    if len(text) >= SHORTEST_NUMBER:
        yield things.external(text, known)
    if len(text) >= SHORTEST_WAYBILL and any(char.isdigit() for char in text):
        yield things.waybill(text, known)
    if len(text) >= SHORTEST_CODE:
        yield things.sku(text, known)
        yield things.sku(f"{text}*", known)
