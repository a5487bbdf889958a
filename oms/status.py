"""How a status looks and what it is called: one token, one shape, one word, everywhere.

Colour alone is never enough (the pale fills look alike to colour-blind people), so shape and word
always go along. Only states that need work are filled; finished ones are plain text with a tick.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

SHAPES = {
    "neutral": "st-ring",
    "info": "st-disc",
    "progress": "st-half",
    "warn": "st-triangle",
    "danger": "st-square",
    "success": "st-tick",
    "done": "st-tick",
}
"""Token -> drawing in static/icons. The tokens are the `--st-*` colours of shell.css."""


@dataclass(frozen=True, slots=True)
class StatusLook:
    """Token (a key of SHAPES) and the fixed word of one status."""

    token: str
    word: "str | StrPromise"

    @property
    def icon(self) -> str:
        return SHAPES[self.token]


STATUS: dict[str, StatusLook] = {
    # orders
    "draft": StatusLook("neutral", _("Draft")),
    "pending_review": StatusLook("info", _("To review")),
    "on_hold": StatusLook("warn", _("On hold")),
    "approved": StatusLook("neutral", _("Approved")),
    "allocated": StatusLook("info", _("Ready to ship")),
    "backordered": StatusLook("danger", _("Back-ordered")),
    "in_fulfilment": StatusLook("progress", _("In fulfilment")),
    "partially_shipped": StatusLook("progress", _("Partly shipped")),
    "completed": StatusLook("done", _("Done")),
    # shipments
    "ready": StatusLook("info", _("Ready to pick")),
    "picking": StatusLook("progress", _("Picking")),
    "packed": StatusLook("progress", _("Packed")),
    # both
    "shipped": StatusLook("done", _("Shipped")),
    "delivered": StatusLook("done", _("Delivered")),
    "cancelled": StatusLook("done", _("Cancelled")),
    # payments
    "unpaid": StatusLook("info", _("Awaiting payment")),
    "partially_paid": StatusLook("warn", _("Partly paid")),
    "paid": StatusLook("done", _("Paid")),
    "refunded": StatusLook("done", _("Refunded")),
    # purchase orders
    "sent": StatusLook("info", pgettext_lazy("purchase order", "Ordered")),
    "partly_received": StatusLook("progress", _("Partly received")),
    "received": StatusLook("done", pgettext_lazy("purchase order", "Received")),
    "closed": StatusLook("done", pgettext_lazy("purchase order", "Closed")),
    # stock
    "normal": StatusLook("done", _("In stock")),
    "low": StatusLook("warn", _("Low")),
    "short": StatusLook("danger", _("Short")),
    "overstock": StatusLook("info", _("Overstock")),
    "slow": StatusLook("neutral", _("Slow mover")),
    # what must always be true
    "holds": StatusLook("done", pgettext_lazy("truth", "Holds")),
    "broken": StatusLook("danger", pgettext_lazy("truth", "Broken")),
    "not_checked": StatusLook("neutral", pgettext_lazy("truth", "Not checked yet")),
}


def status_look(status: str) -> StatusLook:
    """The look of `status`; an unknown one is shown neutrally under its own name."""
    return STATUS.get(status) or StatusLook("neutral", status.replace("_", " "))


def different_looks() -> list[str]:
    """One status of each word, for the legend."""
    return list({look.word: status for status, look in reversed(STATUS.items())}.values())[::-1]
