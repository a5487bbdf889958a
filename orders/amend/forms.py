"""The edit form: what stands, what was typed, and which of it somebody touched.

The form carries what stood in each field when it was opened, so that only what was touched is saved and nobody undoes
what a colleague wrote in another field.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

import orjson
from django import forms
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oms.display import time_text
from oms.errors import FieldError
from orders.amend.plan import Changes, LineChange
from orders.amend.state import ADDRESS, AMOUNTS, LineState, OrderState
from orders.desk.fields import MomentField, NumberField, PhoneField, PiecesField, TextField
from orders.desk.forms import CountryField
from orders.intake.draft import ZERO
from orders.intake.forms import MAX_ROWS, LineForm, LineFormSet, line_of
from orders.intake.plain import plain_price

PARTS: dict[str, tuple[str, ...]] = {
    "address": ADDRESS,
    "lines": (*AMOUNTS, "ship_complete", "promised_at"),
    "note": ("note",),
}
LINE_FIELDS = ("quantity", "unit_price", "discount")
_PARSERS = {
    "quantity": PiecesField(gettext_lazy("Quantity")),
    "unit_price": NumberField(gettext_lazy("Unit price")),
    "discount": NumberField(gettext_lazy("Discount")),
}


class HeadForm(forms.Form):
    """Address, note and amounts of an order; a part of them when only that part is edited."""

    ship_name = TextField(gettext_lazy("Recipient"))
    ship_phone = PhoneField(gettext_lazy("Phone"))
    ship_country = CountryField(
        gettext_lazy("Country"), hint=gettext_lazy("Two letters, for example CN")
    )
    ship_province = TextField(gettext_lazy("Province or state"))
    ship_city = TextField(gettext_lazy("City"))
    ship_district = TextField(gettext_lazy("District"))
    ship_street = TextField(gettext_lazy("Street, building, room"))
    ship_postcode = TextField(gettext_lazy("Postcode"))
    note = TextField(gettext_lazy("Note"), widget=forms.Textarea({"rows": 3}))
    shipping_amount = NumberField(gettext_lazy("Shipping fee"))
    discount_amount = NumberField(gettext_lazy("Discount on the order"))
    ship_complete = forms.BooleanField(
        label=gettext_lazy("Ship only when complete"),
        help_text=gettext_lazy("Otherwise what is in stock is sent first"),
        required=False,
    )
    promised_at = MomentField(
        gettext_lazy("Promised by"),
        hint=gettext_lazy("When it must have left, for example 2026-11-22 18:00"),
    )
    reason = TextField(gettext_lazy("Why"), hint=gettext_lazy("Shown in the timeline"))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args: Any, part: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        shown = {name for one, names in PARTS.items() if part in ("", one) for name in names}
        for name in [*self.fields]:
            if name in ("version", "reason"):
                continue
            if name in shown:
                self.fields[name].show_hidden_initial = True
            else:
                del self.fields[name]

    @property
    def content(self) -> list[str]:
        return [name for name in self.fields if name not in ("version", "reason")]

    @property
    def changes(self) -> dict[str, Any]:
        """The fields that somebody touched, with what they typed; no amount is zero."""
        touched = [name for name in self.changed_data if name in self.content]
        values = {name: self.cleaned_data[name] for name in touched if name in self.cleaned_data}
        return {
            name: ZERO if value is None and name in AMOUNTS else value
            for name, value in values.items()
        }

    @property
    def hidden_initials(self) -> SafeString:
        return SafeString("".join(self[name].as_hidden(only_initial=True) for name in self.content))


@dataclass(slots=True)
class Row:
    """A line of the order in the form: what stood, and what was typed."""

    line: LineState
    were: Mapping[str, str]
    typed: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def touched(self) -> list[str]:
        return [name for name in LINE_FIELDS if self.typed[name].strip() != self.were[name].strip()]

    @property
    def cells(self) -> list[dict[str, Any]]:
        """For the template: one entry an input."""
        return [
            {
                "name": f"line-{self.line.pk}-{name}", "label": _PARSERS[name].label, "value": self.typed[name],
                "error": self.errors.get(name, ""), "mode": "numeric" if name == "quantity" else "decimal",
            }
            for name in LINE_FIELDS
        ]  # fmt: skip

    def read(self) -> None:
        """Turn what was touched into values, or into words at the field."""
        for name in self.touched:
            try:
                value = _PARSERS[name].to_python(self.typed[name])
            except forms.ValidationError as error:
                self.errors[name] = " ".join(error.messages)
                continue
            if value is None and name != "discount":
                self.errors[name] = _("Give a number; 0 takes the line off")
            else:
                self.values[name] = ZERO if value is None else value


def standing(line: LineState) -> dict[str, str]:
    """What stands in a line's fields, as it is shown."""
    return {
        "quantity": str(line.wanted),
        "unit_price": plain_price(line.unit_price),
        "discount": plain_price(line.discount) if line.discount else "",
    }


