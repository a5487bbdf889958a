"""Forced approval: an order goes on against rules, limits and second reviews, for a reason that is kept and listed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oms.errors import FieldError, InvalidInput
from oms.models import User
from oms.sql import int_array, query
from orders import nudge
from orders.outcome import Outcome
from orders.review import second
from orders.review.decide import refusals
from orders.review.limits import FORCE, OVER_LIMIT, Roles, roles_for
from orders.review.standing import (
    BY_ANOTHER,
    IN_REVIEW,
    NO_RIGHT,
    Standing,
    Step,
    lock_orders,
    obstacles,
    standing_of,
)
from orders.states import OrderStatus
from orders.transition import Move, move

SHORTEST_REASON = 5
NOTHING_AGAINST = "nothing_against"


def force_approve_orders(order_ids: Sequence[int], *, actor: User, reason: str) -> Outcome:
    """Approve orders that stand in review or on hold, whatever is against it; the event keeps what was passed over.

    Refused for an order that nothing stands against: it is approved as usual. Raises InvalidInput without a reason.
    """
    reason = reason_for_force(reason, actor)
    outcome = Outcome()
    with transaction.atomic():
        lock_orders(order_ids)
        standing = {
            pk: one for pk, one in standing_of(order_ids).items() if one.status in IN_REVIEW
        }
        passed_over = passed_over_by(list(standing.values()), actor, roles_for(actor))
        outcome.refused, outcome.codes = _refused(standing, passed_over, actor)
        moves = [
            Move(
                pk,
                OrderStatus.APPROVED,
                "forced",
                reason,
                "awaiting_stock",
                data={"passed_over": found},
            )
            for pk, found in passed_over.items()
            if pk not in outcome.refused
        ]
        outcome.done = sorted(move(moves, actor=actor).moved)
        second.pass_over(outcome.done)
    left = [pk for pk in order_ids if pk not in standing]
    outcome.refused |= refusals(left, OrderStatus.APPROVED) if left else {}
    nudge.after_commit()
    return outcome


def reason_for_force(text: str, _actor: User) -> str:
    """The reason as it is kept. Raises InvalidInput for one that says nothing."""
    reason = text.strip()
    if len(reason) < SHORTEST_REASON:
        words = ngettext(
            "Say why in %d character or more: the reason is kept and listed. Nothing was changed.",
            "Say why in %d characters or more: the reason is kept and listed. Nothing was changed.",
            SHORTEST_REASON,
        )
        raise InvalidInput([FieldError("reason", "too_short", words % SHORTEST_REASON, reason)])
    return reason


def _refused(
    standing: dict[int, Standing], passed_over: dict[int, list[dict[str, Any]]], actor: User
) -> tuple[dict[int, str], dict[int, str]]:
    if not actor.has_perm(FORCE):
        words = _("The role of %s does not include this.") % actor.username
        return dict.fromkeys(standing, words), dict.fromkeys(standing, NO_RIGHT)
    words = _("Nothing stands against %s: approve it as usual.")
    free = {pk: words % one.number for pk, one in standing.items() if not passed_over[pk]}
    return free, dict.fromkeys(free, NOTHING_AGAINST)


_RULES_THAT_HELD = """
SELECT o.id, (e.data -> 'rules')::json FROM orders_order o
CROSS JOIN LATERAL (
  SELECT data FROM orders_orderevent WHERE order_id = o.id AND to_status = 'on_hold' ORDER BY id DESC LIMIT 1) e
WHERE o.id = ANY(%s::bigint[]) AND o.status = 'on_hold' AND o.reason_code = 'held_by_rule'
"""


def passed_over_by(
    standing: Sequence[Standing], actor: User, roles: Roles
) -> dict[int, list[dict[str, Any]]]:
    """By order what a forced approval of this person would go over: codes, and what `words_of` needs beside them."""
    by_rule = [one.order_id for one in standing if one.reason_code == "held_by_rule"]
    rules = dict(query(_RULES_THAT_HELD, [int_array(by_rule)])) if by_rule else {}
    return {one.order_id: _passed_over(one, rules, actor, roles) for one in standing}


def _passed_over(
    one: Standing, rules: dict[int, Any], actor: User, roles: Roles
) -> list[dict[str, Any]]:
    found = _of_status(one, rules.get(one.order_id) or [])
    if one.step != Step.ONLY:
        found.append({"code": "second_review", "rule": one.rule, "version": one.version})
    against = {obstacle.code: obstacle for obstacle in obstacles(one, actor, roles)}
    if BY_ANOTHER in against:
        found.append({"code": "by_oneself"})
    if OVER_LIMIT in against:
        percent = one.discount_percent
        figures = {"amount": str(one.total), "currency": one.currency}
        figures |= {} if percent is None else {"discount_percent": str(percent)}
        found.append({"code": OVER_LIMIT, **figures, **against[OVER_LIMIT].data})
    if one.is_blocked:
        found.append({"code": "blocked_customer"})
    return found


def _of_status(one: Standing, rules: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The hold, by rules or for another reason, and that the rules have not looked yet."""
    if one.reason_code == "awaiting_review":
        return [{"code": "not_judged"}]
    if one.status != OrderStatus.ON_HOLD:
        return []
    if rules:
        return [
            {"code": "held_by_rule", "rule": rule["name"], "version": rule["version"]}
            for rule in rules
        ]
    return [{"code": one.reason_code or "held_by_person", "reason": one.reason_detail}]
