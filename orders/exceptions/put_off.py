"""Waiting on purpose: an exception leaves the list until a moment, or until its cause changes."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oms.errors import FieldError, InvalidInput
from oms.models import User
from oms.sql import int_array, query
from orders.transition import record

USUAL = timedelta(days=7)
LONGEST = timedelta(days=366)

_PUT_OFF = """
UPDATE orders_orderexception SET waiting_until = %s WHERE id = ANY(%s::bigint[]) AND closed_at IS NULL
RETURNING order_id
"""
_BRING_BACK = """
UPDATE orders_orderexception SET waiting_until = NULL
WHERE id = ANY(%s::bigint[]) AND closed_at IS NULL AND waiting_until IS NOT NULL RETURNING order_id
"""


def put_off(exception_ids: Sequence[int], *, until: datetime, actor: User) -> int:
    """Let open exceptions wait; gives how many. Raises InvalidInput for a moment that has passed or is far away."""
    now = timezone.now()
    if not now < until <= now + LONGEST:
        words = _("Choose a day from tomorrow on, within a year.")
        raise InvalidInput([FieldError("until", "out_of_range", words, until.isoformat())])
    with transaction.atomic():
        rows = query(_PUT_OFF, [until, int_array(exception_ids)])
        _tell(rows, "put_off", actor, {"until": until.isoformat()})
    return len(rows)


def bring_back(exception_ids: Sequence[int], *, actor: User) -> int:
    """End the waiting at once; gives how many waited."""
    with transaction.atomic():
        rows = query(_BRING_BACK, [int_array(exception_ids)])
        _tell(rows, "brought_back", actor, {})
    return len(rows)


def _tell(
    rows: Sequence[tuple[int | None, ...]], kind: str, actor: User, data: dict[str, str]
) -> None:
    orders = sorted({row[0] for row in rows if row[0] is not None})
    record(orders, kind=kind, actor=actor, data=data)
