"""The one table of a purchase order's statuses and of the moves between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PurchaseStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")  # being written; the supplier knows nothing of it
    SENT = "sent", pgettext_lazy("purchase order", "Ordered")
    PARTLY_RECEIVED = "partly_received", _("Partly received")
    RECEIVED = "received", pgettext_lazy("purchase order", "Received")
    CLOSED = "closed", pgettext_lazy("purchase order", "Closed")  # the rest is not coming
    CANCELLED = "cancelled", _("Cancelled")


S = PurchaseStatus

TRANSITIONS: dict[PurchaseStatus, frozenset[PurchaseStatus]] = {
    S.DRAFT: frozenset({S.SENT, S.CANCELLED}),
    S.SENT: frozenset({S.PARTLY_RECEIVED, S.RECEIVED, S.CLOSED, S.CANCELLED}),
    S.PARTLY_RECEIVED: frozenset({S.PARTLY_RECEIVED, S.RECEIVED, S.CLOSED}),
    S.RECEIVED: frozenset(),
    S.CLOSED: frozenset(),
    S.CANCELLED: frozenset(),
}

COMING = (S.SENT, S.PARTLY_RECEIVED)
"""Where goods are on their way."""
OPEN = (S.DRAFT, *COMING)
"""Where goods are, or soon will be, on their way: what nobody needs to order again."""
