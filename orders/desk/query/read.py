"""The orders that are wanted, newest first, read so that no question walks over all orders.

A clause that few orders fit is looked up in its index, and the answer is exact, with its count. Where nothing but
common things are asked, orders are compared one by one from the newest, at most LOOK of them a page; then it says where
it stopped, and the next page goes on from there. Either way the same orders in the same order, on every page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.db.models.expressions import RawSQL

from oms.sql import query
from orders.desk.query.days import midnight
from orders.desk.query.parse import Clause
from orders.desk.query.qualifier import Days, Lookup
from orders.desk.query.wanted import Wanted
from orders.models import Order
from orders.models.order import OrderQuerySet
from orders.states import OrderStatus

LOOK = 20_000  # orders that are compared for one page
LOOK_FOR_ALL = 200_000  # the same for an act on all of a list
FEW = 2_001  # from here on what an index gives without order is not read further
SHOWN_ELSEWHERE = 3
FEW_NEWEST = 20_001  # the same of an index that gives the newest first

_COLUMNS = (
    "id", "number", "external_no", "status", "priority", "reason_code", "reason_detail", "channel_id", "ship_phone",
    "ship_province", "ship_city", "total_amount", "placed_at",
)  # fmt: skip
# A guess of the planner must never be "read the whole table"; holds for this statement only.
_NO_WALKS = "SET LOCAL enable_seqscan = off; "


@dataclass(frozen=True, slots=True)
class Place:
    """A page: older than `after`, or newer than `before` (ids of orders), of `size` orders and one that says "more"."""

    size: int
    after: int | None = None
    before: int | None = None

    @property
    def is_backwards(self) -> bool:
        return self.before is not None and self.after is None


@dataclass(frozen=True, slots=True)
class Matches:
    """Ids in the direction of reading. `stopped_at`: the order after which it did not look further.

    `counts` are exact numbers by status whatever the tab, where they are known. `elsewhere` are the newest that fit but
    for tab and status; None where it takes a question of its own to know them.
    """

    ids: list[int]
    stopped_at: int | None = None
    counts: Mapping[str, int] | None = None
    elsewhere: list[int] | None = None


def matching(orders: OrderQuerySet, wanted: Wanted, place: Place, *, look: int = LOOK) -> Matches:
    """A page of those of `orders` that are wanted; one round trip or two."""
    reading = _Reading(orders, wanted, place, look)
    if not reading.statuses:
        return Matches([])
    rare = reading.rarest()
    statement, params = reading.few(rare) if rare else reading.walk()
    return Matches(*query(_NO_WALKS + statement, params)[0])


class _Reading:
    def __init__(self, orders: OrderQuerySet, wanted: Wanted, place: Place, look: int) -> None:
        self.orders, self.wanted, self.place, self.look = orders, wanted, place, look
        self.clauses = wanted.conditions
        self.days = wanted.days
        self.statuses = self._left_statuses()
        turned = place.is_backwards
        down = ("" if turned else " DESC", "" if turned else "-")
        keys = ("placed_at", "id") if self.days else ("id",)
        self.order_sql = ", ".join(f"{key}{down[0]}" for key in keys)
        self.order = [f"{down[1]}{key}" for key in keys]
        self.limit = place.size + 1
        self.has_lookups = False
        self._common: Clause | None = None

    def rarest(self) -> Clause | None:
        """The clause whose index gives all of its orders, the fewest; None where each gives too many."""
        drivers = [
            one for one in self.clauses if not one.is_negated and all(v.lookup for v in one.values)
        ]
        self.has_lookups = bool(drivers)
        if not drivers:
            return None
        parts = [_looked_up(one, _cap(one)) for one in drivers]
        counted = ", ".join(f"(SELECT count(*) FROM ({sql}) d)" for sql, _params in parts)
        params = [param for _sql, some in parts for param in some]
        counts = query(f"{_NO_WALKS}SELECT {counted}", params)[0]
        sized = sorted(zip(counts, range(len(drivers)), strict=True))
        few = [drivers[at] for count, at in sized if count < _cap(drivers[at])]
        self._common = next((one for one in drivers if _gives_newest(one)), None)
        return few[0] if few else None

    def few(self, driver: Clause) -> tuple[str, list[Any]]:
        """All that fit, of which the page is cut: exact, and counted."""
        ids, id_params = _looked_up(driver, _cap(driver))
        rows = self.orders.filter(pk__in=RawSQL(ids, id_params)).values(*_COLUMNS)  # noqa: S611
        inner, params = rows.query.sql_with_params()
        fits, fit_params = _conditions([one for one in self.clauses if not one.is_of_status])
        named, named_params = _conditions([one for one in self.clauses if one.is_of_status])
        tab, tab_params = _statuses(self.wanted.statuses)
        beyond, beyond_params = self._beyond()
        return (
            f"WITH fits AS MATERIALIZED (SELECT o.id, o.status, o.placed_at FROM ({inner}) o WHERE {fits}), "
            f"asked AS MATERIALIZED (SELECT o.* FROM fits o WHERE {named}), "
            f"page AS MATERIALIZED (SELECT id, placed_at FROM asked WHERE {tab} AND {beyond} "
            f"ORDER BY {self.order_sql} LIMIT {self.limit}) "
            f"SELECT ARRAY(SELECT id FROM page ORDER BY {self.order_sql}), NULL, "
            "(SELECT coalesce(json_object_agg(status, number), '{}') "
            "FROM (SELECT status, count(*) AS number FROM asked GROUP BY status) c), "
            f"ARRAY(SELECT id FROM fits ORDER BY id DESC LIMIT {SHOWN_ELSEWHERE})",
            [*params, *fit_params, *named_params, *tab_params, *beyond_params],
        )

    def walk(self) -> tuple[str, list[Any]]:
        """The newest orders, compared one by one; stops when the page is full."""
        inner, params = self._axis(*_COLUMNS)
        places, place_params = self._places()
        fits, fit_params = _conditions(self.clauses)
        tab, tab_params = _statuses(self.wanted.statuses)
        return (
            f"WITH page AS MATERIALIZED (SELECT o.id, o.placed_at FROM ({inner}) o WHERE {tab} AND {fits} "
            f"ORDER BY {self.order_sql} LIMIT {self.limit}) "
            f"SELECT ARRAY(SELECT id FROM page ORDER BY {self.order_sql}), "
            f"CASE WHEN (SELECT count(*) FROM page) < {self.limit} "
            f"THEN (SELECT id FROM ({places}) a OFFSET {self.look - 1} LIMIT 1) END, "
            "NULL, " + ("'{}'::bigint[]" if self.has_lookups else "NULL"),
            [*params, *tab_params, *fit_params, *place_params],
        )

    def _axis(self, *columns: str) -> tuple[str, Sequence[Any]]:
        """At most `look` orders along the index that knows the order of the list."""
        rows = self.orders.values(*columns).filter(self._from_place())
        if self.days:
            rows = rows.filter(_between(self.days)).order_by(*self.order)[: self.look]
        elif self._common:
            ids, params = _looked_up(self._common, self.look, self._place_sql())
            rows = rows.filter(pk__in=RawSQL(ids, params)).order_by(*self.order)[: self.look]  # noqa: S611
        else:
            is_any = len(self.statuses) == len(OrderStatus)
            parts = [rows] if is_any else [rows.filter(status=one) for one in self.statuses]
            ends = [part.order_by(*self.order)[: self.look] for part in parts]
            rows = (
                ends[0].union(*ends[1:], all=True).order_by(*self.order)[: self.look]
                if len(ends) > 1
                else ends[0]
            )
        sql, params = rows.query.sql_with_params()
        return sql, params

    def _places(self) -> tuple[str, Sequence[Any]]:
        """The ids along the axis, whether they may be seen or not, to tell where reading stopped."""
        if self._common and not self.days:
            return _looked_up(self._common, self.look, self._place_sql())
        return self._axis("id", *(("placed_at",) if self.days else ()))

    def _left_statuses(self) -> list[OrderStatus]:
        """Those that the tab and the line leave."""
        left = set(self.wanted.statuses or OrderStatus)
        for clause in self.clauses:
            named = {status for value in clause.values for status in value.statuses}
            if clause.is_of_status:
                left = left - named if clause.is_negated else left & named
        return sorted(left)

    def _from_place(self) -> Q:
        at, side = (
            (self.place.before, "gt") if self.place.is_backwards else (self.place.after, "lt")
        )
        if at is None:
            return Q()
        beside = Q(**{f"pk__{side}": at})
        if not self.days:
            return beside
        moment = Order.objects.filter(pk=at).values("placed_at")
        return Q(**{f"placed_at__{side}e": moment}) & (Q(**{f"placed_at__{side}": moment}) | beside)

    def _place_sql(self) -> tuple[str, int] | None:
        """As `_from_place`, for an index of orders by id."""
        if self.place.is_backwards and self.place.before is not None:
            return ">", self.place.before
        return ("<", self.place.after) if self.place.after is not None else None

    def _beyond(self) -> tuple[str, list[Any]]:
        place = self._place_sql()
        if place is None:
            return "true", []
        sign, at = place
        if not self.days:
            return f"id {sign} %s", [at]
        return f"(placed_at, id) {sign} (SELECT placed_at, id FROM orders_order WHERE id = %s)", [
            at
        ]


def _between(days: Days) -> Q:
    condition = Q()
    if days.first:
        condition &= Q(placed_at__gte=midnight(days.first))
    if days.after_last:
        condition &= Q(placed_at__lt=midnight(days.after_last))
    return condition


def _conditions(clauses: Sequence[Clause]) -> tuple[str, list[Any]]:
    parts, params = list[str](), list[Any]()
    for clause in clauses:
        either = " OR ".join(f"({value.condition})" for value in clause.values)
        # What is not known (no platform number) is not what was named, either.
        parts.append(f"(({either}) IS NOT TRUE)" if clause.is_negated else f"({either})")
        params += [param for value in clause.values for param in value.params]
    return " AND ".join(parts) or "true", params


def _statuses(statuses: Sequence[OrderStatus]) -> tuple[str, list[Any]]:
    return ("status = ANY(%s)", [[str(one) for one in statuses]]) if statuses else ("true", [])


def _gives_newest(clause: Clause) -> bool:
    return all(value.lookup and value.lookup.is_newest_first for value in clause.values)


def _cap(clause: Clause) -> int:
    return FEW_NEWEST if _gives_newest(clause) else FEW


def _looked_up(
    clause: Clause, cap: int, place: tuple[str, int] | None = None
) -> tuple[str, list[Any]]:
    """The ids that the indexes of the clause's values give, at most `cap`; beyond `place`, nearest first."""
    order = f" ORDER BY %s {'' if place and place[0] == '>' else 'DESC'}"
    parts, params = list[str](), list[Any]()
    for value in clause.values:
        look = value.lookup
        if look is None:
            continue
        parts.append(f"({_one_lookup(look, cap, place, order)})")
        params += [*look.params, *([place[1]] if place else [])]
    union = " UNION ".join(parts)
    ending = order % "id" if _gives_newest(clause) else ""
    return f"SELECT id FROM ({union}) l{ending} LIMIT {cap}", params


def _one_lookup(look: Lookup, cap: int, place: tuple[str, int] | None, order: str) -> str:
    beyond = f" AND {look.column} {place[0]} %s" if place else ""
    ending = order % look.column if look.is_newest_first else ""
    # An order may have the same thing twice.
    distinct = "DISTINCT " if look.is_newest_first else ""
    return f"SELECT {distinct}{look.column} AS id FROM {look.source} WHERE {look.match}{beyond}{ending} LIMIT {cap}"
