"""What the orders of one customer come to, in one statement; behind the customer page and the panel of an order.

It reads a bounded number of the newest orders, so that a customer with very many costs no more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from oms.models import User
from oms.sql import query
from orders.billing.due import due_sql
from orders.models.order import OrderQuerySet
from orders.states import OrderStatus

MOST_OPEN = 500  # of the orders that still owe, so many are summed
MOST_RETURNS = 2_000  # newest documents that are looked through for orders given back
_NOT_COUNTED = [OrderStatus.CANCELLED.value, OrderStatus.DRAFT.value]

# The orders are gone through once, for the sums by month; the other figures are sums of these.
_FIGURES = f"""
WITH mine AS MATERIALIZED ({{newest}}),
grouped AS MATERIALIZED (
  SELECT currency, status <> ALL(%s) AS counts, width_bucket(placed_at, %s::timestamptz[]) AS month,
    count(*) AS n, sum(total_amount) AS total, max(placed_at) AS last
  FROM mine GROUP BY 1, 2, 3),
owing AS MATERIALIZED (
  SELECT id, currency, total_amount FROM mine
  WHERE %s AND status <> 'completed' AND status <> ALL(%s) ORDER BY id DESC LIMIT {MOST_OPEN}),
due AS MATERIALIZED (SELECT currency, {due_sql("owing")} AS due FROM owing),
given_back AS (
  SELECT DISTINCT l.order_id
  FROM (SELECT id FROM orders_return WHERE customer_id = %s AND %s ORDER BY id DESC LIMIT {MOST_RETURNS}) r
  JOIN orders_returnline rl ON rl.document_id = r.id JOIN orders_orderline l ON l.id = rl.order_line_id)
SELECT
  (SELECT sum(n)::int FROM grouped),
  (SELECT sum(n)::int FROM grouped WHERE counts),
  (SELECT max(last) FROM grouped),
  (SELECT json_agg(json_build_array(currency, n, total::text) ORDER BY n DESC, currency)
     FROM (SELECT currency, sum(n) AS n, sum(total) AS total FROM grouped WHERE counts GROUP BY 1) s),
  (SELECT json_agg(json_build_array(currency, n, total::text) ORDER BY n DESC, currency)
     FROM (SELECT currency, count(*) AS n, sum(due) AS total FROM due WHERE due > 0 GROUP BY 1) u),
  (SELECT count(*) FROM mine WHERE id IN (SELECT order_id FROM given_back) AND status <> ALL(%s)),
  (SELECT json_object_agg(month, n) FROM (SELECT month, sum(n) AS n FROM grouped GROUP BY 1) m)
"""


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount in one currency, and of how many orders."""

    currency: str
    orders: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Figures:
    """`is_capped`: as many orders were read as may be; there can be older ones that are not in these figures.

    `counted` are without cancelled orders and drafts, `returned` those of them of which something came back;
    `unpaid` and `returned` are empty for who may not see money or returns; `months` are the numbers of orders in each.
    """

    orders: int = 0
    counted: int = 0
    last_placed_at: datetime | None = None
    spent: Sequence[Sum] = ()
    unpaid: Sequence[Sum] = ()
    returned: int = 0
    months: Sequence[int] = ()
    is_capped: bool = False

    @property
    def return_percent(self) -> int:
        return round(self.returned * 100 / self.counted) if self.counted else 0


def figures_of(
    customer_id: int,
    orders: OrderQuerySet,
    user: User,
    *,
    most: int,
    months: Sequence[datetime] = (),
) -> Figures:
    """Of the newest `most` of the customer's `orders`; `months` are the moments at which the months begin."""
    columns = ("id", "status", "currency", "total_amount", "placed_at")
    newest = orders.filter(customer_id=customer_id).order_by("-placed_at", "-id")
    newest = newest.values(*columns)[:most]
    sql, params = newest.query.sql_with_params()
    row = query(
        _FIGURES.format(newest=sql),
        [
            *params,
            _NOT_COUNTED,
            list(months),
            user.has_perm("orders.view_payment"),
            _NOT_COUNTED,
            customer_id,
            user.has_perm("orders.view_return"),
            _NOT_COUNTED,
        ],
    )[0]
    return Figures(
        orders=row[0] or 0,
        counted=row[1] or 0,
        last_placed_at=row[2],
        spent=_sums(row[3]),
        unpaid=_sums(row[4]),
        returned=row[5],
        months=[(row[6] or {}).get(str(nth), 0) for nth in range(1, len(months) + 1)],
        is_capped=row[0] == most,
    )


def _sums(rows: list[Any] | None) -> list[Sum]:
    return [Sum(currency, orders, Decimal(amount)) for currency, orders, amount in rows or []]
