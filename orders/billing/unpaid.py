"""Orders of channels whose customers pay before anything is sent: goods are kept for them for some minutes, and after
some hours without any money they are cancelled.

Both are settings of the channel; where they are empty (cash on delivery, credit) nothing of this happens. Unpaid is an
order that owes something and for which no money came in or is on its way. One that a person passed, held or sent to
finance is left to people.
"""

from collections import defaultdict

from django.db import transaction

from oms.sql import int_array, query
from orders.allocation.hold import hold_softly
from orders.billing.due import due_sql
from orders.fulfilment.free import free_goods
from orders.states import OrderStatus
from orders.transition import Move, move

_NO_MONEY = f"""{due_sql("o")} > 0 AND NOT EXISTS (
  SELECT FROM orders_payment p WHERE p.order_id = o.id AND p.amount > 0 AND p.status <> 'failed')"""
# Nobody but rules has looked at it.
_UNDECIDED = """(o.status = 'pending_review' AND o.reason_code <> 'finance_review'
  OR o.status = 'on_hold' AND o.reason_code = 'held_by_rule')"""

# The customer has so many minutes from the order on, and up to five more: orders that end together are held together.
# What was held once, and let go or expired, is not held again.
_TO_HOLD = f"""
SELECT date_bin('5 minutes', o.placed_at + make_interval(mins => c.hold_minutes + 5), 'epoch'), o.id
FROM oms_channel c JOIN orders_order o ON o.channel_id = c.id
WHERE c.hold_minutes > 0 AND {_UNDECIDED} AND {_NO_MONEY}
  AND o.placed_at > now() - make_interval(mins => (SELECT max(hold_minutes)::int FROM oms_channel))
  AND o.placed_at > now() - make_interval(mins => c.hold_minutes)
  AND NOT EXISTS (SELECT FROM orders_orderevent e WHERE e.order_id = o.id AND e.kind IN ('stock_held', 'let_go'))
ORDER BY 1, 2 LIMIT %(limit)s
"""
_TO_CANCEL = f"""
SELECT o.id, c.unpaid_hours FROM oms_channel c JOIN orders_order o ON o.channel_id = c.id
WHERE c.unpaid_hours > 0 AND o.status IN ('pending_review', 'on_hold') AND {_UNDECIDED} AND {_NO_MONEY}
  AND o.placed_at < now() - make_interval(hours => c.unpaid_hours) AND o.id > %(after)s
ORDER BY o.id LIMIT %(limit)s FOR NO KEY UPDATE OF o SKIP LOCKED
"""
# Asked again of the locked ones: money may have come between the look and the lock.
_STILL_UNPAID = f"SELECT o.id FROM orders_order o WHERE o.id = ANY(%s::bigint[]) AND {_NO_MONEY}"
_CHUNK = 500


def hold_unpaid() -> int:
    """Keep goods for the new orders that wait for their payment; says of how many. The rest is tried again later."""
    count = 0
    found = defaultdict(list)
    for until, order_id in query(_TO_HOLD, {"limit": _CHUNK}):
        found[until].append(order_id)
    for until, order_ids in found.items():
        count += len(hold_softly(order_ids, until=until, actor=None).done)
    return count


def cancel_unpaid() -> int:
    """Cancel the orders for which no money came in time; says how many. What they held is free again."""
    after, count = 0, 0
    while ids := _cancel_next(after):
        after, count = ids[-1], count + len(ids)
    return count


def _cancel_next(after: int) -> list[int]:
    with transaction.atomic():
        late = dict(query(_TO_CANCEL, {"after": after, "limit": _CHUNK}))
        unpaid = sorted(row[0] for row in query(_STILL_UNPAID, [int_array(late)])) if late else []
        moves = [
            Move(pk, OrderStatus.CANCELLED, "cancelled", reason_code="unpaid", reason_detail=str(late[pk]),
                 data={"unpaid_hours": late[pk]})
            for pk in unpaid
        ]  # fmt: skip
        free_goods(move(moves, actor=None).moved)
    return list(late)
