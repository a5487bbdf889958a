"""How rules in force do: how often they decide, and whether people agree. Read of the newest thousand hits of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from oms.sql import int_array, query
from orders.review.rules.models import ReviewRule
from orders.review.rules.text import Outcome

DAYS = 30
MOST = 1000
MANY = 10
NEARLY_ALL = 0.95
DISAGREEMENTS = 10


@dataclass(frozen=True, slots=True)
class Health:
    """What came of the hits of a rule in 30 days (the newest 1,000 when `is_capped`).

    `overridden`: a person passed what it held or sent to finance, or stopped what it approved. `held_then_passed` are
    those of its holds; `median_hours` is how long the orders waited that a person passed. `is_stale`: in force for 30
    days, and no hit in them.
    """

    hits: int = 0
    decided: int = 0
    held: int = 0
    overridden: int = 0
    held_then_passed: int = 0
    median_hours: float | None = None
    last_hit: datetime | None = None
    is_stale: bool = False

    @property
    def is_capped(self) -> bool:
        return self.hits >= MOST

    @property
    def passed_share(self) -> float | None:
        """Of its holds, the share that a person let go."""
        return self.held_then_passed / self.held if self.held else None

    @property
    def is_always_overridden(self) -> bool:
        return self.decided >= MANY and self.overridden >= NEARLY_ALL * self.decided


_NEWEST = f"""
    SELECT h.id, h.order_id, h.role, h.judged_at, v.kept ->> 'outcome' AS outcome
    FROM orders_ruleversion v CROSS JOIN LATERAL (
      SELECT * FROM orders_rulehit h WHERE h.version_id = v.id ORDER BY h.id DESC LIMIT {MOST}) h
    WHERE v.rule_id = r.id ORDER BY h.id DESC LIMIT {MOST}"""
# An order judged twice counts once, as it was judged last. The first person to decide afterwards agrees or not.
_HEALTH = f"""
WITH hit AS (
  SELECT DISTINCT ON (r.id, n.order_id) r.id AS rule_id, n.*
  FROM unnest(%s::bigint[]) AS r(id) CROSS JOIN LATERAL ({_NEWEST}) n ORDER BY r.id, n.order_id, n.id DESC
), of_month AS (
  SELECT hit.*, p.to_status AS came, extract(epoch FROM p.created_at - hit.judged_at) / 3600 AS hours,
    hit.role = 'decided' AS is_decided
  FROM hit LEFT JOIN LATERAL (
    SELECT e.to_status, e.created_at FROM orders_orderevent e
    WHERE hit.role = 'decided' AND e.order_id = hit.order_id AND e.created_at >= hit.judged_at
      AND e.actor_id IS NOT NULL AND e.to_status IN ('approved', 'on_hold', 'cancelled') ORDER BY e.id LIMIT 1
  ) p ON true
  WHERE hit.judged_at >= now() - interval '{DAYS} days'
), judged AS (
  SELECT *, came = 'approved' AND outcome IN ('hold', 'second_review') AS is_passed,
    came IN ('on_hold', 'cancelled') AND outcome = 'approve' AS is_stopped FROM of_month
)
SELECT r.id, count(j.id), count(j.id) FILTER (WHERE is_decided),
  count(j.id) FILTER (WHERE is_decided AND outcome = 'hold'), count(j.id) FILTER (WHERE is_passed OR is_stopped),
  count(j.id) FILTER (WHERE is_passed AND outcome = 'hold'),
  round(percentile_cont(0.5) WITHIN GROUP (ORDER BY hours) FILTER (WHERE is_passed)::numeric, 2)::float8,
  (SELECT max(judged_at) FROM hit WHERE hit.rule_id = r.id),
  count(j.id) = 0 AND r.mode IN ('on', 'shadow') AND (
    SELECT max(c.created_at) FROM orders_rulechange c WHERE c.rule_id = r.id AND c.kind IN ('published', 'shadowed')
  ) < now() - interval '{DAYS} days'
FROM orders_reviewrule r LEFT JOIN judged j ON j.rule_id = r.id WHERE r.id = ANY(%s::bigint[]) GROUP BY r.id
"""


def health_of(rules: Sequence[ReviewRule]) -> dict[int, Health]:
    """By rule; one statement."""
    ids = int_array(rule.pk for rule in rules)
    return {rule_id: Health(*row) for rule_id, *row in query(_HEALTH, [ids, ids])}


@dataclass(frozen=True, slots=True)
class Disagreement:
    """An order that was decided (`then`, a status) otherwise than the rule would have; `by` names who did."""

    order_id: int
    number: str
    then: str
    by: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """In how many of the decisions `compared` people and the rules in force came to what the rule in the shadow wanted.

    Nothing is compared for a rule that neither passes nor stops orders.
    """

    agree: int = 0
    compared: int = 0
    disagreements: tuple[Disagreement, ...] = ()


_WANTED = {
    Outcome.APPROVE: ("approved",),
    Outcome.HOLD: ("on_hold", "cancelled"),
    Outcome.CANCEL: ("on_hold", "cancelled"),
}
# An order that waits for review again has no decision yet.
_SHADOW = f"""
WITH hit AS (
  SELECT DISTINCT order_id FROM (
    SELECT order_id FROM orders_rulehit WHERE version_id = %s AND role = 'shadow' ORDER BY id DESC LIMIT {MOST}) h
)
SELECT o.id, o.number, d.to_status, d.actor_name
FROM hit JOIN orders_order o ON o.id = hit.order_id AND o.status <> 'pending_review'
CROSS JOIN LATERAL (
  SELECT e.to_status, e.actor_name FROM orders_orderevent e
  WHERE e.order_id = o.id AND e.from_status IN ('pending_review', 'on_hold')
    AND e.to_status IN ('approved', 'on_hold', 'cancelled') ORDER BY e.id DESC LIMIT 1
) d ORDER BY o.id DESC
"""


def agreement_of(rule: ReviewRule) -> Agreement:
    """What was finally decided about the orders that the live version named while it was in the shadow."""
    live = rule.live
    wanted = _WANTED.get(Outcome(live.text.outcome)) if live else None
    if live is None or wanted is None:
        return Agreement()
    rows = query(_SHADOW, [live.pk])
    others = [row for row in rows if row[2] not in wanted]
    shown = tuple(Disagreement(*row) for row in others[:DISAGREEMENTS])
    return Agreement(len(rows) - len(others), len(rows), shown)
