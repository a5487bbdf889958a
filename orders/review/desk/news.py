"""What became of the orders somebody has before them: who looks at them now, and who decided them meanwhile."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from oms.models import User
from oms.sql import query
from orders.desk.event_words import ACTORS
from orders.models.order import OrderQuerySet
from orders.review.desk.claim import holders_among
from orders.review.desk.queue import Place

MOST = 400

_GONE = """
SELECT o.number, e.actor_name FROM orders_order o
CROSS JOIN LATERAL (
  SELECT actor_name FROM orders_orderevent
  WHERE order_id = o.id AND (to_status <> '' OR kind IN ('first_approved', 'second_review_asked'))
  ORDER BY id DESC LIMIT 1) e
WHERE o.id = ANY(%s) AND (o.status <> %s OR (o.reason_code = 'finance_review') <> %s)
"""


@dataclass(frozen=True, slots=True)
class News:
    """By number of the order: who else looks at it, and who decided those that left the queue."""

    looked_at: dict[str, str]
    gone: dict[str, str]

    def as_dict(self) -> dict[str, dict[str, str]]:
        return asdict(self)


def news_of(numbers: Sequence[str], place: Place, visible: OrderQuerySet, user: User) -> News:
    """Of those orders with these numbers that the reader may see. Three queries."""
    shown = dict(visible.filter(number__in=numbers[:MOST]).values_list("pk", "number"))
    holders = holders_among(shown, user)
    gone = query(_GONE, [list(shown), place.status, place.tab == "finance"])
    return News(
        {shown[pk]: holder.name for pk, holder in holders.items()},
        {number: str(ACTORS.get(name, name)) for number, name in gone},
    )
