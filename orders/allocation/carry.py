"""What an order held softly goes into its parcels when it is allocated: the pieces stay promised all along."""

from collections.abc import Sequence
from dataclasses import dataclass

from oms.sql import int_array, query
from orders.allocation.plan import Demand, Served

# Whether anybody holds anything is asked once: the orders are not gone through for nothing.
_HELD = """
SELECT l.order_id, s.warehouse_id, r.id FROM inventory_reservation r
JOIN orders_orderline l ON l.id = r.order_line_id JOIN inventory_stock s ON s.id = r.stock_id
WHERE l.order_id = ANY(%s::bigint[]) AND r.status = 'open' AND r.expires_at IS NOT NULL
  AND EXISTS (SELECT FROM inventory_reservation WHERE status = 'open' AND expires_at IS NOT NULL)
ORDER BY r.id
"""


@dataclass(frozen=True, slots=True)
class Held:
    """A soft hold, and where its pieces lie."""

    order_id: int
    warehouse_id: int
    reservation_id: int

    @property
    def parcel(self) -> tuple[int, int]:
        return self.order_id, self.warehouse_id


def going(demands: Sequence[Demand], served: Sequence[Served]) -> list[Held]:
    """The soft holds of those orders that get parcels now, whole or in part.

    One that lacks goods and leaves only complete keeps what it holds until that ends.
    """
    lacking = {one.order_id for one in served if one.missing}
    leaving = [
        one.order_id for one in demands if not (one.ship_complete and one.order_id in lacking)
    ]
    if not leaving:
        return []
    return [Held(*row) for row in query(_HELD, [int_array(leaving)])]
