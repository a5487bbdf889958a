"""Takes a pasted address apart."""

import re
import unicodedata
from dataclasses import dataclass

from orders.intake.pasted.labels import mark_labels
from orders.intake.pasted.names import ADDRESSED, mark_name
from orders.intake.pasted.phones import mark_phone, mark_postcode
from orders.intake.pasted.places import mark_place
from orders.intake.pasted.sheet import Kind, Part, Sheet

LONGEST = 5000

_HAN, _HAN_OR_DIGIT = "[\u3400-\u9fff]", "[\u3400-\u9fff0-9]"
# Wishes are no part of an address; they are shown as the rest.
_NUMBER = re.compile(r"\d{6,}")
_WISH = re.compile(r"请|麻烦|尽快|加急|备注|送货|发顺丰|谢谢|周末|工作日|不要|放门口|放快递柜")


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a text says, "" where it says nothing. `parts` are the whole text, each piece with its kind.

    Province and city are those of the official list, also where the text left them out.
    """

    province: str = ""
    city: str = ""
    district: str = ""
    street: str = ""
    name: str = ""
    phone: str = ""
    postcode: str = ""
    parts: tuple[Part, ...] = ()

    @property
    def rest(self) -> list[str]:
        return [part.text for part in self.parts if part.kind == Kind.REST]


def parse(text: str) -> Parsed:
    """Never raises. A text longer than LONGEST is read that far; the caller refuses it in words."""
    sheet = Sheet.of(text[:LONGEST])
    phone = mark_phone(sheet)
    name = mark_labels(sheet)
    region, place_end = mark_place(sheet)
    postcode = mark_postcode(sheet)
    name = name or mark_name(sheet, place_end)
    street = _mark_street(sheet, place_end)
    return Parsed(*region, street, name, phone, postcode, sheet.parts())


def _mark_street(sheet: Sheet, place_end: int) -> str:
    """What follows the place, and whatever else looks like a street."""
    ends = place_end
    for start, end in sheet.tokens():
        text = sheet.folded[start:end]
        follows = ends >= 0 and start >= ends and sheet.is_gap(ends, start)
        if _WISH.match(text) or _NUMBER.fullmatch(text) or not (follows or ADDRESSED.match(text)):
            continue
        if not any(char.isalnum() for char in text):
            continue
        if follows and ends != place_end and sheet.is_free(ends, start):
            # Blanks and commas inside the street belong to it.
            sheet.mark(ends, start, Kind.STREET)
        sheet.mark(start, end, Kind.STREET)
        ends = end
    pieces = [sheet.text[start:end] for start, end in sheet.spans(Kind.STREET)]
    return _tidy("\n".join(pieces))


def _tidy(text: str) -> str:
    """Full-width letters and digits folded, one blank at most, none where a line of Chinese goes on."""
    folded = "".join(
        unicodedata.normalize("NFKC", char) if unicodedata.category(char)[0] in "LN" else char
        for char in text
    )
    one_line = re.sub(rf"(?<={_HAN_OR_DIGIT})\s*\n\s*(?={_HAN})", "", folded)
    visible = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in one_line)
    return " ".join(visible.split())
