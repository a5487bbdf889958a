"""One page of the order list, in a few statements whatever the number of its rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from oms.keyset import SIZES, Pager
from oms.models import User
from orders.desk.asked import STATE, VIEW, Asked, named_view
from orders.desk.newest import newest
from orders.desk.query.read import Place, matching
from orders.desk.query.wanted import Wanted, wanted_by
from orders.desk.rows import Part, Row, rows_of
from orders.desk.search import found
from orders.models import Order
from orders.models.order import OrderQuerySet

Read = Callable[[QuerySet[Order, Any]], list[Row]]


@dataclass(frozen=True, slots=True)
class OrderPage:
    """`visible` are all orders that the reader may see; `is_capped`: the search hit more than 1,000, and shows some.

    `further_url` leads on where only the newest orders were compared; `counts` are exact numbers by status of what is
    wanted, None where they are not known; `elsewhere` as in `orders.desk.query.read`.
    """

    rows: list[Row]
    pager: Pager
    wanted: Wanted
    visible: OrderQuerySet
    is_capped: bool = False
    further_url: str = ""
    counts: Mapping[str, int] | None = None
    elsewhere: list[int] | None = None

    @property
    def newest(self) -> int:
        """The id above which orders are new to this page; 0 where it is empty."""
        return max((row.pk for row in self.rows), default=0)


def page(
    user: User,
    asked: Asked,
    query: QueryDict,
    parts: Sequence[Part] | None = None,
    *,
    visible: OrderQuerySet | None = None,
) -> OrderPage:
    """The page of orders that `user` may see and `asked` (read from `query`) wants, with `parts` of each.

    `visible`: what they may see, for a caller who knows.
    """
    orders = Order.objects.visible_to(user) if visible is None else visible
    wanted = wanted_by(user, asked)
    read = partial(rows_of, parts=parts)
    if wanted.is_everything:
        return _plain_page(orders, asked, query, wanted, read)
    if not wanted.clauses:
        return _search_page(orders, asked, query, wanted, read)
    place = Place(asked.size, asked.after, asked.before)
    matches = matching(orders, wanted, place)
    has_more, ids = len(matches.ids) > asked.size, matches.ids[: asked.size]
    if place.is_backwards:
        ids.reverse()
    further = ""
    if matches.stopped_at is not None:
        side = "before" if place.is_backwards else "after"
        further = _url(query, **{side: matches.stopped_at})
    pager = _pager(asked, query, ids, has_more=has_more, is_backwards=place.is_backwards)
    return OrderPage(
        _in_order(ids, read),
        pager,
        wanted,
        orders,
        further_url=further,
        counts=matches.counts,
        elsewhere=matches.elsewhere,
    )


def _plain_page(
    orders: OrderQuerySet, asked: Asked, query: QueryDict, wanted: Wanted, read: Read
) -> OrderPage:
    is_backwards = bool(asked.before and not asked.after)
    if is_backwards:
        rows = read(_newer(orders, asked))
    else:
        rows = read(newest(orders, asked.statuses, asked.size + 1, before=asked.after))
    has_more, rows = len(rows) > asked.size, rows[: asked.size]
    if is_backwards:
        rows.reverse()
    ids = [row.pk for row in rows]
    pager = _pager(asked, query, ids, has_more=has_more, is_backwards=is_backwards)
    return OrderPage(rows, pager, wanted, orders)


def _search_page(
    orders: OrderQuerySet, asked: Asked, query: QueryDict, wanted: Wanted, read: Read
) -> OrderPage:
    """Free text alone; it is only read from the newest on, so there is no way back but to the first page."""
    hits = found(
        orders, wanted.text, statuses=asked.statuses, before=asked.after, size=asked.size + 1
    )
    has_more, ids = len(hits.ids) > asked.size, hits.ids[: asked.size]
    pager = Pager(
        first_url=_url(query) if asked.after or asked.before else "",
        previous_url="",
        next_url=_url(query, after=ids[-1]) if has_more else "",
        shown=len(ids),
        sizes=_sizes(asked, query),
    )
    rows = read(orders.filter(pk__in=ids).order_by("-pk"))
    return OrderPage(rows, pager, wanted, orders, is_capped=hits.is_capped)


def _newer(orders: OrderQuerySet, asked: Asked) -> OrderQuerySet:
    """The orders just above `before`, nearest first."""
    above = orders.filter(pk__gt=asked.before)
    parts = [above.filter(status=status) for status in asked.statuses] or [above]
    ends = [part.order_by("pk").values("pk")[: asked.size + 1] for part in parts]
    ids = ends[0].union(*ends[1:], all=True) if len(ends) > 1 else ends[0]
    return Order.objects.filter(pk__in=ids).order_by("pk")


def _in_order(ids: list[int], read: Read) -> list[Row]:
    by_id = {row.pk: row for row in read(Order.objects.filter(pk__in=ids))} if ids else {}
    return [by_id[pk] for pk in ids]


def _pager(
    asked: Asked, query: QueryDict, ids: list[int], *, has_more: bool, is_backwards: bool
) -> Pager:
    has_newer = has_more if is_backwards else asked.after is not None
    has_older = is_backwards or has_more
    return Pager(
        first_url=_url(query) if asked.after or asked.before else "",
        previous_url=_url(query, before=ids[0]) if ids and has_newer else "",
        next_url=_url(query, after=ids[-1]) if ids and has_older else "",
        shown=len(ids),
        sizes=_sizes(asked, query),
    )


def _sizes(asked: Asked, query: QueryDict) -> list[tuple[int, str, bool]]:
    return [(one, _url(query, size=one), one == asked.size) for one in SIZES]


def _url(query: QueryDict, **changes: int) -> str:
    """This list at another place."""
    kept = QueryDict(mutable=True)
    for name in (VIEW, *STATE):
        value = query.get(name)
        if value:
            kept[name] = value
    named_view(kept)
    for name, place in changes.items():
        kept[name] = str(place)
    return f"?{kept.urlencode()}" if kept else "."
