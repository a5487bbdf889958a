"""The left navigation, and what every page of the shell needs to know about its reader."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
    from django_stubs_ext import StrPromise

    type_user = AbstractBaseUser | AnonymousUser

REVIEWERS = ("orders.review_order", "orders.finance_review")
STAFF_ONLY = "staff"
"""Instead of a permission: whoever may enter the administration."""

CountSource = Callable[[Any], Mapping[str, int]]
"""Takes the user; gives counter key -> how many wait. Reads maintained counters, never a COUNT."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One place to go.

    `permission` None lets everyone in, several let in whoever has one of them. `counter` names what is counted, `key`
    follows `g`.
    """

    url: str
    label: "str | StrPromise"
    icon: str
    permission: str | tuple[str, ...] | None
    counter: str | None
    key: str

    @property
    def hotkey(self) -> str:
        return f"g {self.key}"


NAV = (
    Entry("/", _("Today"), "home", None, None, "t"),
    Entry("/orders/", _("Orders"), "clipboard-list", "orders.view_order", None, "o"),
    Entry("/review/", _("Review"), "checklist", REVIEWERS, "pending_review", "r"),
    Entry(
        "/exceptions/", _("Exceptions"), "alert-triangle", "orders.view_order", "exceptions", "e"
    ),
    Entry("/fulfilment/", _("Fulfil"), "truck-delivery", "orders.view_shipment", "to_ship", "f"),
    Entry("/returns/", _("Returns"), "arrow-back-up", "orders.view_return", "returns", "b"),
    Entry("/stock/", _("Stock"), "packages", "inventory.view_stock", "stock_broken", "s"),
    Entry(
        "/purchasing/",
        _("Purchasing"),
        "shopping-cart",
        "inventory.view_purchaseorder",
        "to_buy",
        "p",
    ),
    Entry("/customers/", _("Customers"), "users", "customers.view_customer", None, "c"),
    Entry("/dashboard/", _("Dashboard"), "chart-bar", "orders.view_dashboard", None, "d"),
    Entry("/import/", _("Import"), "file-import", "orders.import_orders", None, "i"),
    Entry("/help/", _("Help"), "help-circle", None, None, "h"),
    Entry("/admin/", _("Admin"), "settings", STAFF_ONLY, None, "a"),
)
NEW_ORDER = Entry("/orders/new/", _("New"), "plus", "orders.place_order", None, "")
MENTIONS = Entry("/mentions/", _("Mentions"), "bell", "orders.view_order", "unread_mentions", "m")

_count_sources: list[CountSource] = []


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """An entry as one reader sees it on one page; `count` is None where nothing waits."""

    entry: Entry
    current: bool
    count: int | None


def provide_counts(source: CountSource) -> None:
    """Register where counts come from; its owner calls this once, in AppConfig.ready()."""
    if source not in _count_sources:
        _count_sources.append(source)


def counts_for(user: Any) -> dict[str, int]:
    """All counters of all sources for `user`."""
    counts: dict[str, int] = {}
    for source in _count_sources:
        counts.update(source(user))
    return counts


@cache
def page_exists(url: str) -> bool:
    """Whether the project answers this path, so that a page not built yet is never offered."""
    try:
        resolve(url)
    except Resolver404:
        return False
    return True


def may_open(user: Any, entry: Entry) -> bool:
    if not page_exists(entry.url):
        return False
    if entry.permission is None:
        return True
    if entry.permission == STAFF_ONLY:
        return bool(user.is_staff)
    several = (entry.permission,) if isinstance(entry.permission, str) else entry.permission
    return any(user.has_perm(one) for one in several)


def current_entry(path: str) -> Entry | None:
    """The entry whose section `path` lies in; `/` is current on its own page only."""
    inside = [e for e in NAV if path == e.url or (e.url != "/" and path.startswith(e.url))]
    return max(inside, key=lambda entry: len(entry.url), default=None)


def navigation(user: Any, path: str) -> list[ShownEntry]:
    """The entries `user` may open, the current one marked, with what waits behind each."""
    entries = [entry for entry in NAV if may_open(user, entry)]
    counts = counts_for(user) if any(entry.counter for entry in entries) else {}
    here = current_entry(path)
    return [ShownEntry(e, e is here, counts.get(e.counter or "") or None) for e in entries]


def bell(user: Any, path: str) -> ShownEntry | None:
    """The comments that name `user`, for those who may read them."""
    if not may_open(user, MENTIONS):
        return None
    count = counts_for(user).get(MENTIONS.counter or "") or None
    return ShownEntry(MENTIONS, path == MENTIONS.url, count)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: navigation and personal settings; lazy, fragments do not pay."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return {
        "nav": SimpleLazyObject(lambda: navigation(user, request.path) if signed_in else []),
        "bell": SimpleLazyObject(lambda: bell(user, request.path) if signed_in else None),
        "new_order": SimpleLazyObject(
            lambda: NEW_ORDER if signed_in and may_open(user, NEW_ORDER) else None
        ),
        "theme": user.theme if signed_in and user else request.COOKIES.get("theme", "auto"),
        "nav_is_narrow": request.COOKIES.get("nav") == "narrow",
    }
