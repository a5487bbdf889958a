from django.db import transaction
from django.utils.translation import gettext as _

from oms.errors import FieldError, InvalidInput, NotPossible, Stale
from oms.models import User
from oms.texts import check_text
from orders.fulfilment.models import Shipment, ShipmentStatus
from orders.fulfilment.ship import CARRIER_LENGTH, WAYBILL_LENGTH
from orders.fulfilment.step import lock_together
from orders.transition import record

REASON_LENGTH = 300
_GONE = (ShipmentStatus.SHIPPED, ShipmentStatus.DELIVERED)


def correct_waybill(
    shipment_id: int, *, was: tuple[str, str], carrier: str, waybill: str, actor: User | None, reason: str
) -> Shipment:  # fmt: skip
    """Put right what the label of a parcel that has left says; `was` is what (carrier, waybill) said before.

    All that travelled in a merged parcel has the new label.

    Raises InvalidInput for a bad text or no reason, NotPossible while the parcel is in the house, Stale when somebody
    was faster.
    """
    carrier, waybill, reason = carrier.strip(), waybill.strip().upper(), reason.strip()
    errors = [
        *check_text("carrier", carrier, CARRIER_LENGTH),
        *check_text("waybill", waybill, WAYBILL_LENGTH),
        *check_text("reason", reason, REASON_LENGTH),
    ]
    if not reason:
        errors.append(
            FieldError("reason", "empty", _("Say why: the reason is shown with the order."), "")
        )
    if errors:
        raise InvalidInput(errors)
    with transaction.atomic():
        going = lock_together([shipment_id])
        shipment = Shipment.objects.select_for_update(no_key=True).get(pk=shipment_id)
        _require_as_seen(shipment, was, (carrier, waybill))
        changes = {
            name: [getattr(shipment, name), value]
            for name, value in (("carrier", carrier), ("waybill", waybill))
            if getattr(shipment, name) != value
        }
        if changes:
            shipment.carrier, shipment.waybill = carrier, waybill
            labelled = Shipment.objects.filter(pk__in=going.shipment_ids)
            labelled.update(carrier=carrier, waybill=waybill)
            for order_id, number in labelled.order_by("pk").values_list("order_id", "number"):
                data = {"shipment": number, "changes": changes}
                record([order_id], kind="waybill_corrected", actor=actor, reason=reason, data=data)
    return shipment


def _require_as_seen(shipment: Shipment, was: tuple[str, str], now: tuple[str, str]) -> None:
    words = {"number": shipment.number, "status": shipment.get_status_display()}
    if shipment.status not in _GONE:
        raise NotPossible(
            _("%(number)s is “%(status)s”; give carrier and waybill when you hand it over.") % words
        )
    stands = (shipment.carrier, shipment.waybill)
    if stands not in (was, now):
        words["stands"] = " ".join(stands)
        raise Stale(
            _("Somebody corrected %(number)s meanwhile; it now says %(stands)s.") % words,
            theirs={"carrier": stands[0], "waybill": stands[1]},
            yours={"carrier": now[0], "waybill": now[1]},
        )
