"""Automatic review: the rules in force judge every waiting order of a chunk at once, in SQL."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.utils import timezone

from oms.sql import int_array, query, rows_json
from oms.uncollected import uncollected
from orders.review import second
from orders.review.marks import leave_marks
from orders.review.rules.book import Book, Rule, current_book, hold_book, matched_sql
from orders.review.rules.compile import Compiled
from orders.review.rules.deciding import TO_PERSON, Decision, decide
from orders.review.rules.facts import ORDERS_NOW, as_text, with_facts
from orders.review.rules.models import RuleHit
from orders.review.rules.text import Outcome
from orders.states import OrderStatus
from orders.transition import Alike, move_alike, record_seen

CHUNK = 1000
Role = RuleHit.Role

_CHUNK_OF_WAITING = """
SELECT id FROM orders_order
WHERE status = 'pending_review' AND reason_code = 'awaiting_review' AND id > %s
ORDER BY id LIMIT %s FOR NO KEY UPDATE SKIP LOCKED
"""


@dataclass(frozen=True, slots=True)
class Judged:
    approved: int
    held: int
    cancelled: int
    to_person: int
    last_id: int


@dataclass(slots=True)
class Group:
    """Orders that the same rules name, and what these read of each, as JSON."""

    decision: Decision
    order_ids: list[int] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)


def judge_chunk(*, after_id: int, limit: int = CHUNK) -> Judged | None:
    """Judge the next waiting orders after `after_id`; None when there are none. One transaction."""
    with uncollected(), transaction.atomic():
        hold_book()
        waiting = [row[0] for row in query(_CHUNK_OF_WAITING, [after_id, limit])]
        if not waiting:
            return None
        groups = judge(current_book(), waiting)
        counts = _carry_out(groups)
    return Judged(
        counts[Outcome.APPROVE],
        counts[Outcome.HOLD],
        counts[Outcome.CANCEL],
        counts[TO_PERSON] + counts[Outcome.SECOND_REVIEW],
        waiting[-1],
    )


def judge(book: Book, order_ids: Sequence[int]) -> list[Group]:
    """What the rules say of these orders now, whatever their status. One statement; nothing is written."""
    sql, params = judging_sql(book, ORDERS_NOW)
    groups: dict[tuple[int, ...], Group] = {}
    for order_id, places, seen in query(sql, [int_array(order_ids), *params]):
        matched = tuple(places)
        group = groups.get(matched)
        if group is None:
            group = groups[matched] = Group(decide([book.rules[place] for place in matched]))
        group.order_ids.append(order_id)
        group.seen.append(seen)
    return list(groups.values())


def judging_sql(book: Book, orders: str) -> Compiled:
    """Rows (id, places of the rules that apply, what these read as JSON), for the orders of `orders`."""
    names = set[str]().union(*(rule.fields for rule in book.rules))
    facts, fact_params = with_facts(orders, names, book.signals)
    matched, matched_params = matched_sql(book.rules)
    # Materialized: else the rules would be evaluated again for each fact that is written down.
    return (
        f"{facts}, judged AS MATERIALIZED (SELECT f.*, {matched} AS matched FROM f)\n"
        f"SELECT f.id, f.matched, {_seen_sql(book.rules)} FROM judged f ORDER BY f.id",
        [*fact_params, *matched_params],
    )


LONGEST_SEEN = 80


def _seen_sql(rules: Sequence[Rule]) -> str:
    """The facts read by the rules that apply; texts are cut."""
    readers = defaultdict[str, list[int]](list)
    for place, rule in enumerate(rules):
        for name in rule.fields:
            readers[name].append(place)
    parts = (
        f"'{name}', CASE WHEN f.matched && '{int_array(places)}'::int[] "
        f"THEN left({as_text(name)}, {LONGEST_SEEN}) END"
        for name, places in sorted(readers.items())
    )
    return f"json_strip_nulls(json_object(ARRAY[{', '.join(parts)}]::text[]))::text"


def _carry_out(groups: Sequence[Group]) -> dict[str, int]:
    """Move the orders, leave marks, and write down which rules applied. How many orders came to each outcome."""
    passed = second.withdraw([pk for group in groups for pk in group.order_ids])
    stand = [_first_review_stands(group, passed) for group in groups]
    counts = defaultdict[str, int](int)
    for group in groups:
        counts[group.decision.outcome] += len(group.order_ids)
    for one in filter(None, stand):
        counts[TO_PERSON] -= len(one.order_ids)
        counts[Outcome.APPROVE] += len(one.order_ids)
    moves = [move for move in (*map(move_of, groups), *stand) if move]
    leave_marks((group.decision.marks, group.order_ids) for group in groups)
    move_alike(moves, actor=None, actor_name="rules")
    for group in groups:
        _ask_second(group, passed)
        if group.decision.outcome in (TO_PERSON, Outcome.SECOND_REVIEW):
            _leave_to_people(group, passed)
    _write_hits(groups)
    return counts


def _first_review_stands(group: Group, passed: Mapping[int, second.Passed]) -> Alike | None:
    """Where a person had passed orders to finance and no rule wants that any more, the person's word is enough."""
    stands = [pk for pk in group.order_ids if pk in passed] if _is_of_nobody(group) else []
    data = {"step": "first_stands"}
    return (
        Alike(stands, OrderStatus.APPROVED, "approved", "", "awaiting_stock", data=data)
        if stands
        else None
    )


