"""Which orders wait for a person, in which order they are looked at, and what comes after one that is decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse

from oms.models import User
from oms.sql import query
from orders.desk.rows import Row, rows_of
from orders.models.order import Order, OrderQuerySet
from orders.reasons import why_of
from orders.review.desk.claim import Holder, claim_first, holders_among
from orders.states import OrderStatus

QUEUES = {"review": OrderStatus.PENDING_REVIEW, "hold": OrderStatus.ON_HOLD}
# Groups are made of so many orders from the head of the queue; what lies behind comes when those are decided.
LOOKED_AT = 1_000
MOST_GROUPS = 30
SHOWN_OF_GROUP = 8


@dataclass(frozen=True, slots=True)
class Place:
    """Which queue somebody works on: of a status, of their own orders only, told apart by reason or not."""

    tab: str = "review"
    mine: bool = False
    grouped: bool = False

    @property
    def status(self) -> OrderStatus:
        return QUEUES[self.tab]

    @property
    def query(self) -> str:
        """It as the part of an address behind the path, with its "?"; empty for the plain queue."""
        parts = {"tab": "hold"} if self.tab == "hold" else {}
        parts |= {"mine": "1"} if self.mine else {}
        parts |= {"group": "1"} if self.grouped else {}
        return f"?{urlencode(parts)}" if parts else ""

    @property
    def url(self) -> str:
        return f"{reverse('orders:review')}{self.query}"

    def url_of(self, number: str) -> str:
        return f"{reverse('orders:review_order', args=[number])}{self.query}"


def place_in(asked: QueryDict) -> Place:
    """Read `tab`, `mine` and `group`; what makes no sense is left out."""
    return Place(
        tab="hold" if asked.get("tab") == "hold" else "review",
        mine=asked.get("mine") == "1",
        grouped=asked.get("group") == "1",
    )


def waiting(place: Place, user: User, *, visible: OrderQuerySet | None = None) -> OrderQuerySet:
    """The orders of the queue that `user` may see, the first to look at first."""
    orders = Order.objects.visible_to(user) if visible is None else visible
    orders = orders.filter(status=place.status)
    if place.mine:
        orders = orders.filter(ownership__user=user)
    return orders.order_by("pk")


def claim_next(orders: OrderQuerySet, user: User, *, after: Order | None, place: Place) -> int | None:
    """Claim the order to look at after `after`: the next one that is free, else the first of all.

    Where they are told apart by reason, those of the same reason come first.
    """
    if after is None:
        return claim_first(orders, user)
    orders = orders.exclude(pk=after.pk)
    same = Q(reason_code=after.reason_code, reason_detail=after.reason_detail)
    behind = Q(pk__gt=after.pk)
    wanted = [same & behind, same, behind] if place.grouped else [behind]
    parts = [orders.filter(one) for one in wanted]
    return next((pk for part in [*parts, orders] if (pk := claim_first(part, user))), None)


def claim_previous(orders: OrderQuerySet, user: User, *, before: Order) -> int | None:
    """Claim the nearest free order before `before`."""
    return claim_first(orders.filter(pk__lt=before.pk).order_by("-pk"), user)


@dataclass(frozen=True, slots=True)
class Entry:
    """An order in the list, and who else looks at it."""

    row: Row
    url: str
    holder: Holder | None


def entries_of(order_ids: Sequence[int], place: Place, user: User) -> list[Entry]:
    """The orders with these ids, in their order. Two queries."""
    holders = holders_among(order_ids, user)
    by_id = {row.pk: row for row in rows_of(Order.objects.filter(pk__in=order_ids).order_by("pk"))}
    return [
        Entry(by_id[pk], place.url_of(by_id[pk].number), holders.get(pk))
        for pk in order_ids
        if pk in by_id
    ]


@dataclass(frozen=True, slots=True)
class Group:
    """The orders that wait for one reason; `entries` are the first of them."""

    code: str
    detail: str
    count: int
    entries: list[Entry]

    @property
    def words(self) -> str:
        return why_of("", self.code, self.detail).text or self.code

    @property
    def more(self) -> int:
        return self.count - len(self.entries)

    @property
    def numbers(self) -> list[str]:
        return [entry.row.number for entry in self.entries]


@dataclass(frozen=True, slots=True)
class Groups:
    """`is_cut`: the queue goes on behind the orders that were looked at."""

    shown: list[Group]
    is_cut: bool


_GROUPS = """
WITH head AS MATERIALIZED ({head} LIMIT %s)
SELECT reason_code, reason_detail, count(*), (array_agg(id ORDER BY place))[1:%s], sum(count(*)) OVER ()
FROM (SELECT *, row_number() OVER () AS place FROM head) h
GROUP BY 1, 2 ORDER BY min(place) LIMIT %s
"""


def groups_of(orders: OrderQuerySet, place: Place, user: User) -> Groups:
    """The head of the queue by reason, the group with the oldest order first. Three queries."""
    wanted = orders.values("id", "reason_code", "reason_detail")
    head, params = wanted.query.sql_with_params()
    found = query(
        _GROUPS.format(head=head), [*params, LOOKED_AT + 1, SHOWN_OF_GROUP, MOST_GROUPS]
    )
    ids = [pk for group in found for pk in group[3]]
    by_id = {entry.row.pk: entry for entry in entries_of(sorted(ids), place, user)}
    shown = [
        Group(code, detail, count, [by_id[pk] for pk in members if pk in by_id])
        for code, detail, count, members, _total in found
    ]
    return Groups(shown, bool(found) and found[0][4] > LOOKED_AT)


def of_reason(orders: OrderQuerySet, code: str, detail: str) -> OrderQuerySet:
    return orders.filter(reason_code=code, reason_detail=detail)
