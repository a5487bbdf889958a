"""The steps of an order's shipments: pick, pack, ship and deliver, for one named or all that are ready."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from integrations.api.actions import PATH, SCOPE, acting_on, show
from integrations.api.caller import Needs, caller_of
from integrations.api.once import once
from integrations.api.problems import invalid_input, not_found
from integrations.api.schema.actions import ShipIn, ShipmentIn
from integrations.api.schema.orders import OrderSummary
from inventory.listing import warehouses_of
from oms.errors import FieldError, NotPossible
from oms.models import User
from orders.fulfilment.deliver import deliver_shipments
from orders.fulfilment.models import Shipment, ShipmentStatus
from orders.fulfilment.pack import pack_shipments
from orders.fulfilment.pick import pick_shipments
from orders.fulfilment.ship import ship_shipments
from orders.models import Order
from orders.outcome import require_all

router = Router(tags=["orders"])
_FULFIL = Needs(SCOPE, "orders.fulfil_order")
_ALL = ShipmentIn()
_NO_WAYBILL = ShipIn()


@router.post(f"{PATH}/pick", auth=_FULFIL, response=OrderSummary)
@once
def pick(request: HttpRequest, number: str, payload: ShipmentIn = _ALL) -> HttpResponse:
    """Begin picking."""
    actor = caller_of(request).user
    with acting_on(request, number) as order:
        chosen = _chosen(order, actor, payload, ShipmentStatus.READY)
        require_all(pick_shipments(chosen, actor=actor))
    return show(order)


@router.post(f"{PATH}/pack", auth=_FULFIL, response=OrderSummary)
@once
def pack(request: HttpRequest, number: str, payload: ShipmentIn = _ALL) -> HttpResponse:
    """The goods are in the parcel."""
    actor = caller_of(request).user
    with acting_on(request, number) as order:
        chosen = _chosen(order, actor, payload, ShipmentStatus.PICKING)
        require_all(pack_shipments(chosen, actor=actor))
    return show(order)


@router.post(f"{PATH}/ship", auth=_FULFIL, response=OrderSummary)
@once
def ship(request: HttpRequest, number: str, payload: ShipIn = _NO_WAYBILL) -> HttpResponse:
    """Hand over to the carrier: the goods leave stock."""
    actor = caller_of(request).user
    with acting_on(request, number) as order:
        chosen = _chosen(order, actor, payload, ShipmentStatus.PACKED)
        waybills = {}
        if payload.carrier or payload.waybill:
            if len(chosen) > 1:
                message = _("Name the shipment that this waybill is for.")
                raise invalid_input([FieldError("shipment", "required", message)])
            waybills = {chosen[0]: (payload.carrier, payload.waybill)}
        require_all(ship_shipments(chosen, actor=actor, waybills=waybills))
    return show(order)


@router.post(f"{PATH}/deliver", auth=_FULFIL, response=OrderSummary)
@once
def deliver(request: HttpRequest, number: str, payload: ShipmentIn = _ALL) -> HttpResponse:
    """The customer has the parcel."""
    actor = caller_of(request).user
    with acting_on(request, number) as order:
        chosen = _chosen(order, actor, payload, ShipmentStatus.SHIPPED)
        require_all(deliver_shipments(chosen, actor=actor))
    return show(order)


def _chosen(order: Order, user: User, payload: ShipmentIn, ready: ShipmentStatus) -> list[int]:
    """The shipment named, else every one in `ready`, of the warehouses `user` works in.

    Raises Problem (404) for a name that is none of these, NotPossible when none is ready.
    """
    mine = Shipment.objects.filter(order=order, warehouse__in=warehouses_of(user))
    if payload.shipment:
        named = mine.filter(number=payload.shipment.upper()).values_list("pk", flat=True)
        if not named:
            raise not_found()
        return list(named)
    chosen = list(mine.filter(status=ready).order_by("pk").values_list("pk", flat=True))
    if not chosen:
        message = _("No shipment of order %(number)s is “%(status)s”.")
        raise NotPossible(message % {"number": order.number, "status": ready.label})
    return chosen
