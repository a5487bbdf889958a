"""Step 2: which column is what. Guessed, shown with values of the file, settled by a person and remembered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inventory.models import Sku
from oms.errors import FieldError, InvalidInput
from oms.models import User
from orders.intake.files.presets.own import COLUMNS, OWN
from orders.intake.wizard.changing import changing
from orders.intake.wizard.group import group_rows
from orders.intake.wizard.guess import Guess, guess
from orders.intake.wizard.memory import remember
from orders.intake.wizard.models import ImportDraft, ImportDraftRow
from orders.intake.wizard.understood import heading_at

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

SHOWN_ROWS = 5
_LOOKED_AT = 50

WORDS: "dict[str, StrPromise]" = {
    "order_no": gettext_lazy("Order number"),
    "sku": gettext_lazy("SKU"),
    "quantity": gettext_lazy("Quantity"),
    "unit_price": gettext_lazy("Unit price"),
    "placed_at": gettext_lazy("Placed at"),
    "customer_no": gettext_lazy("Customer number"),
    "customer_name": gettext_lazy("Customer name"),
    "customer_phone": gettext_lazy("Customer's phone"),
    "customer_email": gettext_lazy("Customer's e-mail"),
    "ship_name": gettext_lazy("Recipient"),
    "ship_phone": gettext_lazy("Recipient's phone"),
    "address": gettext_lazy("Whole address in one cell"),
    "ship_country": gettext_lazy("Country"),
    "ship_province": gettext_lazy("Province"),
    "ship_city": gettext_lazy("City"),
    "ship_district": gettext_lazy("District"),
    "ship_street": gettext_lazy("Street"),
    "ship_postcode": gettext_lazy("Postcode"),
    "line_discount": gettext_lazy("Discount of the line"),
    "shipping_fee": gettext_lazy("Shipping fee"),
    "discount": gettext_lazy("Discount of the order"),
    "total": gettext_lazy("Order total"),
    "currency": gettext_lazy("Currency"),
    "payment_method": gettext_lazy("Payment method"),
    "payment_amount": gettext_lazy("Amount paid"),
    "payment_reference": gettext_lazy("Payment reference"),
    "paid_at": gettext_lazy("Paid at"),
    "note": gettext_lazy("Note"),
}


@dataclass(frozen=True, slots=True)
class Match:
    """One of our columns: where it is thought to stand (None: nowhere) and some values from there."""

    word: str
    label: str
    is_required: bool
    place: int | None
    sureness: str
    samples: list[str]
    error: str = ""


def first_rows(draft: ImportDraft, count: int = SHOWN_ROWS) -> list[list[str]]:
    """The first rows of the file as they stand now."""
    rows = draft.rows.order_by("row_no").values_list("raw", "corrected")[:count]
    return [orjson.loads(corrected or raw) for raw, corrected in rows]


def choices_of(draft: ImportDraft) -> list[tuple[int, str]]:
    """Every column of the file as it can be chosen."""
    return [(place, heading_at(draft.header, place)) for place in range(len(draft.header))]


def matches_of(draft: ImportDraft, chosen: Mapping[str, int | None] | None = None,
               errors: Mapping[str, str] | None = None) -> list[Match]:  # fmt: skip
    """All of our columns, those that are required first. `chosen` is what somebody chose, to be shown again."""
    rows = first_rows(draft, _LOOKED_AT)
    guesses = _guesses(draft, rows)
    matches = []
    for word, label in WORDS.items():
        found = guesses.get(word)
        place = found.place if found else None
        if chosen is not None:
            place = chosen.get(word)
        sureness = found.sureness if found and found.place == place else ""
        samples = [] if place is None else _samples(rows, place)
        error = (errors or {}).get(word, "")
        matches.append(
            Match(word, str(label), word in OWN.required, place, sureness, samples, error)
        )
    return matches


def match_columns(
    draft_id: int, chosen: Mapping[str, int | None], *, user: User, version: int
) -> ImportDraft:
    """Settle which column is what, and remember it for files of the same headings.

    Raises InvalidInput with an error for each column that is missing or chosen twice, and as `changing` does.
    """
    with transaction.atomic():
        draft = changing(draft_id, user=user, version=version)
        mapping = _checked(draft, chosen)
        if mapping != draft.mapping or draft.preset:
            draft.mapping, draft.preset = mapping, ""
            draft.save(update_fields=["mapping", "preset"])
            draft.rows.exclude(state=ImportDraftRow.State.TAKEN_IN).update(
                state=ImportDraftRow.State.UNCHECKED, problems=[]
            )
            group_rows(draft)
        remember(draft.header, mapping, user=user)
    return draft


def _checked(draft: ImportDraft, chosen: Mapping[str, int | None]) -> dict[str, int]:
    width = len(draft.header)
    mapping = {
        word: place
        for word in COLUMNS
        if (place := chosen.get(word)) is not None and 0 <= place < width
    }
    errors = [
        FieldError(
            word, "missing", _("Choose the column in which “%s” stands.") % WORDS[word], None
        )
        for word in OWN.required
        if word not in mapping
    ]
    first: dict[int, str] = {}
    for word, place in mapping.items():
        if place in first:
            words = _("“%(heading)s” is chosen for “%(other)s” too. Choose another column.")
            told = {"heading": heading_at(draft.header, place), "other": WORDS[first[place]]}
            errors.append(FieldError(word, "twice", words % told, place))
        first.setdefault(place, word)
    if errors:
        raise InvalidInput(errors)
    return mapping


def _guesses(draft: ImportDraft, rows: Sequence[Sequence[str]]) -> dict[str, Guess]:
    if draft.mapping:
        return {word: Guess(place, "") for word, place in draft.mapping.items()}
    values = {cell.strip().upper() for row in rows for cell in row if cell}
    known = set(Sku.objects.filter(code__in=values).values_list("code", flat=True))
    return guess(draft.header, rows, known)


def _samples(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    values = dict.fromkeys(row[place] for row in rows if place < len(row) and row[place])
    return list(values)[:3]
