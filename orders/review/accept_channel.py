from django.utils.translation import gettext as _

from oms.models import Channel
from orders.review.models import ReviewRule, RuleCondition


def accept_channel(channel: Channel) -> ReviewRule:
    """A rule that approves every order of the channel, for one whose orders were accepted before they came here.

    It is an ordinary rule: staff see it, change it and switch it off with the others.
    """
    rule, is_new = ReviewRule.objects.get_or_create(
        name=_("Orders of %s") % channel.name,
        defaults={
            "outcome": ReviewRule.Outcome.APPROVE,
            "reason": _("Accepted when it was invoiced"),
        },
    )
    if is_new:
        RuleCondition.objects.create(
            rule=rule,
            field=RuleCondition.Field.CHANNEL,
            operator=RuleCondition.Operator.EQUALS,
            value=channel.code,
        )
    return rule
