"""Mailing purchase orders. A mail is a row first; it leaves after the commit, once, and says what came of it."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from inventory.purchasing.document import pdf_of
from inventory.purchasing.models import PurchaseMail
from oms.celery import app
from oms.sql import query

logger = logging.getLogger(__name__)

TASK = "inventory.tasks.mail_purchases"
MOST_AT_ONCE = 20

# Whoever marks it first sends it; a mail that was tried is never sent a second time by itself.
_CLAIM = """
UPDATE inventory_purchasemail SET tried_at = now() WHERE id = (
  SELECT id FROM inventory_purchasemail WHERE tried_at IS NULL ORDER BY asked_at LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED)
RETURNING id
"""


def mail_after_commit(mail_id: int) -> None:
    """Have the workers send it once the present transaction is committed; the sweep finds what a lost nudge left."""
    transaction.on_commit(lambda: _nudge(mail_id))


def _nudge(mail_id: int) -> None:
    try:
        app.send_task(TASK, retry=False, ignore_result=True)
    except Exception:  # noqa: BLE001 - any broker trouble: the sweep finds it within a minute
        logger.warning("The broker cannot be reached; the sweep sends mail %d.", mail_id)


def send_waiting() -> int:
    """Send every mail that waits, a bounded number; returns how many were tried."""
    for tried in range(MOST_AT_ONCE):
        claimed = query(_CLAIM)
        if not claimed:
            return tried
        _send(PurchaseMail.objects.select_related("purchase_order__supplier").get(pk=claimed[0][0]))
    return MOST_AT_ONCE


def _send(mail: PurchaseMail) -> None:
    order = mail.purchase_order
    try:
        with override(mail.language):
            subject = _("Purchase order %s") % order.number
            words = _("Our purchase order %s is attached. Tell us the day of delivery.")
            message = EmailMessage(
                subject, words % order.number, settings.DEFAULT_FROM_EMAIL, [mail.to]
            )
        message.attach(f"{order.number}.pdf", pdf_of(order), "application/pdf")
        message.send()
    except Exception as error:  # noqa: BLE001 - whatever kept it: a person reads it on the page and sends it again
        logger.warning("The mail of %s could not be sent.", order.number, exc_info=True)
        mail.trouble = (str(error) or type(error).__name__)[:300]
    else:
        mail.sent_at = timezone.now()
    mail.save(update_fields=["sent_at", "trouble"])
