"""Two people changed one order: what one typed beside what stands now, field by field, and the choice between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.http import QueryDict
from django.utils.translation import gettext as _

from oms.errors import Refused
from orders.amend.amend import is_open
from orders.amend.forms import LINE_FIELDS, EditForm, Row, standing, standing_head
from orders.amend.state import OrderState
from orders.desk.event_words import ACTORS
from orders.desk.history import LINE_WORDS, Happening, field_words, timeline
from orders.models import Order, OrderEvent

MOST_EVENTS = 20
_OFF = ("", "False")


@dataclass(frozen=True, slots=True)
class Clash:
    """A field as somebody typed it and as it stands now; `who` wrote the latter. `is_mine`: the one typed is chosen."""

    name: str
    label: str
    yours: str
    theirs: str
    who: str = ""
    at: datetime | None = None
    is_mine: bool = True
    is_open: bool = True

    @property
    def shown(self) -> tuple[str, str]:
        if self.name == "ship_complete":
            words = [_("no") if one in _OFF else _("yes") for one in (self.yours, self.theirs)]
            return words[0], words[1]
        return self.yours or "–", self.theirs or "–"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why a save was refused, what happened meanwhile, and what can still be chosen.

    `closed` are fields that the order's state has shut: what was typed in them can only be copied.
    """

    text: str
    happened: list[Happening]
    clashes: list[Clash]
    closed: list[Clash]
    hidden: list[tuple[str, str]]

    @property
    def may_go_on(self) -> bool:
        return bool(self.clashes) or any(
            name.endswith("-sku") and value for name, value in self.hidden
        )


def conflict_of(
    order: Order, state: OrderState, form: EditForm, data: QueryDict, refusal: Refused
) -> Conflict:
    since = _since(order, form)
    found = [*_head_clashes(state, form, data), *_line_clashes(state, form.rows)]
    told = [_told(one, since) for one in found]
    clashes = [one for one in told if one.is_open]
    lines_are_open = is_open(state.status, "lines")
    return Conflict(
        text=refusal.message,
        happened=timeline(since[:3] or order.events.order_by("-pk")[:1]),
        clashes=clashes,
        closed=[
            *(one for one in told if not one.is_open and one.is_mine),
            *([] if lines_are_open else _added(form)),
        ],
        hidden=list(
            _hidden(order, state, form, data, {one.name for one in clashes}, lines_are_open)
        ),
    )


def _head_clashes(state: OrderState, form: EditForm, data: QueryDict) -> Iterator[Clash]:
    stands = {name: str(value) for name, value in standing_head(state).items()}
    touched = set(form.head.changed_data)
    for name in form.head.content:
        is_tick = name == "ship_complete"
        was = data.get(f"initial-{name}", stands[name])
        yours = str(name in data) if is_tick else data.get(name, was)
        yours, was = yours.replace("\r\n", "\n"), was.replace("\r\n", "\n")
        if yours != stands[name] and (name in touched or was != stands[name]):
            # What nobody touched stays as a colleague wrote it.
            is_mine = name in touched
            yield Clash(
                name, field_words(name), yours, stands[name], is_mine=is_mine,
                is_open=is_open(state.status, name),
            )  # fmt: skip


def _line_clashes(state: OrderState, rows: list[Row]) -> Iterator[Clash]:
    may = is_open(state.status, "lines")
    for row in rows:
        stands = standing(row.line)
        for name in LINE_FIELDS:
            yours, theirs = row.typed[name].strip(), stands[name]
            if yours != theirs and (name in row.touched or row.were[name] != theirs):
                label = f"{row.line.name}, {LINE_WORDS[name]}"
                key = f"line-{row.line.pk}-{name}"
                yield Clash(key, label, yours, theirs, is_mine=name in row.touched, is_open=may)


def _added(form: EditForm) -> list[Clash]:
    rows = form.added.written() if form.added.is_bound else []
    return [
        Clash(
            f"added-{place}",
            _("New line"),
            f"{row['sku'].value()} ×{row['quantity'].value() or 1}",
            "",
        )
        for place, row in rows
    ]


def _since(order: Order, form: EditForm) -> list[OrderEvent]:
    """The edits that came after the version on which somebody typed, newest first."""
    version = form.head.cleaned_data.get("version", 0)
    edits = order.events.filter(kind="edited").order_by("-pk")[:MOST_EVENTS]
    return [event for event in edits if event.data.get("version", 0) > version]


def _told(clash: Clash, since: list[OrderEvent]) -> Clash:
    """With who wrote what stands, and when."""
    for event in since:
        if _is_about(event.data, clash.name):
            who = str(ACTORS.get(event.actor_name, event.actor_name))
            return Clash(
                clash.name, clash.label, clash.yours, clash.theirs, who, event.created_at, clash.is_mine,
                clash.is_open,
            )  # fmt: skip
    return clash


def _is_about(data: dict[str, Any], name: str) -> bool:
    if not name.startswith("line-"):
        return name in data.get("changes", {})
    _line, pk, part = name.split("-")
    return any(str(one["line"]) == pk and part in one for one in data.get("lines", []))


def _hidden(
    order: Order, state: OrderState, form: EditForm, data: QueryDict, open_names: set[str], lines_are_open: bool
) -> Iterator[tuple[str, str]]:  # fmt: skip
    """Everything else of the form, on top of what stands now."""
    yield "version", str(order.version)
    yield "part", form.part
    yield "reason", data.get("reason", "")
    if data.get("next"):
        yield "next", str(data["next"])
    stands = standing_head(state)
    for name in form.head.content:
        yield f"initial-{name}", str(stands[name])
        if name not in open_names and not (name == "ship_complete" and not stands[name]):
            yield name, str(stands[name])
    if form.rows:
        rows = {str(row.line.pk): list(standing(row.line).values()) for row in form.rows}
        yield "lines_were", orjson.dumps(rows).decode()
    if lines_are_open:
        yield from ((name, str(data[name])) for name in data if name.startswith("lines-"))


def resolved(typed: QueryDict) -> QueryDict:
    """The form with each choice of a conflict panel put where it would have been typed."""
    data = typed.copy()
    for key in typed:
        if not key.startswith("pick-"):
            continue
        name = key.removeprefix("pick-")
        value = typed.get(f"mine-{name}" if typed[key] == "yours" else f"initial-{name}")
        data.pop(name, None)
        if value is not None and not (name == "ship_complete" and value in _OFF):
            data[name] = value
    return data
