"""What is filled in for the clerk: from a pasted text, a known customer, an earlier order. Form fields by name."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from orders.intake.pasted.parse import LONGEST, Parsed, parse
from orders.intake.pasted.sheet import Part

Fields = dict[str, str]


@dataclass(frozen=True, slots=True)
class Pasted:
    """A pasted text, taken apart: the fields it fills, its pieces to be shown, or why there are none."""

    fields: Fields = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    has_rest: bool = False
    problem: str = ""
    is_refused: bool = False


def from_paste(typed: Mapping[str, str]) -> Pasted:
    """Take the text in `pasted` apart; whose name it is depends on what is typed already."""
    text = typed.get("pasted", "").replace("\x00", "")
    if len(text) > LONGEST:
        words = _("Shorten the text to %d characters; only the address is needed.") % LONGEST
        return Pasted(problem=words, is_refused=True)
    parsed = parse(text)
    fields = _place(parsed) | _person(parsed, typed)
    if not fields:
        return Pasted(problem=_("No address was found in the text. Fill in the fields below."))
    return Pasted(fields, parsed.parts, bool(parsed.rest))


def _place(parsed: Parsed) -> Fields:
    """All of the address, so that nothing of an earlier one stays; nothing when there is none."""
    if not (parsed.province or parsed.city or parsed.district or parsed.street):
        return {}
    return {
        "ship_country": "CN",
        "ship_province": parsed.province,
        "ship_city": parsed.city,
        "ship_district": parsed.district,
        "ship_street": parsed.street,
        "ship_postcode": parsed.postcode,
    }


def _person(parsed: Parsed, typed: Mapping[str, str]) -> Fields:
    """The customer, unless another one is typed: then the text names the recipient."""
    name, phone = typed.get("customer_name", "").strip(), typed.get("customer_phone", "")
    is_other = (parsed.name and name not in ("", parsed.name)) or (
        parsed.phone and _digits(phone) not in ("", _digits(parsed.phone))
    )
    whose = "ship" if is_other else "customer"
    found = {f"{whose}_name": parsed.name, f"{whose}_phone": parsed.phone}
    return {field: value for field, value in found.items() if value}


def _digits(phone: str) -> str:
    digits = "".join(char for char in phone if char.isdigit())
    return digits.removeprefix("0086").removeprefix("86")
