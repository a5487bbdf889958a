"""What an approval or a forced approval of these orders by this person would come to, before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oms.models import User
from orders.models.order import Order
from orders.outcome import Outcome
from orders.review.decide import refuse_obstructed
from orders.review.force_approve import passed_over_by
from orders.review.limits import FINANCE, FORCE, REVIEW, Roles, roles_for
from orders.review.passed_over import words_of
from orders.review.standing import (
    IN_REVIEW,
    Obstacle,
    Standing,
    Step,
    obstacles,
    standing_of,
)
from orders.states import OrderStatus


@dataclass(slots=True)
class Outlook:
    """By order in words: why it would be refused, and what there is to know of one that would go."""

    refused: dict[int, str] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)


def of_approval(order_ids: Sequence[int], user: User) -> Outlook:
    """Two queries."""
    standing = _in_review(order_ids)
    outcome = Outcome()
    refuse_obstructed(standing, user, outcome)
    notes = {
        one.order_id: _("Goes on to finance: rule “%s”") % one.rule
        for one in standing
        if one.step in (Step.FIRST, Step.BACK) and one.order_id not in outcome.refused
    }
    return Outlook(outcome.refused, notes)


def after_approval(order_ids: Sequence[int]) -> str:
    """What was not said by "approved": how many of these wait for the second review. One query."""
    waiting = Order.objects.filter(pk__in=order_ids, status=OrderStatus.PENDING_REVIEW)
    count = waiting.filter(reason_code="finance_review").count()
    words = ngettext("%d of them waits for finance.", "%d of them wait for finance.", count)
    return words % count if count else ""


def of_force(order_ids: Sequence[int], user: User) -> Outlook:
    """Three queries."""
    standing = _in_review(order_ids)
    found = passed_over_by(standing, user, roles_for(user))
    words = _("Nothing stands against %s: approve it as usual.")
    return Outlook(
        {one.order_id: words % one.number for one in standing if not found[one.order_id]},
        {pk: _passes_over(found[pk]) for pk in found if found[pk]},
    )


def _in_review(order_ids: Sequence[int]) -> list[Standing]:
    return [one for one in standing_of(order_ids).values() if one.status in IN_REVIEW]


def _passes_over(found: Sequence[dict[str, object]]) -> str:
    return _("Passes over: %s") % "; ".join(words_of(found))


@dataclass(frozen=True, slots=True)
class Prospect:
    """Of one order: what keeps the reader from approving it, and what a forced approval of theirs would pass over."""

    obstacles: list[Obstacle] = field(default_factory=list)
    passes_over: list[str] = field(default_factory=list)
    goes_to_finance: bool = False

    @property
    def why_not(self) -> str:
        return self.obstacles[0].words if self.obstacles else ""

    @property
    def force_hint(self) -> str:
        return _("Passes over: %s") % "; ".join(self.passes_over) if self.passes_over else ""


def prospect_of(order_id: int, status: str, user: User) -> Prospect:
    """Two queries for who decides about orders (three with the right to force), none for others."""
    if status not in IN_REVIEW or not any(map(user.has_perm, (REVIEW, FINANCE, FORCE))):
        return Prospect()
    standing = standing_of([order_id])[order_id]
    roles = roles_for(user)
    return Prospect(
        obstacles(standing, user, roles),
        _forced_words(standing, user, roles),
        standing.step in (Step.FIRST, Step.BACK),
    )


def _forced_words(standing: Standing, user: User, roles: Roles) -> list[str]:
    if not user.has_perm(FORCE):
        return []
    return words_of(passed_over_by([standing], user, roles)[standing.order_id])
