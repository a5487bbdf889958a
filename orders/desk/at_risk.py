"""Which open orders have missed the promise made to the customer, or are about to."""

from dataclasses import dataclass

from django.utils.timezone import now as time_now

from oms.sql import query
from orders.desk.deadline import SOON
from orders.desk.rows import Row, rows_of
from orders.models import Order
from orders.models.order import OrderQuerySet
from orders.states import WITH_DEADLINE

MOST_COUNTED = 1_000
SHOWN = 8


@dataclass(frozen=True, slots=True)
class AtRisk:
    """How many orders are late or soon will be, and the most urgent of them.

    `is_capped`: each status is counted to a thousand only.
    """

    late: int
    soon: int
    is_capped: bool
    first: list[Row]


def at_risk(orders: OrderQuerySet) -> AtRisk:
    """Those of `orders` that missed their promise or will within hours; two queries."""
    now = time_now()
    urgent = orders.filter(promised_at__lt=now + SOON).values("pk", "promised_at")
    # Each status by itself: that is how the index has them.
    parts = [
        urgent.filter(status=status).order_by("promised_at", "pk")[:MOST_COUNTED]
        for status in WITH_DEADLINE
    ]
    rows, params = parts[0].union(*parts[1:], all=True).query.sql_with_params()
    late, soon, ids = query(
        "SELECT count(*) FILTER (WHERE at <= %s), count(*) FILTER (WHERE at > %s), "
        f"(array_agg(id ORDER BY at, id))[:{SHOWN}] FROM ({rows}) AS urgent (id, at)",
        [now, now, *params],
    )[0]
    first = Order.objects.filter(pk__in=ids or []).order_by("promised_at", "pk")
    return AtRisk(late, soon, late + soon >= MOST_COUNTED, rows_of(first))
