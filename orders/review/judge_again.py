from collections.abc import Sequence

from oms.sql import int_array, query
from orders.states import OrderStatus
from orders.transition import Move, move


def judge_again(order_ids: Sequence[int] | None = None) -> None:
    """Let the rules look once more at orders that they left to a person: something they ask about has changed.

    None means all of them (a rule changed).
    """
    query(
        "UPDATE orders_order SET reason_code = 'awaiting_review' WHERE id IN ("
        "SELECT id FROM orders_order WHERE status = 'pending_review' AND reason_code IN ('no_rule', 'rule_paused') "
        "AND (%s::bigint[] IS NULL OR id = ANY(%s)) ORDER BY id FOR NO KEY UPDATE)",
        [order_ids and list(order_ids), order_ids and list(order_ids)],
    )


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
