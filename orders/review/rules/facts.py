"""What rules read of orders, as one table `f`: a row per order, a column per field. Pure: nothing is read here."""

from collections.abc import Collection, Iterable, Sequence

from orders.review.rules.compile import Compiled
from orders.review.rules.fields import FIELDS, RISK
from orders.review.rules.fields.field import RuleField, Source
from orders.review.rules.operators import Kind
from orders.review.rules.signals import Signal, fields_of_signals, risk_sql

ORDERS_NOW = "SELECT o.*, statement_timestamp() AS asked_at FROM orders_order o WHERE o.id = ANY(%s::bigint[])"
"""The orders of these ids, as one asks at this moment."""


def with_facts(
    orders: str, names: Collection[str], signals: Sequence[Signal] = (), *, more: str = ""
) -> Compiled:
    """The WITH of a statement in which `f` has `id`, the fields of `names`, and the columns `more` ("o.x AS y, ").

    `orders` selects the rows of `orders_order` with `asked_at`; its parameters come before those given back. A field is
    read once per order, whatever the number of rules.
    """
    wanted = set(names) - {RISK.name}
    has_risk = RISK.name in names
    if has_risk:
        wanted |= fields_of_signals(signals)
    fields = [FIELDS[name] for name in sorted(wanted)]
    shared = _shared(fields)
    # Wide rows are copied only where other statements read the orders too.
    beside, source = "", f"(\n  {orders}\n) o"
    if shared:
        beside, source = f"o AS MATERIALIZED (\n  {orders}\n){shared}, ", "o"
    facts = f"WITH {beside}facts AS MATERIALIZED (\n"
    columns = "".join(f", {one.sql} AS {one.name}" for one in fields)
    joins = "".join(
        f"\n  CROSS JOIN LATERAL (\n    {one.sql}\n  ) {one.name}" for one in _sources(fields)
    )
    facts += f"  SELECT {more}o.id{columns}\n  FROM {source}{joins}\n)"
    if not has_risk:
        return f"{facts}, f AS (SELECT * FROM facts)", []
    risk, params = risk_sql(signals)
    return f"{facts}, f AS MATERIALIZED (SELECT f.*, {risk} AS {RISK.name} FROM facts f)", params


def as_text(name: str) -> str:
    """A fact of the row `f` as the text that events keep and people read; a list with ", " between its words."""
    column = f"f.{name}"
    return (
        f"array_to_string({column}, ', ')" if FIELDS[name].kind == Kind.LIST else f"{column}::text"
    )


def _shared(fields: Iterable[RuleField]) -> str:
    """The statements made once for all orders."""
    beside = {name: sql for source in _sources(fields) for name, sql in source.beside}
    return "".join(f", {name} AS MATERIALIZED (\n  {sql}\n)" for name, sql in beside.items())


def _sources(fields: Iterable[RuleField]) -> list[Source]:
    """Those of the fields, each once."""
    return list(dict.fromkeys(source for one in fields for source in one.sources))
