"""Why an order comes from these warehouses and not from others, in words, from what its event kept."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from oms.models import User
from orders.models import OrderEvent

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_BY: "dict[str, StrPromise]" = {
    "priority": gettext_lazy("by the warehouses' own priority"),
    "region": gettext_lazy("by rank in the region of the recipient"),
    "cost": gettext_lazy("by the lowest cost of a parcel"),
}


@dataclass(frozen=True, slots=True)
class Explained:
    """The chosen ones in a sentence, the others each with its reason, and what else decided.

    `at` is when it was so; `policy_url` is where the policy is kept, for who may change it.
    """

    at: datetime
    chosen: str
    others: list[tuple[str, str]]
    notes: list[str]
    policy: str
    policy_url: str


def explained_of(events: Iterable[OrderEvent], user: User) -> Explained | None:
    """From the newest event that tells it; None where none does. `events` come newest first."""
    event = next((one for one in events if "why" in one.data), None)
    return explained(event.data["why"], event.created_at, user) if event else None


def explained(told: dict[str, Any], at: datetime, user: User) -> Explained:
    policy_id, name = told.get("policy", (0, ""))
    may_change = policy_id and user.has_perm("orders.change_allocationpolicy")
    return Explained(
        at=at,
        chosen=chosen_words(told),
        others=[(one[0], _other(one)) for one in told.get("others", [])],
        notes=[_note(note) for note in told.get("notes", [])],
        policy=name,
        policy_url=reverse("admin:orders_allocationpolicy_change", args=[policy_id])
        if may_change
        else "",
    )


def chosen_words(told: dict[str, Any]) -> str:
    """Which warehouses serve, and by what they were put in order."""
    chosen: list[str] = told["from"]
    if not chosen:
        return _("No warehouse serves it.")
    parcels = ngettext("%d parcel", "%d parcels", len(chosen)) % len(chosen)
    return _("From %(names)s (%(parcels)s), chosen %(by)s.") % {
        "names": ", ".join(chosen), "parcels": parcels, "by": _BY[told["by"]],
    }  # fmt: skip


def _other(one: Sequence[Any]) -> str:
    _warehouse, code, a, b = one
    return _OTHERS[code](a, b)


_OTHERS: dict[str, Callable[[Any, Any], str]] = {
    "covers": lambda a, b: _("has %(some)s of %(all)s pieces") % {"some": a, "all": b},
    "dearer": lambda a, _b: _("dearer by %s") % a,
    "later": lambda _a, _b: _("further down the list"),
    "excluded": lambda _a, _b: _("excluded by the policy"),
    "kept": lambda a, b: _("%(pieces)s kept for channel %(channel)s") % {"pieces": a, "channel": b},
    "safety": lambda a, _b: _("%s kept as safety stock") % a,
}


def _note(note: Sequence[Any]) -> str:
    code, a, b = note
    return _NOTES[code](a, b)


_NOTES: dict[str, Callable[[Any, Any], str]] = {
    "batch": lambda _a, _b: _("Planned together with other orders, so that more are complete."),
    "forbidden": lambda _a, _b: _("The policy lets no warehouse serve it."),
    "below_amount": lambda a, _b: _("It would have to be split, which is not done below %s.") % a,
    "over_cap": lambda a, _b: (
        ngettext("It would take more than %d parcel.", "It would take more than %d parcels.", a) % a
    ),
    "not_before": lambda a, b: _("%(sku)s can be reserved from %(day)s on.") % {"sku": b, "day": a},
    "complete": lambda a, b: (
        _("%(some)s of %(all)s pieces are there; it waits for all of them.") % {"some": a, "all": b}
    ),
}
