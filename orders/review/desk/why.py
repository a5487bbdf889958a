"""Why an order waits for a person: the rules that decided, or those that nearly did, and what they read of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from orders.desk.event_words import ACTORS
from orders.models import Order, OrderEvent
from orders.reasons import why
from orders.review.explain import explain_orders
from orders.review.reading import Reading, RuleReading
from orders.review.rules.book import current_book
from orders.review.rules.text import Outcome
from orders.review.then import rules_then

NEAREST = 3


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
    """By the versions that held it, with what they read then."""
    readings = rules_then(held, may_see_money=may_see_money)
    held_true = (one for rule in readings for one in rule.readings if one.holds)
    return Why(why(order).text, [one.words for one in readings], _marks(held_true))


def _nearly(order: Order, may_see_money: bool) -> list[RuleReading]:
    """The approving rules that missed it by the fewest conditions."""
    book = current_book()
    approving = book.of(
        rule
        for rule in book.rules
        if rule.text.outcome == Outcome.APPROVE and not rule.is_shadow and not rule.is_unreadable
    )
    read = explain_orders(approving, [order.pk], may_see_money=may_see_money)[order.pk]
    missed = [one for one in read.readings if one.missed]
    return sorted(missed, key=lambda one: one.distance)[:NEAREST]


def _missed(rules: Iterable[RuleReading]) -> list[Reading]:
    return [one for rule in rules for one in rule.missed]


def _missed_words(one: RuleReading) -> str:
    return _("%(rule)s would approve it, but: %(conditions)s") % {
        "rule": one.title,
        "conditions": one.missed_words,
    }


def _marks(readings: Iterable[Reading]) -> dict[str, str]:
    return {one.field: one.words for one in readings}
