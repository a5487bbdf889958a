"""What to order: the suggestions, putting them off, the shortage list."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from inventory.models import Sku, SuggestionSnooze
from inventory.purchasing.counts import count_again
from inventory.purchasing.forms import ChoiceForm, SnoozeForm
from inventory.purchasing.make import newest_purchase
from inventory.purchasing.sight import tab_counts
from inventory.purchasing.snooze import DAYS, snooze, wake
from inventory.purchasing.suggestions import (
    MOST_SHOWN,
    Row,
    Source,
    suggestions,
)
from inventory.purchasing.tabs import tabs
from inventory.purchasing.words import daily_text, formula_words, missing_words
from oms.access import SignedInRequest, allowed
from oms.display import money_text

BUY = "inventory.buy_goods"
SEE = "inventory.view_purchaseorder"


@dataclass(frozen=True, slots=True)
class Shown:
    """A suggestion on the screen; `typed` is what stands in its field, `errors` what is wrong with it."""

    row: Row
    words: str
    missing: str
    typed: str | None = None
    errors: tuple[str, ...] = ()

    @property
    def daily(self) -> str:
        return daily_text(self.row.facts)

    @property
    def quantity(self) -> str:
        if self.typed is not None:
            return self.typed
        return "" if self.row.suggestion.quantity is None else str(self.row.suggestion.quantity)


@dataclass(frozen=True, slots=True)
class Group:
    """The suggestions of one supplier (None: of no known one) and what they come to."""

    source: Source | None
    rows: list[Shown]

    @property
    def subtotal(self) -> Decimal:
        return sum((one.row.amount or Decimal(0) for one in self.rows), Decimal(0))

    @property
    def is_below_minimum(self) -> bool:
        return bool(self.source and self.subtotal < self.source.minimum_amount)

    @property
    def minimum(self) -> str:
        return money_text(self.source.minimum_amount, self.source.currency) if self.source else ""


@require_GET
@allowed(BUY)
def show_suggestions(request: SignedInRequest) -> HttpResponse:
    return suggestions_page(request)


def suggestions_page(
    request: SignedInRequest,
    form: ChoiceForm | None = None,
    *,
    snooze_form: SnoozeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The suggestions; with the form that was refused and what was typed in it."""
    mark = newest_purchase()
    rows = suggestions()
    context = {
        "groups": groups_of(rows[:MOST_SHOWN], form),
        "count": len(rows),
        "most": MOST_SHOWN,
        "mark": mark,
        "tabs": tabs("suggestions", {"suggestions": len(rows), **tab_counts(request.user)}),
        "put_off": _put_off(),
        "days": DAYS,
        "form": form or snooze_form,
        "snooze_form": snooze_form,
    }
    return render(request, "purchasing/suggestions.html", context, status=status)


def groups_of(rows: list[Row], form: ChoiceForm | None = None) -> list[Group]:
    def by_supplier(row: Row) -> tuple[bool, str, int]:
        source = row.source
        return (False, source.name, source.supplier_id) if source else (True, "", 0)

    # Within a supplier the most urgent stays first: sorting keeps the order of equals.
    grouped = groupby(sorted(rows, key=by_supplier), by_supplier)
    groups = [[_shown(row, form) for row in found] for _key, found in grouped]
    return [Group(found[0].row.source, found) for found in groups]


def _shown(row: Row, form: ChoiceForm | None) -> Shown:
    name = f"quantity-{row.sku_id}"
    errors: Any = form.errors.get(name, ()) if form else ()
    return Shown(
        row,
        formula_words(row.facts, row.suggestion),
        missing_words(row.suggestion),
        form.typed(row.sku_id) if form else None,
        tuple(errors),
    )


def _put_off() -> list[SuggestionSnooze]:
    rows = SuggestionSnooze.objects.filter(until__gt=timezone.localdate())
    return list(rows.select_related("sku", "actor").order_by("until", "pk")[:MOST_SHOWN])


@require_POST
@allowed(BUY)
def snooze_rows(request: SignedInRequest) -> HttpResponse:
    choice, form = ChoiceForm(request.POST), SnoozeForm(request.POST)
    if not choice.sku_ids:
        form.add_error(None, _("Tick what is to be put off first."))
    if not form.is_valid():
        return suggestions_page(request, snooze_form=form, status=422)
    values = form.cleaned_data
    count = snooze(choice.sku_ids, days=values["days"], reason=values["reason"], actor=request.user)
    count_again()
    words = ngettext(
        "%(count)d SKU is put off for %(days)d days.",
        "%(count)d SKUs are put off for %(days)d days.",
        count,
    )
    messages.success(request, words % {"count": count, "days": values["days"]})
    return redirect("purchasing:suggestions")


@require_POST
@allowed(BUY)
def wake_row(request: SignedInRequest, code: str) -> HttpResponse:
    sku = get_object_or_404(Sku, code=code.upper())
    if wake([sku.pk]):
        messages.success(request, _("It is suggested again."))
        count_again()
    return redirect("purchasing:suggestions")


@require_GET
@allowed(SEE)
def shortages(request: SignedInRequest) -> HttpResponse:
    """What orders wait for, to be printed."""
    rows = [row for row in suggestions() if row.facts.waiting]
    return render(request, "purchasing/shortages.html", {"rows": rows})
