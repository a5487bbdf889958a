"""A new rule from a template: in the shadow, where it judges nothing yet."""

from dataclasses import replace
from itertools import count

from django.db import transaction

from oms.models import User
from orders.review.rules.models import ReviewRule
from orders.review.rules.publish import put_in_shadow
from orders.review.rules.save import LONGEST_NAME, new_rule
from orders.review.rules.templates import Template
from orders.review.rules.text import RuleText


def start_from(template: Template, *, actor: User) -> ReviewRule:
    """Its name gets a number when it is taken. Raises InvalidInput when somebody takes it in this very moment."""
    with transaction.atomic():
        rule = new_rule(_named_freely(template.text(person=actor.pk)), actor=actor)
        put_in_shadow(rule.newest.pk, actor=actor)
    rule.refresh_from_db()
    return rule


def _named_freely(text: RuleText) -> RuleText:
    taken = set(
        ReviewRule.objects.filter(name__startswith=text.name).values_list("name", flat=True)
    )
    if text.name not in taken:
        return text
    names = (f"{text.name[: LONGEST_NAME - 8]} {number}" for number in count(2))
    return replace(text, name=next(name for name in names if name not in taken))
