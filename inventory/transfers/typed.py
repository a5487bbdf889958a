"""What is typed on the form of a transfer; nothing of it is lost when it is refused."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from inventory.models import Warehouse
from inventory.transfers.draft import Route, Wanted
from inventory.transfers.models import Transfer
from oms.errors import FieldError
from oms.ids import id_in

SPARE_ROWS = 5
MOST_ROWS = 250
_LINE = re.compile(r"lines\[(\d+)\]\.(sku|quantity)")
NOT_A_NUMBER = -1
"""Stands for a quantity that is no whole number; the verb refuses it with its own words."""


@dataclass(slots=True)
class TypedLine:
    """A row of the form as typed, with what is wrong with it."""

    sku: str = ""
    quantity: str = ""
    sku_error: str = ""
    quantity_error: str = ""


@dataclass(slots=True)
class Typed:
    """The form: where from, where to, rows. `errors` belong to no row; (field, words) pairs link to fields."""

    source: int = 0
    target: int = 0
    note: str = ""
    version: int = 0
    form_key: str = ""
    lines: list[TypedLine] = field(default_factory=list)
    source_error: str = ""
    target_error: str = ""
    errors: list[str] = field(default_factory=list)

    @property
    def route(self) -> Route:
        return Route(self.source, self.target, self.note)

    @property
    def wanted(self) -> list[Wanted]:
        """The rows that are not blank; a quantity that is left out is one piece, as a scan means it."""
        return [
            Wanted(one.sku, pieces_in(one.quantity) if one.quantity else 1) for one in self.filled
        ]

    @property
    def filled(self) -> list[TypedLine]:
        return [one for one in self.lines if one.sku or one.quantity]

    @property
    def shown_lines(self) -> list[TypedLine]:
        """What is typed, and some rows to go on."""
        return [*self.filled, *(TypedLine() for _at in range(SPARE_ROWS))]

    @property
    def all_errors(self) -> list[tuple[str, str]]:
        """(id of the field, words) of everything that is wrong, for the summary."""
        found = [("source", self.source_error), ("target", self.target_error)]
        found += [("sku-0", words) for words in self.errors]
        for at, one in enumerate(self.filled):
            found += [(f"sku-{at}", one.sku_error), (f"quantity-{at}", one.quantity_error)]
        return [(name, words) for name, words in found if words]


def typed_in(post: QueryDict, sources: Sequence[Warehouse], targets: Sequence[Warehouse]) -> Typed:
    """Read the form. What names no warehouse one may choose is an error of its field."""
    skus, quantities = post.getlist("sku")[:MOST_ROWS], post.getlist("quantity")[:MOST_ROWS]
    quantities += [""] * (len(skus) - len(quantities))
    typed = Typed(
        source=id_in(post.get("source", "")),
        target=id_in(post.get("target", "")),
        note=" ".join(post.get("note", "").replace("\x00", "").split())[:200],
        version=id_in(post.get("version", "")),
        form_key=post.get("form_key", ""),
        lines=[
            TypedLine(sku.replace("\x00", "").strip()[:64], quantity.strip()[:20])
            for sku, quantity in zip(skus, quantities, strict=False)
        ],
    )
    if typed.source not in {one.pk for one in sources}:
        typed.source_error = _("Choose the warehouse that the goods leave.")
    if typed.target not in {one.pk for one in targets}:
        typed.target_error = _("Choose the warehouse that the goods go to.")
    return typed


def typed_of(transfer: Transfer) -> Typed:
    """The form filled with what a draft says."""
    lines = transfer.lines.select_related("sku").order_by("pk")
    return Typed(
        source=transfer.source_id,
        target=transfer.target_id,
        note=transfer.note,
        version=transfer.version,
        lines=[TypedLine(one.sku.code, str(one.quantity)) for one in lines],
    )


def pieces_in(text: str) -> int:
    """The whole number that is typed, blanks and commas taken off; NOT_A_NUMBER for anything else."""
    digits = "".join(text.split()).replace(",", "").replace("，", "")
    return int(digits) if digits.isdecimal() and len(digits) <= 9 else NOT_A_NUMBER  # noqa: PLR2004


def put_errors(typed: Typed, errors: Sequence[FieldError]) -> None:
    """Each error of the verb to the field that it names."""
    rows = typed.filled
    for error in errors:
        match = _LINE.fullmatch(error.field)
        if match and int(match[1]) < len(rows):
            setattr(rows[int(match[1])], f"{match[2]}_error", error.message)
        elif error.field == "target":
            typed.target_error = error.message
        else:
            typed.errors.append(error.message)
