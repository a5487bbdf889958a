"""What a customer ordered: answers `customers.history`."""

from django.db.models import Count, Exists, Max, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from customers.history import History, PastOrder, PastReturn, Spent
from oms.models import User
from orders.models import Order, Return, ReturnLine
from orders.models.order import OrderQuerySet
from orders.states import OrderStatus

SHOWN_ORDERS, SHOWN_RETURNS = 20, 20
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
    history.returns = _returns(customer_id, orders, user)
    return history


def _returns(customer_id: int, orders: OrderQuerySet, user: User) -> list[PastReturn]:
    """The newest documents; who sees only some of the orders sees only what is linked to those."""
    if not user.has_perm("orders.view_return"):
        return []
    is_limited = Exists(user.warehouse_limits.all())
    linked = ReturnLine.objects.filter(document=OuterRef("pk"), order_line__order__in=orders)
    documents = Return.objects.filter(~is_limited | Exists(linked), customer_id=customer_id)
    summed = documents.annotate(
        pieces=Coalesce(Sum("lines__quantity"), 0),
        waiting=Count("lines", filter=Q(lines__status="waiting")),
    )
    return [
        PastReturn(
            number=one.external_no,
            happened_at=one.happened_at,
            pieces=one.pieces,
            amount=one.amount,
            currency=one.currency,
            is_waiting=one.waiting > 0,
        )
        for one in summed.order_by("-happened_at", "-pk")[:SHOWN_RETURNS]
    ]
