"""The second review by finance: the only writer of `SecondReview`. The orders are locked by the caller."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from oms.models import User
from oms.sql import int_array, query, rows_json


@dataclass(frozen=True, slots=True)
class Asked:
    """That the second review of an order is wanted by a version of a rule.

    `passed_at` is set when the first step is done: by rules, or by the person `passed_by`.
    """

    order_id: int
    version_id: int
    passed_at: datetime | None = None
    passed_by: int | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """Who did the first step of a second review that was withdrawn, and when."""

    at: datetime
    by: int


_WITHDRAW = """
DELETE FROM orders_secondreview WHERE order_id = ANY(%s::bigint[]) AND decided_at IS NULL
RETURNING order_id, passed_at, passed_by_id
"""


def withdraw(order_ids: Sequence[int]) -> dict[int, Passed]:
    """Nobody wants a second review of these orders any more; which of them a person had passed already."""
    rows = query(_WITHDRAW, [int_array(order_ids)])
    return {pk: Passed(at, by) for pk, at, by in rows if at is not None and by is not None}


_ASK = """
INSERT INTO orders_secondreview (order_id, version_id, passed_at, passed_by_id)
SELECT order_id, version_id, passed_at, passed_by
FROM json_to_recordset(%s) AS w(order_id bigint, version_id bigint, passed_at timestamptz, passed_by bigint)
ORDER BY order_id
ON CONFLICT (order_id) DO UPDATE
SET version_id = excluded.version_id, passed_at = excluded.passed_at, passed_by_id = excluded.passed_by_id,
    asked_at = now(), decided_at = NULL, decided_by_id = NULL, passed_over_at = NULL
"""


def ask(wanted: Sequence[Asked]) -> None:
    """A second review of these orders is open, whatever was decided in an earlier one."""
    if wanted:
        query(_ASK, [rows_json(wanted)])


_OPEN = "order_id = ANY(%s::bigint[]) AND decided_at IS NULL AND passed_over_at IS NULL"
_PASS = f"""
UPDATE orders_secondreview SET passed_at = now(), passed_by_id = %s
WHERE {_OPEN} AND passed_at IS NULL
"""
_DECIDE = f"UPDATE orders_secondreview SET decided_at = now(), decided_by_id = %s WHERE {_OPEN}"
_PASS_OVER = f"UPDATE orders_secondreview SET passed_over_at = now() WHERE {_OPEN}"
_FORGET_FIRST = f"""
UPDATE orders_secondreview SET passed_at = NULL, passed_by_id = NULL
WHERE {_OPEN} AND passed_by_id IS NOT NULL AND passed_by_id = coalesce(%s, passed_by_id)
"""
_REOPEN = """
UPDATE orders_secondreview SET decided_at = NULL, decided_by_id = NULL, passed_over_at = NULL
WHERE order_id = ANY(%s::bigint[])
"""


def pass_first(order_ids: Collection[int], actor: User | None) -> None:
    """The first step is done."""
    query(_PASS, [actor.pk if actor else None, int_array(order_ids)])


def decide_second(order_ids: Collection[int], actor: User | None) -> None:
    query(_DECIDE, [actor.pk if actor else None, int_array(order_ids)])


def pass_over(order_ids: Collection[int]) -> None:
    """A forced approval went over what is open."""
    query(_PASS_OVER, [int_array(order_ids)])


def forget_first(order_ids: Collection[int], *, by: User | None = None) -> None:
    """What a person (`by`, or whoever it was) passed in the first step is to be passed again."""
    query(_FORGET_FIRST, [int_array(order_ids), by.pk if by else None])


def reopen(order_ids: Collection[int]) -> None:
    """The last word of finance, or the forced approval, does not stand any more."""
    query(_REOPEN, [int_array(order_ids)])
