"""The essentials of one order, for the panel beside the list; a few queries whatever its size."""

from dataclasses import dataclass, replace

from oms.models import User
from orders.desk.acts import Act, acts_on
from orders.desk.history import Happening, timeline
from orders.desk.methods import method_words
from orders.desk.paid import paid_state
from orders.models import Order, OrderLine, Payment
from orders.states import OrderStatus

LINES_SHOWN = 12
EVENTS_SHOWN = 3
PAYMENTS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Peek:
    """`more_lines` are not shown; `paid` and `payments` are empty for those who do not see money."""

    lines: list[OrderLine]
    more_lines: int
    events: list[Happening]
    paid: str
    payments: list[tuple[Payment, str]]
    acts: list[Act]


def peek_at(order: Order, user: User, *, back: str) -> Peek:
    """Of an order read `with_paid`; four queries at most. An act leads to `back`."""
    lines = list(order.lines.select_related("sku")[: LINES_SHOWN + 1])
    is_more = len(lines) > LINES_SHOWN
    sees_money = user.has_perm("orders.view_payment")
    payments = list(order.payments.order_by("pk")[:PAYMENTS_SHOWN]) if sees_money else []
    owed = order.total_amount - order.credited_amount  # type: ignore[attr-defined]
    is_owed = sees_money and order.status != OrderStatus.CANCELLED
    return Peek(
        lines=lines[:LINES_SHOWN],
        more_lines=order.lines.count() - LINES_SHOWN if is_more else 0,
        events=timeline(order.events.order_by("-pk")[:EVENTS_SHOWN]),
        paid=paid_state(owed, order.paid_amount) if is_owed else "",  # type: ignore[attr-defined]
        payments=[(one, method_words(one.method)) for one in payments],
        acts=[_quiet(act, back) for act in acts_on(order, user) if not act.why_not],
    )


def _quiet(act: Act, back: str) -> Act:
    """Without its key: in the list, keys act on what is ticked or on the row one stands on."""
    return replace(act, hotkey="", name=f"peek-{act.name}", fields={**act.fields, "next": back})
