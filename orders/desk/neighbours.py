"""The orders before and after one in the list it was opened from: paging through a queue without going back to it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from oms.models import User
from orders.desk import listing
from orders.desk.asked import asked_in
from orders.desk.query.wanted import wanted_by
from orders.desk.rows import Row
from orders.models import Order

LIST_LENGTH = 2000


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Addresses, empty where the list ends; `back_url` is the list with the order's row selected."""

    previous_url: str
    next_url: str
    back_url: str


def neighbours(user: User, list_query: str, order: Order) -> Neighbours:
    """The neighbours of `order` in the list that `list_query` (the list's query string) asks for."""
    query = QueryDict(list_query[:LIST_LENGTH], mutable=True)
    back = query.copy()
    back["focus"] = order.number
    wanted = wanted_by(user, asked_in(query))
    if wanted.text and not wanted.clauses:
        before, after = _among_hits(user, query, order)
    else:
        before, after = _beside(user, query, order, "before"), _beside(user, query, order, "after")
    return Neighbours(
        _url(before, list_query),
        _url(after, list_query),
        f"{reverse('orders:list')}?{back.urlencode()}",
    )


def _beside(user: User, query: QueryDict, order: Order, side: str) -> Row | None:
    """The nearest order on one side, by the list's own keyset: the page of the list that begins there."""
    here = query.copy()
    for name in ("after", "before"):
        here.pop(name, None)
    here[side] = str(order.pk)
    rows = listing.page(user, asked_in(here), here).rows
    if not rows:
        return None
    return rows[-1] if side == "before" else rows[0]


def _among_hits(user: User, query: QueryDict, order: Order) -> tuple[Row | None, Row | None]:
    """A search is read as it was shown: its hits have no keyset to walk back on."""
    rows = listing.page(user, asked_in(query), query).rows
    place = next((nth for nth, row in enumerate(rows) if row.pk == order.pk), None)
    if place is None:
        return None, None
    before = rows[place - 1] if place else None
    return before, rows[place + 1] if place + 1 < len(rows) else None


def _url(row: Row | None, list_query: str) -> str:
    return f"{row.url}?{urlencode({'list': list_query})}" if row else ""
