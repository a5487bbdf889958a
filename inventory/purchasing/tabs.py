"""The two halves of purchasing, and the states of purchase orders."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from inventory.purchasing.states import COMING, PurchaseStatus

S = PurchaseStatus
STATES: dict[str, tuple[PurchaseStatus, ...]] = {
    "coming": COMING,
    "draft": (S.DRAFT,),
    "done": (S.RECEIVED, S.CLOSED, S.CANCELLED),
}


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab as `parts/tabs_counts.html` shows it; `count` None when it is not known."""

    label: str
    url: str
    is_current: bool
    count: int | None = None


def tabs(current: str, counts: dict[str, int]) -> list[Tab]:
    """`current` is "suggestions" or a key of STATES; `counts` by the same names."""
    orders = reverse("purchasing:orders")
    words = {
        "suggestions": (_("Suggestions"), reverse("purchasing:suggestions")),
        "coming": (_("On their way"), orders),
        "draft": (_("Drafts"), f"{orders}?tab=draft"),
        "done": (_("Finished"), f"{orders}?tab=done"),
    }
    return [
        Tab(label, url, name == current, counts.get(name)) for name, (label, url) in words.items()
    ]
