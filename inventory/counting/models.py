from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

from inventory.models.stock import Stock, StockMovement
from inventory.models.warehouse import Warehouse

NUMBER = "CS"


class CountSheet(models.Model):
    """A list of places to be counted in one warehouse. A blind one keeps what the book says to itself."""

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("count sheet", "Counting")
        CLOSED = "closed", pgettext_lazy("count sheet", "Closed")

    warehouse = models.ForeignKey(
        Warehouse, models.PROTECT, related_name="count_sheets", verbose_name=_("warehouse")
    )
    status = models.CharField(
        _("status"), max_length=6, choices=Status, db_default=Status.OPEN, default=Status.OPEN
    )
    is_blind = models.BooleanField(_("blind"), default=False)
    # Which choice made it: a key of `choose.CHOICES`, and what was typed with it.
    chosen_by = models.CharField(max_length=12)
    chosen_from = models.CharField(max_length=60, blank=True, db_default="")
    # A difference worth more is posted by somebody other than who counted it; empty: no limit.
    second_above = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(db_default=Now())
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("count sheet")
        verbose_name_plural = _("count sheets")
        permissions: ClassVar = [("count_stock", gettext_noop("Can count stock"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="open", closed_at__isnull=True)
                | Q(status="closed", closed_at__isnull=False),
                name="closed_count_sheet_says_when",
            ),
            models.CheckConstraint(
                condition=Q(second_above__gte=0), name="count_limit_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("stock:sheet", args=[self.number])

    @property
    def number(self) -> str:
        return f"{NUMBER}{self.pk:06}"


class CountLine(models.Model):
    """One place on a count sheet: what the book said when it was handed out, and what somebody counted there.

    `seen_id` is the newest movement of the stock at that moment: a later one means that it has moved since.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("count line", "To count")
        COUNTED = "counted", pgettext_lazy("count line", "Counted")
        POSTED = "posted", pgettext_lazy("count line", "Posted")

    sheet = models.ForeignKey(CountSheet, models.CASCADE, related_name="lines")
    stock = models.ForeignKey(Stock, models.PROTECT, related_name="count_lines", db_index=False)
    bin_code = models.CharField(_("bin"), max_length=20, blank=True)
    state = models.CharField(max_length=7, choices=State, db_default=State.OPEN, default=State.OPEN)
    book = models.IntegerField(_("book"))
    seen_id = models.BigIntegerField(db_default=0, default=0)
    handed_out_at = models.DateTimeField(db_default=Now())
    counted = models.PositiveIntegerField(_("counted"), null=True)
    counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    reason = models.CharField(_("reason"), max_length=120, blank=True, db_default="")
    movement = models.OneToOneField(
        StockMovement, models.PROTECT, null=True, related_name="count_line"
    )
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    posted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("count line")
        verbose_name_plural = _("count lines")
        indexes: ClassVar = [
            models.Index(fields=["stock", "posted_at"], name="count_line_by_stock"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "stock"], name="count_line_once_per_stock"),
            models.CheckConstraint(
                condition=Q(state="open", counted__isnull=True, posted_at__isnull=True)
                | Q(state="counted", counted__isnull=False, posted_at__isnull=True)
                | Q(state="posted", counted__isnull=False, posted_at__isnull=False),
                name="count_line_state_fits_what_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stock_id}: {self.counted}"

    @property
    def difference(self) -> int | None:
        """Pieces more (or fewer) than the book said when the line was handed out; None before the count."""
        return None if self.counted is None else self.counted - self.book
