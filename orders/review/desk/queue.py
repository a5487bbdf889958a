"""Which orders wait for a person, in which order they are looked at, and what comes after one that is decided."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse

from oms.models import User
from orders.desk.rows import Row, rows_of
from orders.models.order import Order, OrderQuerySet
from orders.review.desk.claim import Holder, claim_first, holders_among
from orders.states import OrderStatus

QUEUES = {"review": OrderStatus.PENDING_REVIEW, "hold": OrderStatus.ON_HOLD}
FIRST = ("-priority", "promised_at", "pk")
# Each walks an index of its own: those of a priority are few.
BANDS = (Q(priority__gt=0), Q(priority=0), Q(priority__lt=0))
SHOWN = 40


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

    @property
    def other_owner_url(self) -> str:
        """The same queue with everybody's orders instead of one's own, or the other way round."""
        return replace(self, mine=not self.mine).url

    @property
    def other_look_url(self) -> str:
        """The same queue told apart by reason, or not any more."""
        return replace(self, grouped=not self.grouped).url

    def url_after(self, order_id: int) -> str:
        """The list of the queue behind this order."""
        return f"{self.url}{'&' if self.query else '?'}after={order_id}"

    def url_of(self, number: str) -> str:
        return f"{reverse('orders:review_order', args=[number])}{self.query}"


def place_in(asked: QueryDict) -> Place:
    """Read `tab`, `mine` and `group`; what makes no sense is left out."""
    return Place(
        tab="hold" if asked.get("tab") == "hold" else "review",
        mine=asked.get("mine") == "1",
        grouped=asked.get("group") == "1",
    )


def waiting(place: Place, user: User, visible: OrderQuerySet) -> OrderQuerySet:
    """Those of `visible` that are in the queue, by `FIRST`; of one priority those without a promise come last."""
    orders = visible.filter(status=place.status)
    if place.mine:
        orders = orders.filter(ownership__user=user)
    return orders.order_by(*FIRST)


def bands(orders: OrderQuerySet) -> list[OrderQuerySet]:
    """All of `orders` in parts that follow one another."""
    return [orders.filter(band) for band in BANDS]


def behind(orders: OrderQuerySet, order: Order) -> list[OrderQuerySet]:
    """What comes after `order`, in parts that follow one another; each walks the index from a place of its own."""
    promised_at = order.promised_at
    lower = [one.filter(priority__lt=order.priority) for one in bands(orders)]
    lower = lower[0 if order.priority > 1 else 1 if order.priority > 0 else 2 :]
    same = orders.filter(priority=order.priority)
    unpromised = same.filter(promised_at__isnull=True)
    if promised_at is None:
        return [unpromised.filter(pk__gt=order.pk), *lower]
    later = Q(promised_at__gt=promised_at) | Q(pk__gt=order.pk)
    return [same.filter(later, promised_at__gte=promised_at), unpromised, *lower]


def ahead(orders: OrderQuerySet, order: Order) -> list[OrderQuerySet]:
    """What comes before `order`, the nearest first, in parts as `behind`."""
    promised_at = order.promised_at
    orders = orders.order_by("priority", "-promised_at", "-pk")
    higher = [one.filter(priority__gt=order.priority) for one in reversed(bands(orders))]
    higher = higher[2 if order.priority >= 0 else 1 if order.priority == -1 else 0 :]
    same = orders.filter(priority=order.priority)
    promised = same.filter(promised_at__isnull=False)
    if promised_at is None:
        return [same.filter(promised_at__isnull=True, pk__lt=order.pk), promised, *higher]
    earlier = Q(promised_at__lt=promised_at) | Q(pk__lt=order.pk)
    return [promised.filter(earlier, promised_at__lte=promised_at), *higher]


def claim_next(
    orders: OrderQuerySet, user: User, *, after: Order | None, place: Place
) -> int | None:
    """Claim the order to look at after `after`: the next one that is free, else the first of all.

    Where they are told apart by reason, those of the same reason come first.
    """
    if after is None:
        return _first_claimed(bands(orders), user)
    orders = orders.exclude(pk=after.pk)
    parts = [*behind(orders, after), *bands(orders)]
    if place.grouped:
        same = of_reason(orders, after.reason_code, after.reason_detail)
        parts = [*behind(same, after), *bands(same), *parts]
    return _first_claimed(parts, user)


def claim_previous(orders: OrderQuerySet, user: User, *, before: Order) -> int | None:
    """Claim the nearest free order before `before`; None at the head of the queue."""
    return _first_claimed(ahead(orders, before), user)


def _first_claimed(parts: Iterable[OrderQuerySet], user: User) -> int | None:
    return next((pk for part in parts if (pk := claim_first(part, user))), None)


def of_reason(orders: OrderQuerySet, code: str, detail: str) -> OrderQuerySet:
    return orders.filter(reason_code=code, reason_detail=detail)


def page_behind(orders: OrderQuerySet, order: Order | None) -> tuple[list[int], bool]:
    """Ids of the first SHOWN orders (behind `order`, if one is given), and whether there are more. One query."""
    parts = behind(orders, order) if order else bands(orders)
    first, *others = (part.values_list("pk", flat=True)[: SHOWN + 1] for part in parts)
    ids = list(first.union(*others, all=True)[: SHOWN + 1])
    return ids[:SHOWN], len(ids) > SHOWN


@dataclass(frozen=True, slots=True)
class Entry:
    """An order in the list, and who else looks at it."""

    row: Row
    url: str
    holder: Holder | None


def entries_of(order_ids: Sequence[int], place: Place, user: User) -> list[Entry]:
    """The orders with these ids, in the order of the queue. Two queries."""
    holders = holders_among(order_ids, user)
    rows = rows_of(Order.objects.filter(pk__in=order_ids).order_by(*FIRST))
    return [Entry(row, place.url_of(row.number), holders.get(row.pk)) for row in rows]
