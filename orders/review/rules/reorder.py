"""The order of rules: the first of two gives the owner and the priority, and is named first."""

from django.db import transaction

from oms.models import User
from orders.review.rules.force import note_change
from orders.review.rules.models import ReviewRule, RuleChange

STEP = 10


def place_rule(rule_id: int, place: int, *, actor: User | None) -> None:
    """Make the rule the `place`-th (from 1) of those that are not retired; a place beyond the end is the last."""
    with transaction.atomic():
        rules = list(
            ReviewRule.objects.select_for_update(no_key=True)
            .exclude(mode=ReviewRule.Mode.RETIRED)
            .order_by("pk")
        )
        rules.sort(key=lambda one: (one.position, one.pk))
        moved = next((one for one in rules if one.pk == rule_id), None)
        if moved is None:
            return
        was = rules.index(moved)
        rules.remove(moved)
        rules.insert(max(0, min(place - 1, len(rules))), moved)
        now = rules.index(moved)
        if now == was:
            return
        for at, rule in enumerate(rules, start=1):
            rule.position = at * STEP
        ReviewRule.objects.bulk_update(rules, ["position"])
        note = f"{was + 1} → {now + 1}"
        note_change(RuleChange.Kind.MOVED, moved, moved.live, actor=actor, note=note)
