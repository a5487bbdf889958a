"""Which orders a list shows: the one reading of its address, for the list, the acts on all of it, and the export."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from oms.display import time_text
from oms.models import User
from orders.desk.asked import Asked
from orders.desk.query.days import value_of
from orders.desk.query.known import query_of
from orders.desk.query.meanings import clause_of
from orders.desk.query.parse import Clause, Query
from orders.desk.query.qualifier import Days, Known, Value
from orders.desk.query.registry import BY_WORD
from orders.states import OrderStatus


@dataclass(frozen=True, slots=True)
class Wanted:
    """`statuses` are those of the tab (none: all); `query` is what the line says; `given` comes from other parts."""

    statuses: tuple[OrderStatus, ...]
    query: Query
    given: tuple[Clause, ...] = ()

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return (*self.query.clauses, *self.given)

    @property
    def text(self) -> str:
        return self.query.text

    @property
    def is_everything(self) -> bool:
        """Nothing but the tab narrows it."""
        return not (self.text or self.clauses)

    @property
    def conditions(self) -> tuple[Clause, ...]:
        """All clauses, the free text among them."""
        if not self.text:
            return self.clauses
        return (*self.clauses, clause_of(self.text, _NOBODY))

    @property
    def days(self) -> Days | None:
        """The days around all that are asked for; an order of days is a list by the time of placing."""
        spans = [
            [value.days for value in clause.values if value.days]
            for clause in self.clauses
            if not clause.is_negated and clause.values[0].days
        ]
        return _around(spans[0]) if spans else None

    def elsewhere(self) -> "Wanted":
        """The same without tab and status: where one may have meant to look."""
        kept = tuple(one for one in self.query.clauses if not one.is_of_status)
        query = Query(self.query.line, self.query.text, kept)
        return Wanted((), query, self.given)


# Free text means the same to everybody.
_NOBODY = Known(user_id=0, today=date.min)


def _around(spans: list[Days]) -> Days:
    firsts, lasts = [one.first for one in spans], [one.last for one in spans]
    return Days(
        first=None if None in firsts else min(first for first in firsts if first),
        last=None if None in lasts else max(last for last in lasts if last),
    )


def wanted_by(user: User, asked: Asked) -> Wanted:
    """What `asked` wants when `user` asks it."""
    return Wanted(asked.statuses, query_of(user, asked.text), tuple(_given(asked)))


def _given(asked: Asked) -> Iterator[Clause]:
    if asked.days:
        ends = [time_text(day) if day else "" for day in (asked.days.first, asked.days.last)]
        value = value_of(Days(asked.days.first, asked.days.last), "..".join(ends))
        yield Clause(BY_WORD["date"], (value,))
    if asked.channel:
        of_code = "o.channel_id = (SELECT id FROM oms_channel WHERE code = %s)"
        yield Clause(BY_WORD["channel"], (Value(asked.channel, of_code, (asked.channel,)),))
