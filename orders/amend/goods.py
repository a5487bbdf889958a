"""The goods of a changed order: what is too much in parcels is freed, what lacks is taken, and the status follows."""

from orders.allocation.again import serve_again
from orders.allocation.hold import hold_again
from orders.allocation.plan import Served
from orders.allocation.serve import walk_back
from orders.allocation.telling import Telling, Waits, say_why
from orders.amend.plan import Planned
from orders.amend.state import OrderState
from orders.billing.complete import complete_orders
from orders.fulfilment.progress import settle
from orders.states import OrderStatus
from orders.transition import move

S = OrderStatus
_SERVED = frozenset({S.BACKORDERED, S.ALLOCATED, S.IN_FULFILMENT, S.PARTIALLY_SHIPPED})
"""Orders whose status follows from their parcels."""


def move_goods(before: OrderState, planned: Planned) -> None:
    """Bring parcels and status in line with what the order now wants. The order is locked and already written."""
    was_short = any(line.lacking for line in before.lines.values())
    consent_counts = "ship_complete" in planned.head and was_short
    if planned.changes_goods and any(line.held for line in before.lines.values()):
        hold_again(before.pk)
    if not (planned.changes_goods or consent_counts) or not _is_served(before):
        return
    served = None
    if planned.has_surplus or planned.lacking:
        skus = {line.priced.sku_id for line in planned.lines if line.priced.sku_id}
        is_one_parcel = planned.ship_complete and not before.has_begun
        served = serve_again(before.pk, skus, ship_complete=is_one_parcel)
    if before.status != S.ON_HOLD:
        _follow(before, planned, served)


def _is_served(before: OrderState) -> bool:
    """Whether goods have been looked for; an order that was stopped or approved may already have parcels."""
    return (
        before.status in _SERVED
        or bool(before.parcels)
        and before.status in (S.ON_HOLD, S.APPROVED)
    )


def _follow(before: OrderState, planned: Planned, answer: tuple[Served, Telling] | None) -> None:
    order_id = before.pk
    missing, telling = answer if answer and answer[0].missing else (None, None)
    if before.status == S.ALLOCATED and missing and telling:
        walk_back([order_id])
        move([telling.short_move(missing)], actor=None, actor_name="allocation")
        return
    settle([order_id], actor=None, actor_name="allocation")
    if missing and telling:
        say_why([telling.waits(missing)])
    elif before.reason_code in ("short", "policy_forbids", "preorder"):
        say_why([Waits(order_id, "", "")])
    complete_orders([order_id], actor=None)
