from django.db import transaction
from django.utils.translation import gettext as _

from oms.models import Channel
from orders.review.rules.force import put_in_force
from orders.review.rules.models import ReviewRule, RuleChange
from orders.review.rules.save import new_rule
from orders.review.rules.text import Outcome, RuleText, all_of


def accept_channel(channel: Channel) -> ReviewRule:
    """A rule that approves every order of the channel, for one whose orders were accepted before they came here.

    It is an ordinary rule: staff see it, change it and switch it off with the others.
    """
    name = _("Orders of %s") % channel.name
    rule = ReviewRule.objects.filter(name=name).first()
    if rule:
        return rule
    text = RuleText(
        name,
        Outcome.APPROVE,
        _("Accepted when it was invoiced"),
        all_of(("channel", "in", channel.code)),
    )
    return add_rule(text)


def add_rule(text: RuleText, *, mode: str = ReviewRule.Mode.ON) -> ReviewRule:
    """A rule of the system's own, in force at once."""
    with transaction.atomic():
        rule = new_rule(text, actor=None)
        put_in_force(rule, rule.newest, mode, kind=RuleChange.Kind.PUBLISHED, actor=None)
    rule.refresh_from_db()
    return rule
