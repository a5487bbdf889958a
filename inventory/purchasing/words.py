"""The formula in words, with its numbers."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inventory.purchasing.formula import USUAL_LEAD_DAYS, Facts, Missing, Suggestion
from oms.display import MINUS

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MISSING: "dict[Missing, StrPromise]" = {
    Missing.LEAD_TIME: gettext_lazy("lead time not known"),
    Missing.SUPPLIER: gettext_lazy("no supplier known"),
}


def daily_text(facts: Facts) -> str:
    """Pieces of a usual day: whole where they are, else with one digit."""
    text = f"{float(facts.daily):.1f}"
    return text.removesuffix(".0")


def formula_words(facts: Facts, suggestion: Suggestion) -> str:
    """`14 days × 6/day + safety 20 − available 3 − incoming 40 = 61`, and what was rounded up to."""
    days = USUAL_LEAD_DAYS if facts.lead_days is None else facts.lead_days
    values = {"days": days, "daily": daily_text(facts)}
    terms = [_("%(days)d days × %(daily)s/day") % values, "+ " + _("safety %d") % facts.safety]
    if facts.waiting:
        terms.append("+ " + _("waiting %d") % facts.waiting)
    terms.append(f"{MINUS} " + _("available %d") % facts.available)
    terms.append(f"{MINUS} " + _("incoming %d") % facts.incoming)
    return f"{' '.join(terms)} = {suggestion.need}{_rounded(facts, suggestion)}"


def _rounded(facts: Facts, suggestion: Suggestion) -> str:
    if suggestion.quantity is None or suggestion.quantity == suggestion.need:
        return ""
    values = {"quantity": suggestion.quantity, "pack": facts.pack, "minimum": facts.minimum}
    return " → " + _("%(quantity)d (packs of %(pack)d, at least %(minimum)d)") % values


def missing_words(suggestion: Suggestion) -> str:
    return ", ".join(str(MISSING[one]) for one in suggestion.missing)
