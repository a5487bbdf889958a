"""One page of the order list, in two statements whatever the number of its rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.http import QueryDict

from oms.keyset import SIZES, Pager, page_of
from oms.models import User
from orders.desk.asked import Asked, Days
from orders.desk.newest import newest
from orders.desk.rows import Row, rows_of
from orders.desk.search import found
from orders.models import Order
from orders.models.order import OrderQuerySet
from orders.states import OrderStatus

PLACE = ("tab", "status", "q", "day_from", "day_to", "channel", "size")
"""The parts of the address that say which list it is; the rest says where in it."""


@dataclass(frozen=True, slots=True)
class OrderPage:
    """`is_capped`: the search hit more than 1,000 orders and shows some of them."""

    rows: list[Row]
    pager: Pager
    is_capped: bool = False


def page(user: User, asked: Asked, query: QueryDict) -> OrderPage:
    """The page of orders that `user` may see and `asked` (read from `query`) wants."""
    orders = Order.objects.visible_to(user)
    if asked.is_narrowed and not asked.text:
        return _narrowed_page(orders, asked, query)
    is_capped = False
    if asked.text:
        hits = found(
            orders,
            asked.text,
            statuses=asked.statuses,
            before=asked.after,
            size=asked.size + 1,
        )
        ids, is_capped = hits.ids, hits.is_capped
        rows = rows_of(orders.filter(pk__in=ids).order_by("-pk"))
    elif asked.before and not asked.after:
        rows = rows_of(_newer(orders, asked))
    else:
        rows = rows_of(newest(orders, asked.statuses, asked.size + 1, before=asked.after))
    return _cut(rows, asked, query, is_capped=is_capped)


def _newer(orders: OrderQuerySet, asked: Asked) -> OrderQuerySet:
    """The orders just above `before`, nearest first."""
    above = orders.filter(pk__gt=asked.before)
    parts = [above.filter(status=status) for status in asked.statuses] or [above]
    ends = [part.order_by("pk").values("pk")[: asked.size + 1] for part in parts]
    ids = ends[0].union(*ends[1:], all=True) if len(ends) > 1 else ends[0]
    return Order.objects.filter(pk__in=ids).order_by("pk")


def _cut(rows: list[Row], asked: Asked, query: QueryDict, *, is_capped: bool) -> OrderPage:
    """The page itself without the row that only says whether there are more, and its pager."""
    backwards = bool(asked.before and not asked.after and not asked.text)
    has_more, rows = len(rows) > asked.size, rows[: asked.size]
    if backwards:
        rows.reverse()
    has_newer = has_more if backwards else asked.after is not None and not asked.text
    has_older = backwards or has_more
    pager = Pager(
        first_url=_url(query) if asked.after or asked.before else "",
        previous_url=_url(query, before=rows[0].pk) if rows and has_newer else "",
        next_url=_url(query, after=rows[-1].pk) if rows and has_older else "",
        shown=len(rows),
        sizes=[(one, _url(query, size=one), one == asked.size) for one in SIZES],
    )
    return OrderPage(rows, pager, is_capped)


def _url(query: QueryDict, **changes: int) -> str:
    """This list at another place."""
    kept = QueryDict(mutable=True)
    for name in PLACE:
        value = query.get(name)
        if value:
            kept[name] = value
    for name, place in changes.items():
        kept[name] = str(place)
    return f"?{kept.urlencode()}" if kept else "."


def _narrowed_page(orders: OrderQuerySet, asked: Asked, query: QueryDict) -> OrderPage:
    """Orders of some days or one channel, by the time they were placed: walks that index only."""
    slim = page_of(narrowed(orders, asked).only("placed_at"), query, ("-placed_at", "-id"))
    ids = [order.pk for order in slim.rows]
    by_id = {row.pk: row for row in rows_of(Order.objects.filter(pk__in=ids))}
    return OrderPage([by_id[pk] for pk in ids], slim.pager)


def narrowed(orders: OrderQuerySet, asked: Asked) -> OrderQuerySet:
    """Those of the days, the channel and the statuses that are asked for."""
    return orders.filter(_narrowing(asked.days, asked.channel, asked.statuses))


def _narrowing(days: Days | None, channel: str, statuses: Sequence[OrderStatus]) -> Q:
    condition = Q()
    if days and days.begin:
        condition &= Q(placed_at__gte=days.begin)
    if days and days.end:
        condition &= Q(placed_at__lt=days.end)
    if channel:
        condition &= Q(channel__code=channel)
    if statuses:
        condition &= Q(status__in=statuses)
    return condition
