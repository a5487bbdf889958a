"""What the rules say of an order, and why."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from integrations.api.answers import answer
from integrations.api.caller import caller_of
from integrations.api.orders import MAY_READ, the_order
from integrations.api.schema.explain import OrderRules
from oms.display import masked_phone
from orders.review.desk.explained import Decided, RuleRow, Told, explained_to
from orders.review.reading import Reading
from orders.review.rules.book import Rule
from orders.review.what_if import WhatIf

router = Router(tags=["orders"])


@router.get("/orders/{number}/rules", auth=MAY_READ, response=OrderRules)
def explain_order(request: HttpRequest, number: str) -> HttpResponse:
    """Which rules decided, which would decide now and why, and what would change that."""
    user = caller_of(request).user
    return answer(_shown(explained_to(the_order(user, number), user)))


def _shown(told: Told) -> dict[str, Any]:
    decision = told.now.decision
    return {
        "now": {
            "outcome": decision.outcome,
            "reason": decision.reason,
            "words": told.result,
            "rules": [_named(rule) for rule in decision.rules],
            "overruled": [_named(rule) for rule in decision.overruled],
        },
        "decided": [_decided(one) for one in told.decided],
        "rules": [_row(row) for row in told.rows],
        "ways": [_way(one) for one in told.ways],
    }


def _named(rule: Rule) -> dict[str, Any]:
    return {"id": rule.id, "name": rule.text.name, "version": rule.number}


def _decided(one: Decided) -> dict[str, Any]:
    return {
        "at": one.at,
        "kind": one.kind,
        "actor": one.who,
        "reason": one.reason,
        "rules": one.rules,
        "overruled": one.overruled,
        "seen": [{"label": label, "value": value} for label, value in one.seen],
    }


def _row(row: RuleRow) -> dict[str, Any]:
    text = row.reading.rule.text
    groups = [
        {"needs": group.needs, "conditions": [_condition(one) for one in group.readings]}
        for group in row.reading.all_groups
    ]
    return _named(row.reading.rule) | {
        "outcome": text.outcome,
        "part": row.part.name,
        "applies": row.reading.applies,
        "needs": text.needs,
        "groups": groups,
    }


def _condition(one: Reading) -> dict[str, Any]:
    return {
        "field": one.field,
        "operator": one.condition.operator,
        "wanted": one.condition.value,
        "value": _value(one),
        "holds": one.holds,
        "words": one.wish,
    }


def _value(one: Reading) -> str | None:
    """What was read, as far as the caller may see it; nobody calls a phone from here."""
    if one.is_hidden:
        return None
    return masked_phone(one.value) if one.asked.is_phone else one.value


def _way(one: WhatIf) -> dict[str, Any]:
    flips = [
        {"field": flip.reading.field, "holds": flip.holds, "words": flip.reading.wish}
        for flip in one.flips
    ]
    return {"outcome": one.decision.outcome, "words": one.words, "conditions": flips}
