"""The head of a queue told apart by the reason for which its orders wait."""

from dataclasses import dataclass

from oms.models import User
from oms.sql import query
from orders.models.order import OrderQuerySet
from orders.reasons import why_of
from orders.review.desk.queue import Entry, Place, bands, entries_of

# So many orders are looked at; what lies behind them comes when they are decided.
LOOKED_AT = 1_000
MOST_GROUPS = 30
SHOWN_OF_GROUP = 8


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
WITH head AS MATERIALIZED ({head})
SELECT reason_code, reason_detail, count(*), (array_agg(id ORDER BY place))[1:%s], sum(count(*)) OVER ()
FROM (SELECT *, row_number() OVER () AS place FROM head) h
GROUP BY 1, 2 ORDER BY min(place) LIMIT %s
"""


def groups_of(orders: OrderQuerySet, place: Place, user: User) -> Groups:
    """The head of the queue by reason, the group with the oldest order first. Three queries."""
    head, params = _head(orders)
    found = query(_GROUPS.format(head=head), [*params, SHOWN_OF_GROUP, MOST_GROUPS])
    ids = [pk for group in found for pk in group[3]]
    by_id = {entry.row.pk: entry for entry in entries_of(ids, place, user)}
    shown = [
        Group(code, detail, count, [by_id[pk] for pk in members if pk in by_id])
        for code, detail, count, members, _total in found
    ]
    return Groups(shown, bool(found) and found[0][4] > LOOKED_AT)


def _head(orders: OrderQuerySet) -> tuple[str, list[object]]:
    """The first orders of the queue, band by band as each lies in its index."""
    parts, params = [], list[object]()
    for band in bands(orders):
        one, values = band.values("id", "reason_code", "reason_detail").query.sql_with_params()
        parts.append(f"({one} LIMIT %s)")
        params += [*values, LOOKED_AT + 1]
    return f"SELECT * FROM ({' UNION ALL '.join(parts)}) h LIMIT %s", [*params, LOOKED_AT + 1]
