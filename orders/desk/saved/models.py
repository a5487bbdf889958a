from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from oms.folded import Folded
from orders.desk.columns.models import Density


class SavedView(models.Model):
    """A list of orders under a name: what is asked, which columns, how high the rows. Its owner may share it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    # Its address, `/orders/?view=<slug>`; stays the same when the view is renamed.
    slug = models.CharField(max_length=16, db_collation="C")
    name = models.CharField(_("name"), max_length=40)
    asked = models.CharField(max_length=1000, blank=True, default="")
    # Empty: as the reader likes it.
    columns = ArrayField(models.CharField(max_length=30), default=list)
    density = models.CharField(max_length=7, choices=Density, blank=True, default="")
    is_shared = models.BooleanField(_("shared"), default=False)
    version = models.PositiveIntegerField(db_default=1)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        permissions: ClassVar = [
            ("share_savedview", gettext_noop("Can share views of the order list, and keep shared ones")),
        ]  # fmt: skip
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["slug"], name="saved_view_slug_once"),
            models.UniqueConstraint(
                F("user"), Folded("name"), name="saved_view_name_once_per_user"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_has_a_name"),
            models.CheckConstraint(
                condition=Q(density__in=["", *Density.values]), name="saved_view_density_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('orders:list')}?view={self.slug}"
