"""What the workers do about exceptions: look at what was touched, at what fell due, bring back what was put off."""

from django.db import transaction

from oms.sql import query
from orders.exceptions.imports import refresh_imports
from orders.exceptions.models import ExceptionKind
from orders.exceptions.refresh import ALONE, CHUNK, refresh_exceptions

# Rows that are not committed yet are not seen, and found the next time: nothing is skipped by its number.
# (An array and not a join: after a burst the planner believes the table to be empty.)
_CLAIM_TOUCHED = """
DELETE FROM orders_ordertouched WHERE id = ANY(ARRAY(SELECT id FROM orders_ordertouched ORDER BY id LIMIT %s))
RETURNING order_id
"""
_CLAIM_DUE = """
DELETE FROM orders_exceptiontimer WHERE order_id = ANY(ARRAY(
  SELECT order_id FROM orders_exceptiontimer WHERE due_at <= now() ORDER BY due_at LIMIT %s))
RETURNING order_id
"""
_BRING_BACK = """
UPDATE orders_orderexception SET waiting_until = NULL
WHERE closed_at IS NULL AND waiting_until IS NOT NULL AND waiting_until <= now()
"""
# What waits for goods is looked at each minute: they come without a word to the order.
_WAIT_FOR_GOODS = """
INSERT INTO orders_ordertouched (order_id)
SELECT order_id FROM orders_orderexception
WHERE closed_at IS NULL AND waiting_until IS NOT NULL AND kind = %s
"""
_TOUCH_KIND = """
INSERT INTO orders_ordertouched (order_id)
SELECT order_id FROM orders_orderexception WHERE closed_at IS NULL AND order_id IS NOT NULL AND kind = %s
"""


def catch_up() -> None:
    """Look at every order to which something happened, or of which a moment has come."""
    for claim in (_CLAIM_TOUCHED, _CLAIM_DUE):
        while _look_at(claim):
            pass


def _look_at(claim: str) -> bool:
    """One chunk, in one transaction: when it fails the orders are still to be looked at."""
    with transaction.atomic():
        query(ALONE)
        ids = sorted({row[0] for row in query(claim, [CHUNK])})
        refresh_exceptions(ids)
    return bool(ids)


def sweep() -> None:
    """Each minute: also what no event tells of."""
    query(_BRING_BACK)
    query(_WAIT_FOR_GOODS, [ExceptionKind.SHORT])
    refresh_imports()
    catch_up()


def look_again(kind: str) -> None:
    """Who looks after the kind has changed: its open exceptions may get another owner."""
    query(_TOUCH_KIND, [kind])
