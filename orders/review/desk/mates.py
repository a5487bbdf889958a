"""Open orders that could leave together: to the same recipient, telephone number and address."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.expressions import RawSQL

from orders.models.order import Order, OrderQuerySet

# Of nobody are more orders looked at; a number that so many share is no person's.
_MOST = 500
MOST_SHOWN = 20
_OPEN = "('pending_review', 'on_hold', 'approved', 'backordered', 'allocated', 'in_fulfilment')"
_PLACE = (
    "ship_phone",
    "ship_name",
    "ship_country",
    "ship_province",
    "ship_city",
    "ship_district",
    "ship_street",
)


def mates_sql(me: str) -> str:
    """Ids of the open orders that go where the open order `me` (a table or alias in reach) goes."""
    same = " AND ".join(f"m.{name} = {me}.{name}" for name in _PLACE)
    return f"""
SELECT m.id FROM (
  SELECT s.order_id FROM orders_ordersearch s WHERE s.phone_tail = reverse({me}.ship_phone) LIMIT {_MOST}
) s JOIN orders_order m ON m.id = s.order_id
WHERE {same} AND {me}.ship_phone <> '' AND {me}.ship_street <> '' AND m.id <> {me}.id
  AND m.status IN {_OPEN} AND {me}.status IN {_OPEN}"""


_OF_ROW = mates_sql(Order._meta.db_table)
_OF_ORDER = (
    "SELECT mate.id FROM orders_order me "
    f"CROSS JOIN LATERAL ({mates_sql('me')}) mate WHERE me.id = %s"
)


def with_mates(orders: OrderQuerySet, visible: OrderQuerySet) -> OrderQuerySet:
    """`orders`, each with `mates`: ids of those of `visible` that could leave with it. No query of its own."""
    mates = visible.filter(pk__in=RawSQL(_OF_ROW, ())).values("pk")  # noqa: S611 - our own text
    return orders.annotate(mates=ArraySubquery(mates[:MOST_SHOWN]))


def mates_of(order: Order, visible: OrderQuerySet) -> list[Order]:
    """Those of `visible` that could leave with `order`, newest first. One query."""
    found = visible.filter(pk__in=RawSQL(_OF_ORDER, (order.pk,)))
    return list(found.order_by("-pk")[:MOST_SHOWN])
