from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from orders.models.order import Order


class ReviewRule(models.Model):
    """When all conditions hold, the order is approved or held. Hold beats approve; no match waits for a person."""

    class Outcome(models.TextChoices):
        APPROVE = "approve", _("Approve")
        HOLD = "hold", _("Hold")

    name = models.CharField(_("name"), max_length=120, unique=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)
    reason = models.CharField(_("reason shown to staff"), max_length=200)
    is_active = models.BooleanField(_("active"), default=True)
    version = models.PositiveIntegerField(editable=False, default=1, verbose_name=_("version"))

    class Meta:
        verbose_name = _("review rule")
        verbose_name_plural = _("review rules")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class RuleCondition(models.Model):
    """One comparison of a rule: field, operator, value."""

    class Field(models.TextChoices):
        TOTAL = "total", _("Order total")
        UNPAID = "unpaid", _("Amount still unpaid")
        CURRENCY = "currency", _("Currency")
        CHANNEL = "channel", _("Channel code")
        CUSTOMER_LEVEL = "customer_level", _("Customer level")
        BLOCKED_REASON = "blocked_reason", _("Why the customer is blocked")
        EARLIER_ORDERS = "earlier_orders", _("Earlier orders of the customer")
        COUNTRY = "country", _("Country")
        PROVINCE = "province", _("Province")
        STREET = "street", _("Street address")
        PHONE = "phone", _("Phone")
        NOTE = "note", _("Note")
        PIECES = "pieces", _("Pieces in the order")
        SKU = "sku", _("A SKU of the order")

    class Operator(models.TextChoices):
        EQUALS = "eq", _("is")
        DIFFERS = "ne", _("is not")
        AT_LEAST = "gte", _("is at least")
        AT_MOST = "lte", _("is at most")
        ABOVE = "gt", _("is above")
        BELOW = "lt", _("is below")
        ONE_OF = "in", _("is one of (comma between)")
        CONTAINS = "contains", _("contains")
        IS_EMPTY = "empty", _("is empty")
        IS_FILLED = "filled", _("is filled in")

    rule = models.ForeignKey(ReviewRule, models.CASCADE, related_name="conditions")
    field = models.CharField(_("field"), max_length=16, choices=Field)
    operator = models.CharField(_("operator"), max_length=8, choices=Operator)
    value = models.CharField(_("value"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_field_display()} {self.get_operator_display()} {self.value}".strip()


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