_Added = forms.formset_factory(
    LineForm, formset=LineFormSet, extra=1, max_num=MAX_ROWS, absolute_max=MAX_ROWS
)


@dataclass(slots=True)
class EditForm:
    """All of it: the fields of the order, its lines, and lines to be added."""

    part: str
    head: HeadForm
    rows: list[Row]
    added: LineFormSet

    @classmethod
    def of(cls, state: OrderState, version: int, part: str) -> "EditForm":
        """Filled with what stands in the order now."""
        head = HeadForm(initial={**standing_head(state), "version": version}, part=part)
        rows = []
        if part in ("", "lines"):
            rows = [Row(one, stands, dict(stands)) for one, stands in _lines_of(state)]
        return cls(part, head, rows, cast(LineFormSet, _Added(prefix="lines")))

    @classmethod
    def typed(cls, state: OrderState, data: QueryDict) -> "EditForm":
        """As somebody sent it. A field that was not sent is untouched."""
        part = part_named(data.get("part", ""))
        were = _were(data.get("lines_were", ""))
        rows = []
        for line, stands in _lines_of(state):
            base = dict(zip(LINE_FIELDS, were.get(str(line.pk), stands.values()), strict=True))
            typed = {name: data.get(f"line-{line.pk}-{name}", base[name]) for name in LINE_FIELDS}
            rows.append(Row(line, base, typed))
        has_added = "lines-TOTAL_FORMS" in data
        added = cast(LineFormSet, _Added(data if has_added else None, prefix="lines"))
        return cls(part, HeadForm(data, part=part), rows if part in ("", "lines") else [], added)

    @property
    def lines_were(self) -> str:
        return orjson.dumps(
            {str(row.line.pk): list(row.were.values()) for row in self.rows}
        ).decode()

    @property
    def has_lines(self) -> bool:
        return self.part in ("", "lines")

    def is_valid(self) -> bool:
        for row in self.rows:
            row.read()
        added_fits = self.added.is_valid() if self.added.is_bound else True
        return all([self.head.is_valid(), added_fits, not any(row.errors for row in self.rows)])

    @property
    def changes(self) -> Changes:
        lines = [LineChange(row.line.pk, **row.values) for row in self.rows if row.values]
        return Changes(
            self.head.changes, lines, [line_of(row.cleaned_data) for row in self._written]
        )

    @property
    def _written(self) -> list[LineForm]:
        return [row for _place, row in self.added.written()] if self.added.is_bound else []

    def show_errors(self, errors: list[FieldError]) -> None:
        """Put each error of the verb at the field where its value was typed."""
        rows = {row.line.pk: row for row in self.rows}
        for error in errors:
            where, bracket, name = error.field.partition("].")
            if bracket and where.startswith("lines["):
                rows[int(where[6:])].errors[name] = error.message
            elif bracket:
                form = self._written[int(where[6:])]
                form.add_error(name if name in form.fields else None, error.message)
            else:
                known = error.field in self.head.fields
                self.head.add_error(error.field if known else None, error.message)


def part_named(name: str) -> str:
    return name if name in PARTS else ""


def _lines_of(state: OrderState) -> list[tuple[LineState, dict[str, str]]]:
    """What can be typed into: the components of a bundle follow it."""
    return [(line, standing(line)) for line in state.lines.values() if not line.bundle]


def standing_head(state: OrderState) -> dict[str, Any]:
    return {name: _shown(value) for name, value in state.head.items()}


def _shown(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain_price(value)
    return time_text(value) if isinstance(value, datetime) else "" if value is None else value


def _were(text: str) -> dict[str, list[str]]:
    """What stood in the lines when the form was opened; nothing for a text that is none of ours."""
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        str(key): [str(value) for value in values]
        for key, values in found.items()
        if isinstance(values, list) and len(values) == len(LINE_FIELDS)
    }
