"""What needs a person although nobody decided that it does: opened and closed by the system from its cause."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orders.intake.models import ImportBatch
from orders.models.order import Order

_OPEN = Q(closed_at__isnull=True)
_TO_DO = _OPEN & Q(waiting_until__isnull=True)


class ExceptionKind(models.TextChoices):
    """What a problem is about; it decides who looks after it and which fixes are offered."""

    SHORT = "short", pgettext_lazy("exception", "Short")
    ADDRESS = "address", pgettext_lazy("exception", "Address")
    PAYMENT = "payment", pgettext_lazy("exception", "Payment")
    DUPLICATE = "duplicate", pgettext_lazy("exception", "Duplicate")
    OVERDUE = "overdue", pgettext_lazy("exception", "Overdue")
    REVIEW = "review", pgettext_lazy("exception", "Decision")
    CARRIER = "carrier", pgettext_lazy("exception", "Carrier")
    IMPORT = "import", pgettext_lazy("exception", "Import")


class OrderException(models.Model):
    """A problem of one order, or of one imported file, that lasts as long as its cause.

    `cause` names an entry of `orders.exceptions.registry`, `data` is what its words tell. When `sign` changes the
    cause is another one: what was put off comes back, what was waved off opens anew. `waiting_until` is empty unless
    somebody put it off; the sweep empties it again when the moment has come.
    """

    class How(models.TextChoices):
        SOLVED = "solved", _("The cause is gone")
        DISMISSED = "dismissed", _("Waved off by a person")

    kind = models.CharField(max_length=10, choices=ExceptionKind)
    cause = models.CharField(max_length=20)
    order = models.ForeignKey(
        Order, models.CASCADE, null=True, related_name="exceptions", db_index=False
    )
    batch = models.ForeignKey(
        ImportBatch, models.CASCADE, null=True, related_name="exceptions", db_index=False
    )
    # The other order of a duplicate: when that one changes, this one is looked at as well.
    other = models.ForeignKey(Order, models.CASCADE, null=True, related_name="+", db_index=False)
    data = models.JSONField(db_default={})
    sign = models.CharField(max_length=100, db_default="")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    # Taken or given by a person; otherwise the owner follows from the order and the kind.
    is_assigned = models.BooleanField(db_default=False)
    opened_at = models.DateTimeField(db_default=Now())
    deadline_at = models.DateTimeField()
    waiting_until = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_how = models.CharField(max_length=9, choices=How, db_default="")
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        indexes: ClassVar = [
            models.Index(fields=["deadline_at", "id"], condition=_TO_DO, name="exception_to_do"),
            models.Index(
                fields=["kind", "deadline_at", "id"], condition=_TO_DO, name="exception_of_kind"
            ),
            models.Index(
                fields=["owner", "deadline_at", "id"], condition=_TO_DO, name="exception_of_owner"
            ),
            models.Index(
                fields=["kind", "waiting_until", "opened_at"],
                condition=_OPEN,
                name="exception_counts",
            ),
            models.Index(
                fields=["waiting_until", "id"],
                condition=_OPEN & Q(waiting_until__isnull=False),
                name="exception_waiting",
            ),
            models.Index(
                fields=["other"], condition=_OPEN & Q(other__isnull=False), name="exception_other"
            ),
            models.Index(fields=["opened_at"], name="exception_opened"),
            models.Index(fields=["closed_at"], condition=~_OPEN, name="exception_closed"),
            models.Index(fields=["order"], name="exception_of_order"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["order", "cause"], condition=_OPEN, name="exception_open_once_per_order"
            ),
            models.UniqueConstraint(
                fields=["batch", "cause"], condition=_OPEN, name="exception_open_once_per_import"
            ),
            models.CheckConstraint(
                condition=Q(order__isnull=True, batch__isnull=False)
                | Q(order__isnull=False, batch__isnull=True),
                name="exception_is_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_how="")
                | (Q(closed_at__isnull=False) & ~Q(closed_how="")),
                name="closed_exception_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cause} #{self.pk}"


class OrderTouched(models.Model):
    """That something happened to an order since it was last looked at for exceptions. Written with each event."""

    order = models.ForeignKey(
        Order, models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        verbose_name = _("order to be looked at")
        verbose_name_plural = _("orders to be looked at")

    def __str__(self) -> str:
        return f"{self.order_id}"


class ExceptionTimer(models.Model):
    """When an order must be looked at again though nothing happens to it: a deadline passes, a parcel stays away."""

    order = models.OneToOneField(Order, models.CASCADE, primary_key=True, related_name="+")
    due_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("timer of an order")
        verbose_name_plural = _("timers of orders")

    def __str__(self) -> str:
        return f"{self.order_id}"


class ExceptionKeeper(models.Model):
    """Who looks after the exceptions of a kind when the order is nobody's in particular."""

    kind = models.CharField(_("kind"), max_length=10, choices=ExceptionKind, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("looked after by"),
    )

    class Meta:
        verbose_name = _("keeper of exceptions")
        verbose_name_plural = _("keepers of exceptions")

    def __str__(self) -> str:
        return str(self.get_kind_display())
