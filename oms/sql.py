"""Set-based statements: rows travel as one JSON text and come back as tuples."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

import orjson
from django.db import IntegrityError, connection


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot travel as JSON")


def rows_json(rows: Sequence[Any] | Mapping[str, Any]) -> str:
    """`rows` (dicts or dataclasses) as the text that `json_to_recordset` reads; decimals keep every digit."""
    return orjson.dumps(rows, default=_plain, option=orjson.OPT_PASSTHROUGH_DATETIME).decode()


def int_array(values: Iterable[int]) -> str:
    """Whole numbers as the text of a PostgreSQL array: cheaper on both sides than a list of parameters."""
    return "{" + ",".join(map(str, values)) + "}"


def query(statement: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
    """Run one statement and fetch all of its rows (none for a statement that returns nothing)."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall() if cursor.description else []


_NUMBER = count(1)
# The lasting plan is made at the first run: by indexes even where a table is still empty, because it
# will be used when the table is not. Holds for the transaction of that first run.
_FOR_ALL_SIZES = "SET LOCAL enable_seqscan = off; SET LOCAL plan_cache_mode = force_generic_plan; "
# What each open connection has prepared: its own name for every statement.
_prepared: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()


class Prepared:
    """A statement that each connection plans once; planning a large one costs more than running it.

    Placeholders are named, `types` gives the database type of each. Preparing travels with the first
    run, so a run is one round trip always. Needs connections that keep their session (no pooler
    that hands out another one per transaction).
    """

    def __init__(self, name: str, statement: str, **types: str) -> None:
        self.name = name
        places = {key: f"${place}" for place, key in enumerate(types, start=1)}
        self._body = (statement % places).replace("%", "%%")
        self._types = ", ".join(types.values())
        self._values = ", ".join(f"%({key})s" for key in types)

    def query(self, params: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Run it and fetch all of its rows."""
        with connection.cursor() as cursor:
            names = _prepared.setdefault(connection.connection, {})
            name, preparation = names.get(self.name), ""
            if name is None:
                # A new name for each try: a failed run does not tell whether PREPARE was done.
                name = f"{self.name}_{next(_NUMBER)}"
                preparation = f"{_FOR_ALL_SIZES}PREPARE {name} ({self._types}) AS {self._body}; "
            try:
                cursor.execute(f"{preparation}EXECUTE {name} ({self._values})", params)
            except IntegrityError:
                names[self.name] = name
                raise
            names[self.name] = name
            return cursor.fetchall() if cursor.description else []
