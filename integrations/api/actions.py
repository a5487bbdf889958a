"""Every verb that a screen offers on an order: POST /orders/{number}/actions/{verb}.

The order is found among those the caller may see and locked, the verb is called, and the order is
answered as it stands then. When a verb refuses, all of it is undone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from ninja import Router

from integrations.api.answers import answer
from integrations.api.caller import Needs, caller_of
from integrations.api.once import once
from integrations.api.orders import COLUMNS, locked_order, show_summary
from integrations.api.problems import invalid_input
from integrations.api.refusals import problem_of
from integrations.api.schema.actions import EditIn, HoursIn, MustSayWhy, PayIn, WhyIn
from integrations.api.schema.orders import OrderSummary
from oms.errors import FieldError, InvalidInput, NotPossible, Stale
from orders.allocation.hold import hold_softly, let_go
from orders.billing.pay import record_payment
from orders.desk.cancel import cancel_orders
from orders.desk.edit import edit_order
from orders.models import Order
from orders.outcome import require_all
from orders.review.decide import approve_orders, hold_orders, release_orders
from orders.review.force_approve import force_approve_orders
from orders.review.limits import FINANCE, FORCE, REVIEW

router = Router(tags=["orders"])
PATH = "/orders/{number}/actions"
SCOPE = "orders:write"
_REVIEW = Needs(SCOPE, REVIEW)
_APPROVE = Needs(SCOPE, REVIEW, or_permission=FINANCE)
_NO_REASON = WhyIn()
_ONE_DAY = HoursIn()


@contextmanager
def acting_on(request: HttpRequest, number: str) -> Iterator[Order]:
    """The order, locked. A NotPossible inside becomes a 409 that tells where the order stands."""
    order = locked_order(caller_of(request).user, number)
    try:
        yield order
    except NotPossible as refusal:
        problem = problem_of(refusal)
        problem.members = {"current": {"status": order.status, "version": order.version}}
        raise problem from refusal


def show(order: Order) -> HttpResponse:
    """The order's summary, fresh."""
    return answer(show_summary(Order.objects.values(*COLUMNS).get(pk=order.pk)))


@router.post(f"{PATH}/approve", auth=_APPROVE, response=OrderSummary)
@once
def approve(request: HttpRequest, number: str, payload: WhyIn = _NO_REASON) -> HttpResponse:
    """Let an order that waits for review pass to allocation; one that needs a second review then waits for finance.

    Refused with `second_review_required`, `second_review_by_another` or `over_limit` where this person may not.
    """
    actor = caller_of(request).user
    with acting_on(request, number) as order:
        require_all(approve_orders([order.pk], actor=actor, reason=payload.reason))
    return show(order)


@router.post(f"{PATH}/force_approve", auth=Needs(SCOPE, FORCE), response=OrderSummary)
@once
def force_approve(request: HttpRequest, number: str, payload: MustSayWhy) -> HttpResponse:
    """Approve an order against holds, limits and the second review; what was passed over is kept and listed."""
    actor = caller_of(request).user
    with acting_on(request, number) as order:
        require_all(force_approve_orders([order.pk], actor=actor, reason=payload.reason))
    return show(order)


@router.post(f"{PATH}/hold", auth=_REVIEW, response=OrderSummary)
@once
def hold(request: HttpRequest, number: str, payload: MustSayWhy) -> HttpResponse:
    """Stop an order, with the reason; what is reserved stays reserved."""
    actor = caller_of(request).user
    with acting_on(request, number) as order:
        require_all(hold_orders([order.pk], actor=actor, reason=payload.reason))
    return show(order)


@router.post(f"{PATH}/release", auth=_REVIEW, response=OrderSummary)
@once
def release(request: HttpRequest, number: str, payload: WhyIn = _NO_REASON) -> HttpResponse:
    """End the hold: the order goes on where it would stand without it."""
    actor = caller_of(request).user
    with acting_on(request, number) as order:
        require_all(release_orders([order.pk], actor=actor, reason=payload.reason))
    return show(order)


@router.post(f"{PATH}/keep_stock", auth=Needs(SCOPE, "orders.place_order"), response=OrderSummary)
@once
def keep_stock(request: HttpRequest, number: str, payload: HoursIn = _ONE_DAY) -> HttpResponse:
    """Reserve what is free for an order in review or on hold, for so many hours from now; again: to keep it longer."""
    actor, until = caller_of(request).user, now() + timedelta(hours=payload.hours)
    with acting_on(request, number) as order:
        require_all(hold_softly([order.pk], until=until, actor=actor))
    return show(order)


@router.post(f"{PATH}/let_stock_go", auth=Needs(SCOPE, "orders.place_order"), response=OrderSummary)
@once
def let_stock_go(request: HttpRequest, number: str) -> HttpResponse:
    """Give back what is reserved for a time."""
    actor = caller_of(request).user
    with acting_on(request, number) as order:
        require_all(let_go([order.pk], actor=actor))
    return show(order)


@router.post(f"{PATH}/cancel", auth=Needs(SCOPE, "orders.cancel_order"), response=OrderSummary)
@once
def cancel(request: HttpRequest, number: str, payload: MustSayWhy) -> HttpResponse:
    """Cancel an order of which nothing has left the house; reserved stock is free again."""
    actor = caller_of(request).user
    with acting_on(request, number) as order:
        require_all(cancel_orders([order.pk], actor=actor, reason=payload.reason))
    return show(order)


@router.post(f"{PATH}/edit", auth=Needs(SCOPE, "orders.place_order"), response=OrderSummary)
@once
def edit(request: HttpRequest, number: str, payload: EditIn) -> HttpResponse:
    """Change address or note of the order as it was at `version`; 409 shows both versions."""
    actor = caller_of(request).user
    with acting_on(request, number) as order, _spelled_as_sent():
        edit_order(order.pk, version=payload.version, changes=payload.changes(), actor=actor)
    return show(order)


@router.post(f"{PATH}/pay", auth=Needs(SCOPE, "orders.add_payment"), response=OrderSummary)
@once
def pay(request: HttpRequest, number: str, payload: PayIn) -> HttpResponse:
    """Book a payment. The same reference twice on one order is a conflict."""
    actor = caller_of(request).user
    with acting_on(request, number) as order:
        record_payment(
            order.pk,
            method=payload.method,
            amount=payload.amount,
            reference=payload.reference,
            paid_at=payload.paid_at,
            actor=actor,
        )
    return show(order)


@contextmanager
def _spelled_as_sent() -> Iterator[None]:
    """The order's own field names in refusals become those that were sent."""
    try:
        yield
    except InvalidInput as refusal:
        raise invalid_input(
            [
                FieldError(_sent(error.field), error.code, error.message, error.value)
                for error in refusal.errors
            ]
        ) from refusal
    except Stale as refusal:
        theirs, yours = _sent_keys(refusal.theirs), _sent_keys(refusal.yours)
        raise Stale(refusal.message, theirs=theirs, yours=yours) from refusal


def _sent(field: str) -> str:
    return f"ship_to.{field.removeprefix('ship_')}" if field.startswith("ship_") else field


def _sent_keys(values: dict[str, Any]) -> dict[str, Any]:
    return {_sent(name): value for name, value in values.items()}
