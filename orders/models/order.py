"""The order: what a customer wants, where it goes, and where it stands."""

from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import DecimalField, F, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from customers.models import Customer
from inventory.models.stock import LASTING
from oms.models import Channel, User
from orders.billing.due import credited_sql, paid_sql
from orders.states import WITH_DEADLINE, OrderStatus, illegal_move_sql, legal_pairs


class OrderQuerySet(models.QuerySet["Order"]):
    """Reading: each method ends the sentence "orders …"."""

    def visible_to(self, user: User) -> Self:
        """All of them; a person limited to some warehouses sees only orders with a shipment there."""
        return self.within(list(user.warehouse_limits.values_list("warehouse_id", flat=True)))

    def within(self, limits: list[int]) -> Self:
        """Those with a shipment from one of the warehouses `limits`; all of them where there are no limits."""
        if not limits:
            return self
        return self.filter(
            pk__in=self.model._default_manager.filter(shipments__warehouse_id__in=limits).values(
                "pk"
            )
        )

    def with_paid(self) -> Self:
        """Each with `paid_amount` (received, less what went back) and `credited_amount` (taken off by returns)."""
        money = DecimalField(max_digits=16, decimal_places=2)
        table = self.model._meta.db_table
        return self.annotate(
            paid_amount=RawSQL(paid_sql(table), (), output_field=money),  # noqa: S611 - our own text
            credited_amount=RawSQL(credited_sql(table), (), output_field=money),  # noqa: S611
        )

    def with_number(self, number: str) -> Self:
        return self.filter(number=number.upper())


class Order(models.Model):
    """One order of one customer through one channel. `status` is written by `orders.transition` only."""

    number = models.CharField(_("order no."), max_length=24, db_collation="C")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="orders", db_index=False)
    # NULL, not "": many orders of a channel have no number of their own, and the number is unique.
    external_no = models.CharField(  # noqa: DJ001
        _("platform no."), max_length=64, null=True, blank=True, db_collation="C"
    )
    draft_hash = models.CharField(max_length=32, db_default="")
    status = models.CharField(_("status"), max_length=18, choices=OrderStatus)
    reason_code = models.CharField(max_length=40, db_default="")
    reason_detail = models.CharField(max_length=300, db_default="")

    customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, blank=True, related_name="orders", db_index=False
    )
    customer_name = models.CharField(_("customer"), max_length=120, db_default="")
    ship_name = models.CharField(_("recipient"), max_length=120, db_default="")
    ship_phone = models.CharField(_("phone"), max_length=40, db_default="")
    ship_country = models.CharField(_("country"), max_length=2, db_default="")
    ship_province = models.CharField(_("province"), max_length=80, db_default="")
    ship_city = models.CharField(_("city"), max_length=80, db_default="")
    ship_district = models.CharField(_("district"), max_length=80, db_default="")
    ship_street = models.CharField(_("street"), max_length=200, db_default="")
    ship_postcode = models.CharField(_("postcode"), max_length=20, db_default="")

    currency = models.CharField(_("currency"), max_length=3)
    lines_amount = models.DecimalField(_("lines"), max_digits=16, decimal_places=2)
    discount_amount = models.DecimalField(
        _("discount"), max_digits=16, decimal_places=2, db_default=0
    )
    shipping_amount = models.DecimalField(
        _("shipping fee"), max_digits=16, decimal_places=2, db_default=0
    )
    total_amount = models.DecimalField(_("total"), max_digits=16, decimal_places=2)

    ship_complete = models.BooleanField(_("ship only when complete"), db_default=True)
    # As `orders.review.rules.text.Priority`.
    priority = models.SmallIntegerField(_("priority"), db_default=0)
    note = models.TextField(_("note"), blank=True, db_default="")
    placed_at = models.DateTimeField(_("placed at"))
    # When it must have left the house; empty when nothing was promised.
    promised_at = models.DateTimeField(_("promised by"), null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    # Counts edits of what the order says; a move of the status disturbs nobody who is writing.
    version = models.PositiveIntegerField(db_default=1)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        permissions: ClassVar = [
            ("place_order", gettext_noop("Can place and edit orders")),
            ("review_order", gettext_noop("Can approve, hold and release orders")),
            ("finance_review", gettext_noop("Can decide the second review, by finance")),
            ("force_approve", gettext_noop("Can approve an order against rules and limits")),
            ("view_forced", gettext_noop("Can see the forced approvals")),
            ("cancel_order", gettext_noop("Can cancel orders")),
            ("reallocate_order", gettext_noop("Can give goods of one order to another")),
            ("fulfil_order", gettext_noop("Can pick, pack, ship and deliver")),
            ("import_orders", gettext_noop("Can import order files")),
            ("view_dashboard", gettext_noop("Can see the dashboard")),
        ]
        # Each of these is written anew at every move of the status: there must be few.
        indexes: ClassVar = [
            models.Index(fields=["status", "-id"], name="order_by_status_newest"),
            models.Index(
                fields=["id"],
                condition=Q(status="pending_review", reason_code="awaiting_review"),
                name="order_awaiting_rules",
            ),
            models.Index(
                fields=["promised_at", "id"],
                condition=Q(status="pending_review", reason_code="finance_review"),
                name="order_awaiting_finance",
            ),
            models.Index(
                fields=["promised_at", "id"],
                condition=Q(status="approved"),
                name="order_approved_by_promise",
            ),
            models.Index(fields=["placed_at"], name="order_placed_at"),
            # The few that are served before or after all others.
            models.Index(
                fields=["status", "-priority", "promised_at", "id"],
                condition=~Q(priority=0),
                name="order_of_other_priority",
            ),
            models.Index(
                fields=["status", "promised_at", "id"],
                condition=Q(status__in=WITH_DEADLINE),
                name="order_open_by_promise",
            ),
            models.Index(fields=["customer", "-placed_at", "-id"], name="order_by_customer_newest"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["external_no", "channel"], name="order_external_no_once_per_channel"
            ),
            models.UniqueConstraint(fields=["number"], name="order_number_once"),
            models.CheckConstraint(
                condition=Q(status__in=OrderStatus.values), name="order_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    total_amount=F("lines_amount") + F("shipping_amount") - F("discount_amount")
                ),
                name="order_total_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(discount_amount__gte=0, shipping_amount__gte=0),
                name="order_amounts_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1), name="order_version_counts_from_one"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="legal_transition",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("status"),
                condition=pgtrigger.Condition(illegal_move_sql(legal_pairs())),
                func="RAISE EXCEPTION 'illegal transition of % from % to %', "
                "NEW.number, OLD.status, NEW.status USING ERRCODE = 'check_violation';",
            ),
            LASTING,
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("orders:detail", args=[self.number])
