"""Keyset paging: a page begins after the last row of the one before; nothing is counted or skipped.

It costs the same on page 1 and on page 10,000, and rows that come in meanwhile shift nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

import orjson
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict

SIZES = (50, 100, 200)

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Pager:
    """What `parts/pager_keyset.html` shows; an address that leads nowhere is empty."""

    first_url: str
    previous_url: str
    next_url: str
    shown: int
    sizes: list[tuple[int, str, bool]]
    total: int | None = None
    total_text: str = ""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    rows: list[Row]
    pager: Pager


def page_of(
    rows: "QuerySet[Any, Row]", asked: QueryDict, order: Sequence[str], *, path: str = ""
) -> Page[Row]:
    """The page that `asked` (its `after`, `before` and `size`) wants of `rows`. One query.

    `order` names fields, `-` in front for descending; together they are unique, so the last is
    mostly `id`. A cursor that makes no sense shows the first page. `path` is the list's address
    where the page is shown under another one (a refused form).
    """
    size = _size(asked)
    ahead = _beyond(rows, order, asked.get("after", ""))
    behind = (
        None if ahead else _beyond(rows, [_turned(key) for key in order], asked.get("before", ""))
    )
    keys = [_turned(key) for key in order] if behind else order
    place = ahead or behind
    wanted = rows.filter(place) if place else rows
    found = list(wanted.order_by(*keys)[: size + 1])
    has_more = len(found) > size
    shown = found[:size]
    if behind:
        shown.reverse()
    has_previous = bool(shown) and (has_more if behind else ahead is not None)
    has_next = bool(shown) and (behind is not None or has_more)
    pager = Pager(
        first_url=_url(path, asked) if place else "",
        previous_url=_url(path, asked, before=_cursor(shown[0], order)) if has_previous else "",
        next_url=_url(path, asked, after=_cursor(shown[-1], order)) if has_next else "",
        shown=len(shown),
        sizes=[(one, _url(path, asked, size=str(one)), one == size) for one in SIZES],
    )
    return Page(shown, pager)


def _size(asked: QueryDict) -> int:
    return next((size for size in SIZES if str(size) == asked.get("size")), SIZES[0])


def _turned(key: str) -> str:
    return key[1:] if key.startswith("-") else f"-{key}"


def _beyond(rows: "QuerySet[Any, Any]", keys: Sequence[str], cursor: str) -> Q | None:
    """The condition "after the row of `cursor`", or None when there is none that makes sense."""
    try:
        values = orjson.loads(cursor)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(values, list) or len(values) != len(keys):
        return None
    if not all(isinstance(value, int | str) and "\x00" not in str(value) for value in values):
        return None
    condition = _after(list(zip(keys, values, strict=True)))
    try:
        rows.filter(condition)
    except (ValueError, TypeError, ValidationError):
        return None
    return condition


def _after(pairs: list[tuple[str, Any]]) -> Q:
    """Row comparison so written that an index on the first key serves: a >= x AND (a > x OR …)."""
    (key, value), rest = pairs[0], pairs[1:]
    name, side = (key[1:], "lt") if key.startswith("-") else (key, "gt")
    past = Q(**{f"{name}__{side}": value})
    return Q(**{f"{name}__{side}e": value}) & (past | _after(rest)) if rest else past


def _cursor(row: Any, order: Sequence[str]) -> str:
    values = [_value(row, key.removeprefix("-")) for key in order]
    return orjson.dumps(values).decode()


def _value(row: Any, path: str) -> Any:
    if isinstance(row, Mapping):
        value = row[path]
    else:
        value = row
        for name in path.split("__"):
            value = getattr(value, name)
    return value.isoformat() if isinstance(value, date) else value


def _url(path: str, asked: QueryDict, **changes: str) -> str:
    """This address with another place in the list; a new size begins at the first page."""
    query = asked.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    for name, value in changes.items():
        query[name] = value
    return f"{path}?{query.urlencode()}" if query else path or "."
