from collections.abc import Sequence

from oms.sql import query


def judge_again(order_ids: Sequence[int] | None = None) -> None:
    """Let the rules look once more at orders that they left to a person: something they ask about has changed.

    None means all of them (a rule changed).
    """
    query(
        "UPDATE orders_order SET reason_code = 'awaiting_review' "
        "WHERE status = 'pending_review' AND reason_code = 'no_rule' AND (%s::bigint[] IS NULL OR id = ANY(%s))",
        [order_ids and list(order_ids), order_ids and list(order_ids)],
    )
