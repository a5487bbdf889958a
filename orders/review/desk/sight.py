"""Everything the review desk shows of one order, in a fixed number of queries."""

from dataclasses import dataclass

from django.db.models import F, OuterRef, QuerySet
from django.utils.safestring import SafeString
from django.utils.timezone import now

from inventory.models import Stock
from oms.models import User
from orders.desk.deadline import Deadline, deadline_of
from orders.desk.detail import total_of
from orders.desk.paid import paid_state
from orders.desk.priority import priority_tag
from orders.models import Order, OrderLine
from orders.models.order import OrderQuerySet
from orders.review.desk.claim import Holder, holders_among
from orders.review.desk.mates import mates_of
from orders.review.desk.past import CustomerPast, Similar, past_of, similar_to
from orders.review.desk.queue import FINANCE_REVIEW, stands
from orders.review.desk.why import Why, why_it_waits
from orders.review.limits import FINANCE, REVIEW
from orders.review.outlook import Prospect, prospect_of
from orders.states import OrderStatus

LINES_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Sight:
    """`past` is None without a customer, or for a reader who may not see customers; so is `paid` without the right."""

    order: Order
    lines: list[OrderLine]
    more_lines: int
    paid: str
    why: Why
    similar: list[Similar]
    past: CustomerPast | None
    mates: list[Order]
    holder: Holder | None
    prospect: Prospect
    may_hold: bool

    @property
    def stood(self) -> str:
        """What the form sends back, so that a decision on anything else is refused."""
        return stands(self.order)

    @property
    def is_held(self) -> bool:
        return self.order.status == OrderStatus.ON_HOLD

    @property
    def priority(self) -> SafeString:
        return priority_tag(self.order.priority)

    @property
    def deadline(self) -> Deadline | None:
        return deadline_of(self.order.status, self.order.promised_at, now())


def sight_of(order: Order, visible: OrderQuerySet, user: User) -> Sight:
    """`order` must be read `with_paid`."""
    may_see_money = user.has_perm("orders.view_payment")
    may_see_customer = user.has_perm("customers.view_customer")
    lines = list(_lines(order)[: LINES_SHOWN + 1])
    owed = order.total_amount - order.credited_amount  # type: ignore[attr-defined]
    return Sight(
        order=order,
        lines=lines[:LINES_SHOWN],
        more_lines=len(lines) > LINES_SHOWN,
        paid=paid_state(owed, order.paid_amount) if may_see_money else "",  # type: ignore[attr-defined]
        why=why_it_waits(order, may_see_money=may_see_money),
        similar=similar_to(order, visible),
        past=past_of(order, visible) if order.customer_id and may_see_customer else None,
        mates=mates_of(order, visible),
        holder=holders_among([order.pk], user).get(order.pk),
        prospect=prospect_of(order.pk, order.status, user),
        may_hold=user.has_perm(FINANCE if stands(order) == FINANCE_REVIEW else REVIEW),
    )


def _lines(order: Order) -> QuerySet[OrderLine]:
    """With the pieces that are free in all warehouses."""
    free = Stock.objects.filter(sku=OuterRef("sku"), warehouse__is_active=True).order_by()
    return order.lines.select_related("sku").annotate(
        available=total_of(free.values("sku"), F("available"))
    )
