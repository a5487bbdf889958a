"""Automatic review: the active rules judge every waiting order of a chunk at once, in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from oms.sql import query
from orders.review.compile import CompiledRule, compile_rule
from orders.review.models import ReviewRule
from orders.states import OrderStatus
from orders.transition import Move, move, record

CHUNK = 1000

_CHUNK_OF_WAITING = """
SELECT id FROM orders_order
WHERE status = 'pending_review' AND reason_code = 'awaiting_review' AND id > %s
ORDER BY id LIMIT %s FOR NO KEY UPDATE SKIP LOCKED
"""

_LEAVE_TO_A_PERSON = "UPDATE orders_order SET reason_code = 'no_rule' WHERE id = ANY(%s)"


@dataclass(frozen=True, slots=True)
class Judged:
    approved: int
    held: int
    to_person: int
    last_id: int


def active_rules() -> list[CompiledRule]:
    rules = ReviewRule.objects.filter(is_active=True).prefetch_related("conditions").order_by("pk")
    return [compile_rule(rule, list(rule.conditions.all())) for rule in rules]


def judge_chunk(rules: list[CompiledRule], *, after_id: int, limit: int = CHUNK) -> Judged | None:
    """Judge the next waiting orders after `after_id`; None when there are none. One transaction.

    Hold beats approve; an order that no rule names waits for a person.
    """
    with transaction.atomic():
        waiting = [row[0] for row in query(_CHUNK_OF_WAITING, [after_id, limit])]
        if not waiting:
            return None
        moves, undecided = [], []
        for order_id, matched in _match(rules, waiting):
            decided = _decide(order_id, [rules[place] for place in matched])
            if decided:
                moves.append(decided)
            else:
                undecided.append(order_id)
        move(moves, actor=None, actor_name="rules")
        if undecided:
            query(_LEAVE_TO_A_PERSON, [undecided])
            record(undecided, kind="referred", actor=None, actor_name="rules")
    approved = sum(one.target == OrderStatus.APPROVED for one in moves)
    return Judged(approved, len(moves) - approved, len(undecided), waiting[-1])


def matched_sql(rules: Sequence[CompiledRule]) -> tuple[str, list[object]]:
    """The places (in `rules`) of the rules that apply to an order `o`, and the parameters of the expression."""
    cases = ", ".join(f"CASE WHEN {rule.sql} THEN {place} END" for place, rule in enumerate(rules))
    matched = f"array_remove(ARRAY[{cases}]::int[], NULL)" if rules else "ARRAY[]::int[]"
    return matched, [value for rule in rules for value in rule.params]


def _match(rules: list[CompiledRule], order_ids: list[int]) -> list[tuple[int, list[int]]]:
    """For each order the places (in `rules`) of the rules that apply to it."""
    matched, params = matched_sql(rules)
    rows = query(
        f"SELECT o.id, {matched} FROM orders_order o WHERE o.id = ANY(%s) ORDER BY o.id",
        [*params, order_ids],
    )
    return [(row[0], row[1]) for row in rows]


def verdict_on(rules: list[CompiledRule], order_id: int) -> Move | None:
    """What the rules say of this order as it stands now, whatever its status; None when they say nothing."""
    [(_order_id, matched)] = _match(rules, [order_id])
    return _decide(order_id, [rules[place] for place in matched])


def deciding(matched: Sequence[CompiledRule]) -> tuple[str, list[ReviewRule]]:
    """What the rules that apply come to, and those of them that decide: a hold beats an approval.

    ("", []) where no rule applies: a person decides.
    """
    hold = ReviewRule.Outcome.HOLD
    holding = [one.rule for one in matched if one.rule.outcome == hold]
    if holding:
        return hold, holding
    return (ReviewRule.Outcome.APPROVE, [one.rule for one in matched]) if matched else ("", [])


def _decide(order_id: int, matched: list[CompiledRule]) -> Move | None:
    outcome, rules = deciding(matched)
    if not rules:
        return None
    reason = "; ".join(rule.reason for rule in rules)
    data = {
        "rules": [{"id": rule.pk, "version": rule.version, "name": rule.name} for rule in rules]
    }
    if outcome == ReviewRule.Outcome.HOLD:
        return Move(order_id, OrderStatus.ON_HOLD, "held", reason, "held_by_rule", reason, data)
    return Move(order_id, OrderStatus.APPROVED, "approved", reason, "awaiting_stock", "", data)
