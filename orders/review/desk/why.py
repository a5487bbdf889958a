"""Why an order waits for a person: the rules that decided, or those that nearly did, and what they read of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from oms.sql import query
from orders.desk.history import ACTORS
from orders.models import Order, OrderEvent
from orders.reasons import why
from orders.review.models import ReviewRule
from orders.review.reading import Reading, RuleReading, all_of, read_sql, readings_of

NEAREST = 3
_MONEY = frozenset({"unpaid"})


@dataclass(frozen=True, slots=True)
class Why:
    """`title` says it in a word, `reasons` in sentences; `marks` are the facts in question, by rule field."""

    title: str
    reasons: list[str] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)


def why_it_waits(order: Order, *, may_see_money: bool) -> Why:
    """Four queries: the last decision, the rules with their conditions, what these read."""
    last = order.events.exclude(to_status="").order_by("-pk").first()
    text = why(order).text
    if order.reason_code == "held_by_rule" and last:
        return _held_by_rules(order, last, may_see_money)
    if order.reason_code in ("held_by_person", "taken_back") and last:
        return Why(text, [_by_whom(last)])
    near = _nearly(order, may_see_money)
    return Why(text, [_missed_words(one) for one in near], _marks(_missed(near)))


def _by_whom(event: OrderEvent) -> str:
    name = str(ACTORS.get(event.actor_name, event.actor_name))
    return (
        _("%(name)s: “%(reason)s”") % {"name": name, "reason": event.reason}
        if event.reason
        else name
    )


def _held_by_rules(order: Order, held: OrderEvent, may_see_money: bool) -> Why:
    named = held.data.get("rules", [])
    rules = {
        rule.pk: rule
        for rule in ReviewRule.objects.filter(pk__in=[one["id"] for one in named]).prefetch_related(
            "conditions"
        )
    }
    same = [
        rules[one["id"]]
        for one in named
        if one["id"] in rules and rules[one["id"]].version == one["version"]
    ]
    readings = _read(order, same, may_see_money)
    reasons = [one.words for one in readings]
    unknown = [one["name"] for one in named if one["id"] not in {rule.pk for rule in same}]
    reasons += [_("Rule “%s”; it was changed or removed since.") % name for name in unknown]
    held_true = (one for rule in readings for one in rule.readings if one.holds)
    return Why(why(order).text, reasons, _marks(held_true))


def _nearly(order: Order, may_see_money: bool) -> list[RuleReading]:
    """The approving rules that missed it by the fewest conditions."""
    approving = ReviewRule.objects.filter(is_active=True, outcome=ReviewRule.Outcome.APPROVE)
    rules = list(approving.prefetch_related("conditions").order_by("pk"))
    missed = [one for one in _read(order, rules, may_see_money) if one.missed]
    return sorted(missed, key=lambda one: len(one.missed))[:NEAREST]


def _read(order: Order, rules: Sequence[ReviewRule], may_see_money: bool) -> list[RuleReading]:
    """What the conditions read now; the unpaid amount only for those who may see money."""
    if not rules:
        return []
    read, params = read_sql(rules)
    values = query(f"SELECT {read} FROM orders_order o WHERE o.id = %s", [*params, order.pk])[0][0]
    return readings_of(rules, values, hidden=frozenset() if may_see_money else _MONEY)


def _missed(rules: Iterable[RuleReading]) -> list[Reading]:
    return [one for rule in rules for one in rule.missed]


def _missed_words(one: RuleReading) -> str:
    return _("Rule “%(rule)s” would approve it, but: %(conditions)s") % {
        "rule": one.rule.name,
        "conditions": all_of(reading.words for reading in one.missed),
    }


def _marks(readings: Iterable[Reading]) -> dict[str, str]:
    return {one.field: one.words for one in readings}
