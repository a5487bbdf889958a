"""What was decided before: on orders like this one, and what this customer's orders came to. One query each."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy

from oms.sql import query
from orders.billing.due import due_sql
from orders.desk.event_words import ACTORS, WORDS
from orders.models.order import Order, OrderQuerySet

SHOWN = 6
# So many newest orders of one customer, number or SKU are looked at.
_DEEP = 200
_NEAR_AMOUNT = Decimal("0.2")

# Each look into an index is fenced with a limit; only then are they put in order.
_SIMILAR = f"""
WITH candidate AS MATERIALIZED (
  (SELECT 1 AS how, id FROM orders_order WHERE customer_id = %(customer)s LIMIT {_DEEP})
  UNION ALL
  (SELECT 2, order_id FROM orders_ordersearch WHERE %(phone)s <> '' AND phone_tail = reverse(%(phone)s) LIMIT {_DEEP})
  UNION ALL
  (SELECT 3, o.id FROM (
     SELECT l.order_id FROM (
       SELECT DISTINCT sku_id FROM orders_orderline WHERE order_id = %(order)s AND sku_id IS NOT NULL
       ORDER BY sku_id LIMIT 3) mine
     CROSS JOIN LATERAL (
       SELECT order_id FROM orders_orderline WHERE sku_id = mine.sku_id AND order_id < %(order)s
       ORDER BY order_id DESC LIMIT 60) l) near
   JOIN orders_order o ON o.id = near.order_id
   WHERE o.currency = %(currency)s AND o.total_amount BETWEEN %(low)s AND %(high)s)
), one AS (
  SELECT id, min(how) AS how FROM candidate WHERE id <> %(order)s GROUP BY id
)
SELECT o.number, o.placed_at, o.total_amount, o.currency, o.status, one.how,
  e.kind, e.actor_name, e.created_at, e.reason
FROM one JOIN orders_order o ON o.id = one.id
CROSS JOIN LATERAL (
  SELECT kind, actor_name, created_at, reason FROM orders_orderevent
  WHERE order_id = o.id AND kind IN ('approved', 'released', 'forced', 'held', 'cancelled', 'taken_back')
  ORDER BY id DESC LIMIT 1) e
WHERE o.id IN ({{visible}})
ORDER BY one.how, o.id DESC LIMIT {SHOWN}
"""
_HOW = {
    1: gettext_lazy("same customer"),
    2: gettext_lazy("same phone"),
    3: gettext_lazy("same goods, like amount"),
}


@dataclass(frozen=True, slots=True)
class Similar:
    """An earlier order, what makes it like this one, and the last word on it."""

    number: str
    placed_at: datetime
    total: Decimal
    currency: str
    status: str
    how: str
    decision: str
    who: str
    at: datetime
    reason: str


def similar_to(order: Order, visible: OrderQuerySet) -> list[Similar]:
    """Orders of the same customer, then of the same telephone, then of the same goods for about as much."""
    sql, named = _named(visible)
    spread = abs(order.total_amount) * _NEAR_AMOUNT
    rows = query(
        _SIMILAR.format(visible=sql),
        named
        | {
            "order": order.pk,
            "customer": order.customer_id,
            "phone": order.ship_phone,
            "currency": order.currency,
            "low": order.total_amount - spread,
            "high": order.total_amount + spread,
        },
    )
    return [_similar(*row) for row in rows]


def _similar(
    number: str, placed_at: datetime, total: Decimal, currency: str, status: str, *last: Any
) -> Similar:
    how, kind, who, at, reason = last
    decision, name = str(WORDS[kind]), str(ACTORS.get(who, who))
    return Similar(
        number, placed_at, total, currency, status, str(_HOW[how]), decision, name, at, reason
    )


_HISTORY = f"""
WITH his AS MATERIALIZED (
  SELECT o.* FROM orders_order o WHERE o.customer_id = %(customer)s AND o.id <> %(order)s LIMIT {_DEEP}
)
SELECT count(*), count(*) FILTER (WHERE his.status = 'cancelled'),
  count(*) FILTER (WHERE EXISTS (
    SELECT FROM orders_orderline l JOIN orders_returnline r ON r.order_line_id = l.id WHERE l.order_id = his.id)),
  count(*) FILTER (
    WHERE his.status IN ('partially_shipped', 'shipped', 'delivered') AND {due_sql("his")} > 0)
FROM his WHERE his.id IN ({{visible}})
"""


@dataclass(frozen=True, slots=True)
class CustomerPast:
    """Counts over the customer's other orders; `is_cut` where there are more than were looked at."""

    orders: int
    cancelled: int
    returned: int
    unpaid: int

    @property
    def is_cut(self) -> bool:
        return self.orders >= _DEEP


def past_of(order: Order, visible: OrderQuerySet) -> CustomerPast:
    sql, named = _named(visible)
    values = named | {"order": order.pk, "customer": order.customer_id}
    return CustomerPast(*query(_HISTORY.format(visible=sql), values)[0])


def _named(visible: OrderQuerySet) -> tuple[str, dict[str, Any]]:
    """The ids of `visible` as a part of a statement whose parameters have names."""
    sql, params = visible.order_by().values("pk").query.sql_with_params()
    named = {f"visible{place}": value for place, value in enumerate(params)}
    return sql % tuple(f"%({name})s" for name in named), named
