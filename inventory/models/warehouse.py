from django.conf import settings
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _


class Warehouse(models.Model):
    """A building that goods leave from. A lower priority number is asked first; the code is in upper case."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=80)
    priority = models.PositiveSmallIntegerField(_("priority"), default=100)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("warehouse")
        verbose_name_plural = _("warehouses")
        ordering = ("priority", "code")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code=Upper("code")), name="warehouse_code_is_upper_case"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Bin(models.Model):
    """A shelf place in a warehouse; pick lists are sorted by it. Its code is in upper case."""

    warehouse = models.ForeignKey(
        Warehouse, models.PROTECT, related_name="bins", verbose_name=_("warehouse")
    )
    code = models.CharField(_("bin"), max_length=20)

    class Meta:
        verbose_name = _("bin")
        verbose_name_plural = _("bins")
        constraints = [
            models.UniqueConstraint(fields=["warehouse", "code"], name="bin_once_per_warehouse"),
            models.CheckConstraint(
                condition=models.Q(code=Upper("code")), name="bin_code_is_upper_case"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class WarehouseStaff(models.Model):
    """Limits a user to this warehouse; a user without any such row works in all of them."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="warehouse_limits",
        verbose_name=_("user"),
    )
    warehouse = models.ForeignKey(
        Warehouse,
        # With the last of their limits gone, a person would work in every warehouse.
        models.PROTECT,
        related_name="staff",
        verbose_name=_("warehouse"),
    )

    class Meta:
        verbose_name = _("warehouse limit")
        verbose_name_plural = _("warehouse limits")
        constraints = [
            models.UniqueConstraint(fields=["user", "warehouse"], name="warehouse_staff_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.warehouse}"
