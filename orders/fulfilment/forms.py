"""What is typed on the board: carrier and waybill of each parcel."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from oms.errors import InvalidInput


def waybills_of(typed: QueryDict, shipment_ids: list[int]) -> dict[int, tuple[str, str]]:
    """(carrier, waybill) of each parcel as typed; the fields of parcel 7 are `carrier-7` and `waybill-7`.

    A parcel without a carrier of its own gets the one typed for all of them.
    """
    common = typed.get("carrier", "")
    return {
        pk: (typed.get(f"carrier-{pk}", "").strip() or common, typed.get(f"waybill-{pk}", ""))
        for pk in shipment_ids
    }


def wrong_waybills(refusal: InvalidInput) -> list[str]:
    """What `ship_shipments` found wrong, with the field and the value in words."""
    labels = {"carrier": _("Carrier"), "waybill": _("Waybill no.")}
    return [
        _("%(field)s “%(value)s”: %(error)s")
        % {"field": labels[error.field], "value": error.value, "error": error.message}
        for error in refusal.errors
    ]
