"""Which exceptions there should be: every cause asked of a set of orders, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from oms.sql import int_array, query
from orders.exceptions.cause import Cause
from orders.exceptions.causes import ORDER_CAUSES

# What the conditions know of an order beside its own columns. Sums are made once for all of the orders.
_FACTS = """
facts AS MATERIALIZED (
  SELECT o.*, coalesce(p.paid, 0) AS paid, o.total_amount - coalesce(c.credited, 0) AS owed
  FROM orders_order o
  LEFT JOIN (
    SELECT order_id, sum(amount) AS paid FROM orders_payment
    WHERE status = 'received' AND order_id IN (SELECT id FROM chosen) GROUP BY 1
  ) p ON p.order_id = o.id
  LEFT JOIN (
    SELECT l.order_id, sum(r.amount) AS credited
    FROM orders_returnline r JOIN orders_orderline l ON l.id = r.order_line_id
    WHERE r.status = 'applied' AND l.order_id IN (SELECT id FROM chosen) GROUP BY 1
  ) c ON c.order_id = o.id
  WHERE o.id IN (SELECT id FROM chosen)
)"""
# In steps, so that nothing is computed twice: `t` first, then `x`, whose texts may read `t`.
_BRANCH = """
SELECT o.id AS order_id, '{name}' AS cause, x.since, x.since <= now() AS is_now, t.other, x.sign, t.data,
  {promise} AS promised_at
FROM facts o
CROSS JOIN LATERAL (SELECT {other} AS other, {data} AS data OFFSET 0) AS t
CROSS JOIN LATERAL (SELECT {since} AS since, coalesce({sign}, '') AS sign OFFSET 0) AS x
WHERE {condition} AND x.since IS NOT NULL"""


def _branch(cause: Cause, is_lean: bool) -> str:
    data = "NULL::jsonb" if is_lean else cause.data
    sign = "NULL" if is_lean and not cause.can_be_dismissed else cause.sign
    return _BRANCH.format(
        name=cause.name,
        promise="o.promised_at" if cause.is_promised else "NULL::timestamptz",
        other=cause.other,
        since=cause.since,
        sign=sign,
        data=data,
        condition=cause.condition,
    )


def detected_sql(chosen: str, *, is_lean: bool = False) -> str:
    """The beginning of a statement whose `detected` holds a row per exception of the orders that `chosen` selects.

    `is_lean`: which ones, without what is told of them.
    """
    branches = "\nUNION ALL".join(_branch(cause, is_lean) for cause in ORDER_CAUSES)
    return f"WITH chosen AS MATERIALIZED ({chosen}), {_FACTS}, detected AS ({branches})"


_DETECT = (
    detected_sql("SELECT unnest(%s::bigint[]) AS id")
    + " SELECT order_id, cause, since, is_now, other, sign, data, promised_at FROM detected"
)


@dataclass(frozen=True, slots=True)
class Detected:
    """An exception that is there now, or (`is_now` false) will be from `since` on if nothing happens."""

    order_id: int
    cause: str
    since: datetime
    is_now: bool
    other_id: int | None
    sign: str
    data: Any
    promised_at: datetime | None


def detect(order_ids: Sequence[int]) -> list[Detected]:
    return [Detected(*row) for row in query(_DETECT, [int_array(order_ids)])]
