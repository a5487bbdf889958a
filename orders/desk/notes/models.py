"""What people add to an order: whose it is, its tags, and whom a comment named.

The comments themselves are events of the kind `commented`, so that an order has one timeline.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from oms.folded import Folded
from orders.models.event import OrderEvent
from orders.models.order import Order


class Mention(models.Model):
    """A colleague named with @ in a comment. Written once; only `read_at` is set later, by the colleague."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="mentions", db_index=False
    )
    order = models.ForeignKey(Order, models.CASCADE, related_name="+", db_index=False)
    event = models.ForeignKey(OrderEvent, models.PROTECT, related_name="mentions", db_index=False)
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        indexes: ClassVar = [
            models.Index(fields=["user", "-id"], name="mention_newest_of_user"),
            models.Index(
                fields=["user"], condition=Q(read_at__isnull=True), name="mention_unread_of_user"
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "user"], name="mention_once_per_comment"),
        ]

    def __str__(self) -> str:
        return f"@{self.user_id} #{self.event_id}"


class Tag(models.Model):
    """A free word that orders are marked with; the same word in other letters is the same tag."""

    name = models.CharField(_("tag"), max_length=30)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ("name",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                Folded("name"),
                name="tag_name_once",
                violation_error_message=_("There is a tag of this name already."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="tag_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class OrderTag(models.Model):
    """That an order carries a tag; its event says who put it on."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="tag_rows", db_index=False)
    # A tag in use is not deleted: it would vanish from orders without an event.
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="order_rows", db_index=False)

    class Meta:
        verbose_name = _("tag of an order")
        verbose_name_plural = _("tags of orders")
        indexes: ClassVar = [models.Index(fields=["tag", "-order"], name="order_tag_newest")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "tag"], name="order_tag_once"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.tag_id}"


class OrderOwner(models.Model):
    """The colleague who looks after an order; without a row nobody in particular does.

    A table of its own: on the order itself every move of the status would write one more index.
    """

    order = models.OneToOneField(Order, models.CASCADE, primary_key=True, related_name="ownership")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    since = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("owner of an order")
        verbose_name_plural = _("owners of orders")
        indexes: ClassVar = [models.Index(fields=["user", "-order"], name="order_owner_newest")]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.user_id}"
