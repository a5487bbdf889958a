"""How many orders wait where, from the kept tallies; how many exceptions are to do, how many comments to read."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from oms.models import User
from oms.sql import query
from orders.review.limits import FINANCE, REVIEW
from orders.states import OrderStatus

Counts = Mapping[str, int]
MANY = 200_000
_UNREAD, _EXCEPTIONS, _FINANCE = "unread mentions", "exceptions", "finance"
_BROKEN = "broken"
MOST_COUNTED = 10_000

_COUNTS = """
SELECT status, sum(orders)::bigint FROM orders_ordertally
WHERE NOT EXISTS (SELECT FROM inventory_warehousestaff WHERE user_id = %(user)s) GROUP BY status
UNION ALL SELECT %(unread)s, count(*) FROM orders_mention WHERE user_id = %(user)s AND read_at IS NULL
UNION ALL SELECT %(exceptions)s, count(*) FROM (
  SELECT FROM orders_orderexception WHERE closed_at IS NULL AND waiting_until IS NULL
    AND NOT EXISTS (SELECT FROM inventory_warehousestaff WHERE user_id = %(user)s) LIMIT %(most)s) e
UNION ALL SELECT %(finance)s, count(*) FROM (
  SELECT FROM orders_order WHERE status = 'pending_review' AND reason_code = 'finance_review' LIMIT %(most)s) f
UNION ALL SELECT %(broken)s, count(*) FROM orders_truthstate WHERE broken > 0
"""


def status_counts(user: User) -> Counts:
    """Orders per status, exact as of now.

    Empty for somebody limited to some warehouses: the tallies know nothing of warehouses.
    """
    words = _counted(user)
    others = (_UNREAD, _EXCEPTIONS, _FINANCE, _BROKEN)
    return {word: count for word, count in words.items() if word not in others}


def finance_count(user: User) -> int:
    """Orders that wait for the second review; they are few, and counted off an index of their own."""
    return _counted(user).get(_FINANCE, 0)


def _counted(user: User) -> Counts:
    """One query a request, remembered on its `user`."""
    kept: Counts | None = getattr(user, "_status_counts", None)
    if kept is None:
        names = {"unread": _UNREAD, "exceptions": _EXCEPTIONS, "most": MOST_COUNTED}
        names |= {"finance": _FINANCE, "broken": _BROKEN}
        kept = dict(query(_COUNTS, {"user": user.pk, **names}))
        user._status_counts = kept  # type: ignore[attr-defined]
    return kept


def count_of(
    counts: Counts, statuses: Iterable[OrderStatus], *, is_exact: bool = False
) -> int | None:
    """Orders in any of `statuses` (in all, when none is given); None when that is not known.

    `is_exact`: no counts mean no orders.
    """
    if not counts and not is_exact:
        return None
    return sum(counts.get(status, 0) for status in list(statuses) or OrderStatus.values)


def many_words(count: int | None) -> str:
    """What stands for a number so large that its last digits tell nobody anything; "" for any other."""
    return _("200k+") if count is not None and count > MANY else ""


def navigation_counts(user: User) -> dict[str, int]:
    """What the shell shows beside its entries."""
    always = {
        "unread_mentions": _counted(user).get(_UNREAD, 0),
        "stock_broken": _counted(user).get(_BROKEN, 0),
    }
    counts = status_counts(user)
    if not counts:
        return always
    return always | {
        "pending_review": _to_decide(user, counts),
        "to_ship": counts.get(OrderStatus.ALLOCATED, 0),
        "exceptions": _counted(user).get(_EXCEPTIONS, 0),
    }


def _to_decide(user: User, counts: Counts) -> int:
    """What of the review queue this person decides: the second reviews are those of finance."""
    finance = finance_count(user)
    first = counts.get(OrderStatus.PENDING_REVIEW, 0) - finance if user.has_perm(REVIEW) else 0
    return first + (finance if user.has_perm(FINANCE) else 0)
