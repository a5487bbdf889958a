"""What was found for a parcel, in words for the order's page."""

from decimal import Decimal

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from oms.display import money_text, quantity_text
from orders.fulfilment.models import Shipment
from orders.preparation.models import Preparation


def prepared_words(shipment: Shipment, currency: str) -> str:
    """Carrier, weight, price, days and the rule; "" for a parcel that nobody has prepared yet.

    `shipment` comes with its preparation, carrier and rule.
    """
    try:
        found: Preparation = shipment.preparation
    except ObjectDoesNotExist:
        return ""
    parts = [found.carrier.name if found.carrier else _("No carrier: no rule and no price fits")]
    if found.service:
        parts.append(found.service)
    if found.grams:
        parts.append(_("about %s kg") % quantity_text(Decimal(found.grams) / 1000))
    if found.price is not None:
        parts.append(money_text(found.price, currency))
    if found.days:
        parts.append(_("%d days") % found.days)
    if found.rule:
        parts.append(_("by the rule “%s”") % found.rule.name)
    return " · ".join(parts)
