from collections.abc import Sequence

from oms.sql import int_array, query
from orders.states import OrderStatus
from orders.transition import Move, move


def judge_again(order_ids: Sequence[int] | None = None) -> None:
    """Let the rules look once more at orders that they left to a person: something they ask about has changed.

    None means all of them (a rule changed).
    """
    _ask(("no_rule", "rule_paused"), order_ids)


def judge_waiting_for_finance(order_ids: Sequence[int] | None = None) -> None:
    """The same for orders that wait for the second review; who passed them first is remembered (see `judge`)."""
    _ask(("finance_review",), order_ids)


# In the order in which everybody locks orders.
_ASK = """
UPDATE orders_order SET reason_code = 'awaiting_review' WHERE id IN (
  SELECT id FROM orders_order WHERE status = 'pending_review' AND reason_code = ANY(%s)
    AND (%s::bigint[] IS NULL OR id = ANY(%s::bigint[])) ORDER BY id FOR NO KEY UPDATE)
"""


def _ask(reasons: Sequence[str], order_ids: Sequence[int] | None) -> None:
    ids = None if order_ids is None else int_array(order_ids)
    query(_ASK, [list(reasons), ids, ids])


_HELD = """
SELECT o.id FROM orders_order o
WHERE o.id = ANY(%s::bigint[]) AND o.status = 'on_hold' AND o.reason_code = 'held_by_rule' ORDER BY o.id
"""


def reconsider_held(order_ids: Sequence[int]) -> None:
    """Give orders that a rule holds back to the rules: what it complained about has been changed.

    They hold it again, let it go, or leave it to a person. What a person holds stays held.
    """
    held = [row[0] for row in query(_HELD, [int_array(order_ids)])]
    again = OrderStatus.PENDING_REVIEW
    moves = [Move(pk, again, "rules_asked", reason_code="awaiting_review") for pk in held]
    move(moves, actor=None, actor_name="rules")
