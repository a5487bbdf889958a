"""What a customer ordered: answers `customers.history`."""

from django.db.models import Count, Max, Q, Sum

from customers.history import History, PastOrder, Spent
from oms.models import User
from orders.models import Order
from orders.states import OrderStatus

SHOWN_ORDERS = 20
_COUNTS = ~Q(status__in=[OrderStatus.CANCELLED, OrderStatus.DRAFT])


def history_of_customer(customer_id: int, user: User) -> History:
    """Sums by currency (without cancelled orders and drafts) and the newest orders."""
    orders = Order.objects.visible_to(user).filter(customer_id=customer_id)
    sums = orders.values("currency").annotate(
        all_orders=Count("pk"),
        orders=Count("pk", filter=_COUNTS),
        amount=Sum("total_amount", filter=_COUNTS),
        last=Max("placed_at"),
    )
    history = History()
    for row in sums.order_by("-orders", "currency"):
        history.order_count += row["all_orders"]
        if history.last_placed_at is None or row["last"] > history.last_placed_at:
            history.last_placed_at = row["last"]
        if row["orders"]:
            history.spent.append(Spent(row["currency"], row["orders"], row["amount"]))
    newest = orders.select_related("channel").order_by("-placed_at", "-id")[:SHOWN_ORDERS]
    history.orders = [
        PastOrder(
            number=order.number,
            url=order.get_absolute_url(),
            placed_at=order.placed_at,
            channel=order.channel.name,
            status=order.status,
            total=order.total_amount,
            currency=order.currency,
        )
        for order in newest
    ]
    return history
