"""For which orders stock is reserved: answers `inventory.holders`."""

from collections.abc import Mapping, Sequence

from inventory.holders import Holder
from orders.models import OrderLine


def holders_of_lines(order_line_ids: Sequence[int]) -> Mapping[int, Holder]:
    """The order of each line. One query."""
    lines = OrderLine.objects.filter(pk__in=set(order_line_ids)).select_related("order")
    return {
        line.pk: Holder(
            label=line.order.number,
            url=line.order.get_absolute_url(),
            status=line.order.status,
            detail=line.order.customer_name,
        )
        for line in lines
    }
