"""The steps of an order's parcels, from the order's own page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from inventory.listing import warehouses_of
from oms.access import SignedInRequest, View, allowed
from oms.errors import InvalidInput, Refused
from orders.desk.door import order_of
from orders.fulfilment.deliver import deliver_shipments
from orders.fulfilment.forms import wrong_waybills
from orders.fulfilment.models import Shipment
from orders.fulfilment.pack import pack_shipments
from orders.fulfilment.pick import pick_shipments
from orders.fulfilment.ship import ship_shipments
from orders.outcome import Outcome, require_all

Step = Callable[[SignedInRequest, Shipment], Outcome]


def _step(step: Step, words: Callable[[], str]) -> View:
    """A view that takes one shipment of one order one step further, in the person's warehouses."""

    @require_POST
    @allowed("orders.view_order", "orders.fulfil_order")
    def view(request: SignedInRequest, number: str, shipment_id: int) -> HttpResponse:
        order = order_of(request, number)
        mine = order.shipments.filter(warehouse__in=warehouses_of(request.user))
        shipment = get_object_or_404(mine, pk=shipment_id)
        try:
            require_all(step(request, shipment))
            messages.success(request, words() % shipment.number)
        except InvalidInput as refusal:
            messages.error(request, " ".join(wrong_waybills(refusal)))
        except Refused as refusal:
            messages.error(request, refusal.message)
        return redirect(order)

    return view


def _pick(request: SignedInRequest, shipment: Shipment) -> Outcome:
    return pick_shipments([shipment.pk], actor=request.user)


def _pack(request: SignedInRequest, shipment: Shipment) -> Outcome:
    return pack_shipments([shipment.pk], actor=request.user)


def _ship(request: SignedInRequest, shipment: Shipment) -> Outcome:
    waybills = {shipment.pk: (request.POST.get("carrier", ""), request.POST.get("waybill", ""))}
    return ship_shipments([shipment.pk], actor=request.user, waybills=waybills)


def _deliver(request: SignedInRequest, shipment: Shipment) -> Outcome:
    return deliver_shipments([shipment.pk], actor=request.user)


pick = _step(_pick, lambda: _("Picking of %s has begun."))
pack = _step(_pack, lambda: _("Shipment %s is packed."))
ship = _step(_ship, lambda: _("Shipment %s is handed over."))
deliver = _step(_deliver, lambda: _("Shipment %s is delivered."))
