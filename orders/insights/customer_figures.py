"""What the orders of one customer come to, in one statement; behind the customer page and the panel of an order.

It reads a bounded number of the newest orders, so that a customer with very many costs no more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings

from oms.models import User
from oms.sql import query
from orders.billing.due import due_sql
from orders.models.order import OrderQuerySet
from orders.states import OrderStatus

MOST_OPEN = 500  # of the orders that still owe, so many are summed
MOST_RETURNS = 2_000  # newest documents that are looked through for orders given back
_NOT_COUNTED = [OrderStatus.CANCELLED.value, OrderStatus.DRAFT.value]

_FIGURES = f"""
WITH mine AS MATERIALIZED ({{newest}}),
counted AS (SELECT * FROM mine WHERE status <> ALL(%s)),
owing AS (SELECT * FROM counted WHERE status <> 'completed' ORDER BY id DESC LIMIT {MOST_OPEN}),
due AS (SELECT currency, {due_sql("owing")} AS due FROM owing WHERE %s),
given_back AS (
  SELECT DISTINCT l.order_id
  FROM (SELECT id FROM orders_return WHERE customer_id = %s AND %s ORDER BY id DESC LIMIT {MOST_RETURNS}) r
  JOIN orders_returnline rl ON rl.document_id = r.id JOIN orders_orderline l ON l.id = rl.order_line_id)
SELECT
  (SELECT count(*) FROM mine),
  (SELECT count(*) FROM counted),
  (SELECT max(placed_at) FROM mine),
  (SELECT json_agg(json_build_array(currency, n, total::text) ORDER BY n DESC, currency)
     FROM (SELECT currency, count(*) AS n, sum(total_amount) AS total FROM counted GROUP BY 1) s),
  (SELECT json_agg(json_build_array(currency, n, total::text) ORDER BY n DESC, currency)
     FROM (SELECT currency, count(*) AS n, sum(due) AS total FROM due WHERE due > 0 GROUP BY 1) u),
  (SELECT count(*) FROM counted WHERE id IN (SELECT order_id FROM given_back)),
  (SELECT json_agg(json_build_array(month, n)) FROM (
     SELECT to_char(placed_at AT TIME ZONE %s, 'YYYY-MM') AS month, count(*) AS n
     FROM mine WHERE placed_at >= %s GROUP BY 1) m)
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
    `unpaid` and `returned` are empty for who may not see money or returns.
    """

    orders: int = 0
    counted: int = 0
    last_placed_at: datetime | None = None
    spent: Sequence[Sum] = ()
    unpaid: Sequence[Sum] = ()
    returned: int = 0
    months: dict[str, int] | None = None
    is_capped: bool = False

    @property
    def return_percent(self) -> int:
        return round(self.returned * 100 / self.counted) if self.counted else 0


def figures_of(
    customer_id: int, orders: OrderQuerySet, user: User, *, most: int, since: datetime
) -> Figures:
    """Of the newest `most` of the customer's `orders`; `months` count from `since` on."""
    columns = ("id", "status", "currency", "total_amount", "placed_at")
    newest = orders.filter(customer_id=customer_id).order_by("-id").values(*columns)[:most]
    sql, params = newest.query.sql_with_params()
    row = query(
        _FIGURES.format(newest=sql),
        [
            *params,
            _NOT_COUNTED,
            user.has_perm("orders.view_payment"),
            customer_id,
            user.has_perm("orders.view_return"),
            settings.TIME_ZONE,
            since,
        ],
    )[0]
    return Figures(
        orders=row[0],
        counted=row[1],
        last_placed_at=row[2],
        spent=_sums(row[3]),
        unpaid=_sums(row[4]),
        returned=row[5],
        months=dict(row[6] or []),
        is_capped=row[0] == most,
    )


def _sums(rows: list[Any] | None) -> list[Sum]:
    return [Sum(currency, orders, Decimal(amount)) for currency, orders, amount in rows or []]
