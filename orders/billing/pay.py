from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oms.errors import Conflict, FieldError, InvalidInput, NotPossible
from oms.models import User
from oms.money import round_amount
from oms.sql import query
from oms.texts import check_text
from orders import nudge
from orders.billing.complete import complete_orders
from orders.billing.models import Payment
from orders.models.order import Order
from orders.review.judge_again import judge_again, judge_waiting_for_finance
from orders.review.limits import refuse_too_large_refund
from orders.transition import record

METHOD_LENGTH, REFERENCE_LENGTH = 40, 80


def record_payment(
    order_id: int, *, method: str, amount: Decimal, actor: User | None, reference: str = "",
    paid_at: datetime | None = None,
) -> Payment:  # fmt: skip
    """Book money received for an order (negative: given back). Rules look again at an order that waits for review.

    Raises InvalidInput for a bad amount or text, Conflict when this reference is already booked for
    the order, NotPossible when more would be given back than came in, or than the actor's limit.
    """
    method, reference = method.strip(), reference.strip()
    with transaction.atomic():
        order = Order.objects.select_for_update(no_key=True).get(pk=order_id)
        errors = _check(order, method, amount, reference)
        if errors:
            raise InvalidInput(errors)
        _refuse_too_much_back(order, amount, actor)
        try:
            with transaction.atomic():
                payment = Payment.objects.create(
                    order=order,
                    method=method,
                    amount=amount,
                    reference=reference,
                    paid_at=paid_at or timezone.now(),
                )
        except IntegrityError as error:
            raise Conflict(
                _("A payment with reference %s is already booked for this order.") % reference
            ) from error
        record([order_id], kind="paid", actor=actor, data={"amount": str(amount), "method": method})
        complete_orders([order_id], actor=actor)
        judge_again([order_id])
        judge_waiting_for_finance([order_id])
    nudge.after_commit()
    return payment


_LEFT_TO_GIVE_BACK = """
SELECT coalesce(sum(amount) FILTER (WHERE status = 'received' OR amount < 0), 0) FROM orders_payment
WHERE order_id = %s AND status <> 'failed'
"""


def _refuse_too_much_back(order: Order, amount: Decimal, actor: User | None) -> None:
    """The order is locked by the caller, so that two refunds cannot both find the money still there."""
    if amount >= 0:
        return
    left = query(_LEFT_TO_GIVE_BACK, [order.pk])[0][0]
    if -amount > left:
        raise NotPossible(
            _("Only %(left)s can be given back on order %(number)s.") % {"left": left, "number": order.number},
            code="refund_above_payments",
        )  # fmt: skip
    refuse_too_large_refund(-amount, order.currency, actor=actor)


def _check(order: Order, method: str, amount: Decimal, reference: str) -> list[FieldError]:
    errors = [
        *check_text("method", method, METHOD_LENGTH),
        *check_text("reference", reference, REFERENCE_LENGTH),
    ]
    if not method:
        errors.append(FieldError("method", "empty", _("Say how it was paid.")))
    if not amount.is_finite() or amount == 0 or abs(amount) >= Decimal(10) ** 13:
        errors.append(
            FieldError(
                "amount", "out_of_range", _("Give an amount other than zero."), str(amount)[:40]
            )
        )
    elif amount != round_amount(amount, order.currency):
        errors.append(
            FieldError("amount", "too_precise", _("Give the amount in whole coins of %s.") % order.currency,
                       str(amount))
        )  # fmt: skip
    return errors
