"""What the address of the order list asks for: the address is the whole state of the list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from oms.ids import id_in
from oms.keyset import SIZES
from orders.desk.query.qualifier import Days
from orders.states import OrderStatus

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

S = OrderStatus

STATE = ("tab", "status", "q", "day_from", "day_to", "channel", "size")
"""The parts of an address that say which list it is; the rest says where in it."""
VIEW = "view"
"""The part that names a saved view."""


@dataclass(frozen=True, slots=True)
class View:
    """A tab of the list: its words and the statuses in it (none: all of them)."""

    label: "StrPromise"
    statuses: tuple[OrderStatus, ...] = ()
    is_urgent: bool = False


VIEWS: Mapping[str, View] = {
    "all": View(_("All")),
    "review": View(_("To review"), (S.PENDING_REVIEW,)),
    "hold": View(_("On hold"), (S.ON_HOLD,), is_urgent=True),
    "short": View(_("Short"), (S.BACKORDERED,), is_urgent=True),
    "ready": View(_("Ready to ship"), (S.APPROVED, S.ALLOCATED)),
    "picking": View(_("Picking"), (S.IN_FULFILMENT,)),
    "shipped": View(_("Shipped"), (S.PARTIALLY_SHIPPED, S.SHIPPED, S.DELIVERED)),
    "done": View(_("Done"), (S.COMPLETED,)),
    "cancelled": View(_("Cancelled"), (S.CANCELLED,)),
}


_MEANS_NOTHING = (("tab", "all"), ("size", str(SIZES[0])))


@dataclass(frozen=True, slots=True)
class Asked:
    """One page of the list. `after` leads to older orders, `before` to newer ones (ids).

    `text` is the query line as it was typed; `orders.desk.query` reads it.
    """

    tab: str
    statuses: tuple[OrderStatus, ...]
    text: str = ""
    days: Days | None = None
    channel: str = ""
    after: int | None = None
    before: int | None = None
    size: int = SIZES[0]


def asked_in(query: QueryDict) -> Asked:
    """Read `tab` or `status`, `q`, `day_from`, `day_to`, `channel`, `after`, `before`, `size`.

    What makes no sense is left out, so that an old or mistyped address still shows a list.
    """
    status = query.get("status", "")
    tab = query.get("tab", "all")
    tab = tab if tab in VIEWS else "all"
    text = query.get("q", "").replace("\x00", "").strip()
    first, last = _day(query.get("day_from", "")), _day(query.get("day_to", ""))
    return Asked(
        tab="" if status in S.values else tab,
        statuses=(S(status),) if status in S.values else VIEWS[tab].statuses,
        text=text,
        days=Days(first, last) if first or last else None,
        channel=query.get("channel", "").replace("\x00", "")[:40],
        after=_id(query.get("after", "")),
        before=_id(query.get("before", "")),
        size=next((size for size in SIZES if str(size) == query.get("size")), SIZES[0]),
    )


def asked_text(query: QueryDict) -> str:
    """The list that `query` means, as it is kept: the same list is the same text."""
    kept = QueryDict(mutable=True)
    for name in STATE:
        value = query.get(name, "").replace("\x00", "").strip()
        if value and (name, value) not in _MEANS_NOTHING:
            kept[name] = value
    return kept.urlencode()


def named_view(query: QueryDict) -> QueryDict:
    """The address of a list that still names a view: with nothing beside it, it would mean the view's own query."""
    if query.get(VIEW) and not any(name in query for name in STATE):
        query["q"] = ""
    return query


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year < 2200 else None  # noqa: PLR2004 - room for the day after it


def _id(text: str) -> int | None:
    return id_in(text) or None
