from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from oms.sealed import SealedField
from orders.models.order import Order


class FollowLink(models.Model):
    """The link by which a customer follows an order without logging in. Found by the hash of its token.

    The sealed token is there to be sent again. A revoked link stays, so that its address can say so.
    """

    order = models.ForeignKey(
        Order, models.PROTECT, related_name="follow_links", db_constraint=False, db_index=False
    )
    token_hash = models.CharField(max_length=64, unique=True)
    token = SealedField()
    created_at = models.DateTimeField(db_default=Now())
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("link for the customer")
        verbose_name_plural = _("links for customers")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["order"],
                condition=models.Q(revoked_at=None),
                name="one_open_link_per_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}"
