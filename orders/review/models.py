from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

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
    the first decides it.
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
        ]

    def __str__(self) -> str:
        return f"{self.order_id}"
