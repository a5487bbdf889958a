from django.db import models
from django.utils.translation import gettext_lazy as _

from oms.sealed import SealedField


class Carrier(models.Model):
    """Who carries parcels. `name` is what `Shipment.carrier` says; `kind` names an adapter of the port."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=40, unique=True)
    kind = models.CharField(_("connection"), max_length=20, default="manual")
    # JSON of the account's fields, as the adapter names them.
    account = SealedField(_("account"), blank=True, default="")
    # The unguessable part of the address that pushes are sent to.
    push_slug = models.CharField(max_length=43, blank=True, db_default="", editable=False)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("carrier")
        verbose_name_plural = _("carriers")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name