def _is_of_nobody(group: Group) -> bool:
    return group.decision.outcome == TO_PERSON and not (
        group.decision.rules or group.decision.second
    )


def _ask_second(group: Group, passed: Mapping[int, second.Passed]) -> None:
    """Write down who of the group needs finance once it passes; what a person passed before stays passed."""
    decision = group.decision
    if decision.second is None or decision.outcome == Outcome.CANCEL:
        return
    is_next = decision.outcome == Outcome.SECOND_REVIEW
    by_rules = timezone.now() if is_next and decision.is_passed else None
    version = decision.second.version_id
    asked = []
    for pk in group.order_ids:
        before = passed.get(pk) if is_next else None
        asked.append(
            second.Asked(pk, version, before.at, before.by)
            if before
            else second.Asked(pk, version, by_rules)
        )
    second.ask(asked)


def move_of(group: Group) -> Alike | None:
    """The way of a group's orders; None where people decide."""
    decision = group.decision
    reason, data = decision.reason, data_of(decision)
    ids, seen = group.order_ids, group.seen
    match decision.outcome:
        case Outcome.HOLD:
            return Alike(
                ids, OrderStatus.ON_HOLD, "held", reason, "held_by_rule", reason, data, seen
            )
        case Outcome.APPROVE:
            return Alike(
                ids, OrderStatus.APPROVED, "approved", reason, "awaiting_stock", "", data, seen
            )
        case Outcome.CANCEL:
            return Alike(
                ids, OrderStatus.CANCELLED, "cancelled", reason, "cancelled", reason, data, seen
            )
    return None


def data_of(decision: Decision) -> dict[str, object]:
    """What an event says of the rules: those that decided, with their versions, and those they overruled."""
    data: dict[str, object] = {"rules": [_named(rule) for rule in decision.rules]}
    if decision.overruled:
        data["overruled"] = [_named(rule) for rule in decision.overruled]
    return data


def _named(rule: Rule) -> dict[str, object]:
    return {"id": rule.id, "version": rule.number, "name": rule.text.name}


_LEAVE = """
UPDATE orders_order SET reason_code = %s, reason_detail = left(%s, 300) WHERE id = ANY(%s::bigint[])
"""


def _leave_to_people(group: Group, passed: Mapping[int, second.Passed]) -> None:
    decision = group.decision
    code, detail, kind = "no_rule", "", "referred"
    ids = [pk for pk in group.order_ids if not (_is_of_nobody(group) and pk in passed)]
    ready = list[int]()
    if decision.outcome == Outcome.SECOND_REVIEW:
        kind = "second_review_asked"
        ready = [pk for pk in ids if decision.is_passed or pk in passed]
        query(_LEAVE, ["finance_review", decision.reason, int_array(ready)])
    elif decision.rules:
        code, detail = "rule_paused", decision.rules[0].text.name
    query(_LEAVE, [code, detail, int_array(pk for pk in ids if pk not in set(ready))])
    told = Alike(ids, OrderStatus.PENDING_REVIEW, kind, decision.reason)
    if decision.rules:
        seen = dict(zip(group.order_ids, group.seen, strict=True))
        told = replace(told, data=data_of(decision), seen=[seen[pk] for pk in ids])
    record_seen(told, actor_name="rules")


_HITS = """
INSERT INTO orders_rulehit (order_id, version_id, role)
SELECT o.id, v.id, g.role
FROM json_to_recordset(%s) AS g(version_id bigint, role text, order_ids bigint[])
JOIN orders_ruleversion v ON v.id = g.version_id, unnest(g.order_ids) AS o(id)
"""


def _write_hits(groups: Sequence[Group]) -> None:
    rows = [
        {"version_id": rule.version_id, "role": role, "order_ids": group.order_ids}
        for group in groups
        for role, rules in (
            (Role.DECIDED, group.decision.rules),
            (Role.OVERRULED, group.decision.overruled),
            (Role.SHADOW, group.decision.shadow),
        )
        for rule in rules
    ]
    if rows:
        query(_HITS, [rows_json(rows)])
