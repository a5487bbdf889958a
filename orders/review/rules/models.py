"""The rules of review, every version of each, and what became of orders by them."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orders.models.order import Order
from orders.review.rules.text import RuleText, text_from

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class ReviewRule(models.Model):
    """A rule by its name; what it says is in its versions. `live` is the version that judges orders.

    `mode` and `live` are written by `orders.review.rules.force`. A rule is retired, never deleted: decisions name it.
    """

    class Mode(models.TextChoices):
        OFF = "off", pgettext_lazy("rule", "Off")
        SHADOW = "shadow", _("Shadow: only recorded")
        ON = "on", pgettext_lazy("rule", "On")
        PAUSED = "paused", _("Paused by the system")
        RETIRED = "retired", _("Retired")

    name = models.CharField(_("name"), max_length=120, unique=True)
    mode = models.CharField(_("mode"), max_length=8, choices=Mode, db_default=Mode.OFF)
    # The first of two rules gives the owner and the priority, and is named first.
    position = models.PositiveIntegerField(_("order"), db_default=100)
    live = models.ForeignKey(
        "RuleVersion", models.PROTECT, null=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("review rule")
        verbose_name_plural = _("review rules")
        ordering = ("position", "pk")
        permissions: ClassVar = [("publish_reviewrule", _("Can publish review rules"))]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(live__isnull=False) | Q(mode__in=["off", "retired"]),
                name="review_rule_in_force_has_a_version",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def newest(self) -> "RuleVersion":
        return self.versions.order_by("-number")[0]


class RuleVersion(models.Model):
    """What a rule says, as somebody saved it; the text never changes. `trial` is what trying it on past orders gave.

    `wants_second` says that publishing it needs another administrator, who is `seconded_by` then.
    """

    rule = models.ForeignKey(ReviewRule, models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveIntegerField(_("version"))
    kept = models.JSONField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    author_name = models.CharField(max_length=80, db_default="")
    created_at = models.DateTimeField(db_default=Now())
    tried_at = models.DateTimeField(null=True)
    trial = models.JSONField(null=True)
    wants_second = models.BooleanField(db_default=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    seconded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = _("version of a rule")
        verbose_name_plural = _("versions of rules")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rule", "number"], name="rule_version_number_once"),
            models.CheckConstraint(
                condition=Q(seconded_by__isnull=True) | ~Q(seconded_by=F("published_by")),
                name="rule_version_seconded_by_another",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="text_is_kept", operation=pgtrigger.UpdateOf("kept", "number", "rule_id")
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} v{self.number}"

    @property
    def text(self) -> RuleText:
        return text_from(self.kept)


class RuleChange(models.Model):
    """What somebody did to a rule's being in force. The highest id is the revision of the whole book of rules."""

    class Kind(models.TextChoices):
        SAVED = "saved", _("Saved")
        PUBLISHED = "published", _("Published")
        ASKED = "asked", _("Publishing asked for, waits for a second person")
        SHADOWED = "shadowed", _("Put in the shadow")
        STOPPED = "stopped", _("Switched off")
        PAUSED = "paused", _("Paused")
        RETIRED = "retired", _("Retired")
        MOVED = "moved", _("Moved to another place")
        SIGNALS = "signals", _("Signals of risk changed")

    kind = models.CharField(max_length=10, choices=Kind)
    rule = models.ForeignKey(ReviewRule, models.PROTECT, null=True, related_name="changes")
    version = models.ForeignKey(
        RuleVersion, models.PROTECT, null=True, related_name="+", db_index=False
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    actor_name = models.CharField(max_length=80, db_default="")
    note = models.CharField(max_length=300, db_default="")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("change of a rule")
        verbose_name_plural = _("changes of rules")
        triggers: ClassVar = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.kind}"


class RuleHit(models.Model):
    """That a version applied to an order when it was judged, and what came of it."""

    class Role(models.TextChoices):
        DECIDED = "decided", _("decided")
        OVERRULED = "overruled", _("overruled by a stronger rule")
        SHADOW = "shadow", _("only recorded")

    # Orders and versions are never deleted, and a foreign key costs more than the row.
    order = models.ForeignKey(
        Order, models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    version = models.ForeignKey(
        RuleVersion, models.PROTECT, related_name="hits", db_index=False, db_constraint=False
    )
    role = models.CharField(max_length=9, choices=Role)
    judged_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("hit of a rule")
        verbose_name_plural = _("hits of rules")
        indexes: ClassVar = [models.Index(fields=["version", "-id"], name="rule_hit_newest")]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.version_id}"


class RiskSignal(models.Model):
    """Something that makes an order risky, and by how many points. The risk of an order is their sum."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    points = models.SmallIntegerField(_("points"))
    is_active = models.BooleanField(_("active"), default=True)
    # As `orders.review.rules.text.Group` in JSON.
    kept = models.JSONField(_("conditions"), default=dict)

    class Meta:
        verbose_name = _("signal of risk")
        verbose_name_plural = _("signals of risk")
        ordering = ("name",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(points=0), name="risk_signal_weighs_something"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.points:+d})"


class RemoteArea(models.Model):
    """A place that is far or dear to deliver to. An empty city means all of the province."""

    country = models.CharField(_("country"), max_length=2, default="CN")
    province = models.CharField(_("province"), max_length=80)
    city = models.CharField(_("city"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("remote area")
        verbose_name_plural = _("remote areas")
        ordering = ("country", "province", "city")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["country", "province", "city"], name="remote_area_once"
            ),
            models.CheckConstraint(condition=~Q(province=""), name="remote_area_has_a_province"),
        ]

    def __str__(self) -> str:
        return f"{self.province}{self.city}"
