"""Sending a purchase order to the supplier."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inventory.purchasing.lead_times import lead_days_of
from inventory.purchasing.mail import mail_after_commit
from inventory.purchasing.models import PurchaseMail, PurchaseOrder
from inventory.purchasing.states import COMING, PurchaseStatus
from inventory.purchasing.transition import lock_purchase, move_purchase
from oms.errors import NotPossible
from oms.models import User


def send_purchase(
    order_id: int, *, version: int | None = None, actor: User | None
) -> PurchaseOrder:
    """Order it: from now on the goods are on their way. Its mail, where an address is known, leaves after the commit.

    Raises NotPossible, Stale.
    """
    with transaction.atomic():
        order = lock_purchase(order_id, version=version)
        if order.rate is None:
            words = _("%(number)s: give the exchange rate of %(currency)s first.")
            raise NotPossible(words % {"number": order.number, "currency": order.currency})
        if not order.lines.exists():
            raise NotPossible(_("%s has no lines. Nothing was sent.") % order.number)
        move_purchase(order, PurchaseStatus.SENT)
        if order.expected_on is None and (days := lead_days_of(order)) is not None:
            order.expected_on = timezone.localdate() + timedelta(days=days)
        order.actor = actor
        order.save(update_fields=["actor", "expected_on"])
        _mail(order, actor)
    return order


def send_again(order_id: int, *, actor: User | None) -> PurchaseMail:
    """Mail a purchase order once more, to the address the supplier has now. Raises NotPossible."""
    with transaction.atomic():
        order = lock_purchase(order_id)
        if order.status not in COMING:
            words = _("%(number)s is “%(status)s”; it is not mailed any more.")
            raise NotPossible(
                words % {"number": order.number, "status": order.get_status_display()}
            )
        mail = _mail(order, actor)
        if mail is None:
            raise NotPossible(_("%s has no mail address.") % order.supplier.name)
    return mail


def _mail(order: PurchaseOrder, actor: User | None) -> PurchaseMail | None:
    supplier = order.supplier
    if not supplier.email:
        return None
    known = dict(settings.LANGUAGES)
    mail = PurchaseMail.objects.create(
        purchase_order=order,
        to=supplier.email,
        language=supplier.language if supplier.language in known else settings.LANGUAGE_CODE,
        actor=actor,
    )
    mail_after_commit(mail.pk)
    return mail
