"""How far a rule's newest version has come on its way into force, and what may be done with it now."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from oms.models import User
from orders.review.rules.models import ReviewRule, RuleChange, RuleVersion

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Mode = ReviewRule.Mode
IN_FORCE = (Mode.ON, Mode.SHADOW, Mode.PAUSED)
MODE_TONES: "dict[str, tuple[str, StrPromise]]" = {
    Mode.ON: ("success", gettext_lazy("On")),
    Mode.SHADOW: ("info", gettext_lazy("Shadow")),
    Mode.OFF: ("neutral", gettext_lazy("Off")),
    Mode.PAUSED: ("danger", gettext_lazy("Paused")),
    Mode.RETIRED: ("neutral", gettext_lazy("Retired")),
}


def has_draft(rule: ReviewRule, newest: RuleVersion) -> bool:
    """Whether something newer than what is in force was saved."""
    return rule.mode in IN_FORCE and rule.live_id != newest.pk


@dataclass(frozen=True, slots=True)
class Standing:
    """A rule with its newest version, as `user` meets them."""

    rule: ReviewRule
    newest: RuleVersion
    user: User

    @property
    def tone(self) -> str:
        return MODE_TONES[self.rule.mode][0]

    @property
    def word(self) -> "str | StrPromise":
        return MODE_TONES[self.rule.mode][1]

    @property
    def has_draft(self) -> bool:
        return has_draft(self.rule, self.newest)

    @property
    def is_published(self) -> bool:
        return self.rule.mode == Mode.ON and not self.has_draft

    @property
    def is_in_shadow(self) -> bool:
        return self.rule.mode == Mode.SHADOW and not self.has_draft

    @property
    def may_shadow(self) -> bool:
        """Whether the newest version can only record from now on; it would stop one that judges."""
        if self.is_in_shadow or self.is_retired:
            return False
        return self.may_publish or self.rule.mode not in (Mode.ON, Mode.PAUSED)

    @property
    def is_tried(self) -> bool:
        return self.newest.trial is not None

    @property
    def waits_for_second(self) -> bool:
        return self.newest.wants_second and not self.is_published

    @property
    def asked_by(self) -> str:
        """Who asked for publishing; a second person must agree."""
        person = self.newest.published_by
        return person.display_name if self.waits_for_second and person else ""

    @property
    def paused_because(self) -> str:
        """Why the system paused the rule; "" when it did not."""
        if self.rule.mode != Mode.PAUSED:
            return ""
        changes = self.rule.changes.filter(kind=RuleChange.Kind.PAUSED)
        return changes.order_by("-pk").values_list("note", flat=True).first() or ""

    @property
    def may_publish(self) -> bool:
        return self.user.has_perm("orders.publish_reviewrule")

    @property
    def may_change(self) -> bool:
        return self.user.has_perm("orders.change_reviewrule")

    @property
    def is_in_force(self) -> bool:
        return self.rule.mode in IN_FORCE

    @property
    def is_retired(self) -> bool:
        return self.rule.mode == Mode.RETIRED

    @property
    def publish_label(self) -> str:
        return (
            _("Publish as second person") if self.waits_for_second else pgettext("act", "Publish")
        )

    @property
    def why_not(self) -> str:
        """Why the newest version cannot be published by this person now; "" when it can."""
        if not self.may_publish:
            return _("Your role does not include this.")
        if self.is_published:
            return _("This version is in force.")
        if self.is_retired:
            return _("This rule is retired; take that back first.")
        if not self.is_tried:
            return _("Try this version on past orders first.")
        if self.waits_for_second and self.newest.published_by_id == self.user.pk:
            return _("You asked for it; another administrator must publish it too.")
        return ""
