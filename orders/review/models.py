from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orders.models.order import Order
from orders.review.rules.models import RuleVersion


class ReviewClaim(models.Model):
    """That somebody is looking at an order of the review queue. It warns the others and keeps nobody from anything.

    After `expires_at` it says nothing any more. Nobody holds two for long: the next claim lets the earlier one go.
    """

    order = models.OneToOneField(
        Order, models.CASCADE, primary_key=True, related_name="review_claim"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    claimed_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("review claim")
        verbose_name_plural = _("review claims")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("claimed_at")),
                name="review_claim_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.user_id}"


class SecondReview(models.Model):
    """That a rule wants finance to look at an order after it passed review. One row per order, the latest wish.

    `passed_at` is empty until the first review is done: by rules when `passed_by` stays empty. Another person than
    the first decides it. It is open until it is decided or a forced approval passed it over. Written by
    `orders.review.second`, under the order's lock.
    """

    order = models.OneToOneField(
        Order, models.CASCADE, primary_key=True, related_name="second_review"
    )
    version = models.ForeignKey(
        RuleVersion, models.PROTECT, related_name="+", db_index=False, verbose_name=_("rule")
    )
    asked_at = models.DateTimeField(db_default=Now())
    passed_at = models.DateTimeField(null=True)
    passed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    passed_over_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("second review")
        verbose_name_plural = _("second reviews")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("passed_by")),
                name="second_review_by_another",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) | Q(passed_at__isnull=False),
                name="second_review_follows_the_first",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) | Q(passed_over_at__isnull=True),
                name="second_review_decided_or_passed_over",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}"


class ApprovalLimit(models.Model):
    """Up to what a role may approve and give back in one currency. An empty figure limits nothing.

    A role without any row is unlimited; one with rows, but none in a currency, may not decide in that currency.
    """

    group = models.ForeignKey(
        Group, models.CASCADE, related_name="approval_limits", db_index=False,
        verbose_name=pgettext_lazy("of the house", "role"),
        help_text=_("Of several roles of a person the most generous counts."),
    )  # fmt: skip
    currency = models.CharField(
        _("currency"), max_length=3, default="CNY",
        help_text=_("A role with limits approves only in the currencies that it has limits for."),
    )  # fmt: skip
    max_amount = models.DecimalField(
        _("largest order total"), max_digits=16, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)], help_text=_("Empty: any amount."),
    )  # fmt: skip
    max_discount_percent = models.DecimalField(
        _("largest discount, %"), max_digits=5, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)], help_text=_("Empty: any discount."),
    )  # fmt: skip
    max_refund = models.DecimalField(
        _("largest refund"), max_digits=16, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Money given back with one payment. Empty: any amount."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("approval limit")
        verbose_name_plural = _("approval limits")
        ordering = ("group", "currency")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "currency"], name="approval_limit_once"),
            models.CheckConstraint(
                condition=Q(currency__regex="^[A-Z]{3}$"), name="approval_limit_currency_is_a_code"
            ),
            models.CheckConstraint(
                condition=Q(max_amount__gte=0, max_refund__gte=0),
                name="approval_limit_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(max_discount_percent__range=(0, 100)),
                name="approval_limit_discount_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.currency}"
