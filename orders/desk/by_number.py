"""Verbs on orders and shipments that somebody names by their numbers, as a command does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from django.utils.translation import gettext as _

from inventory.listing import warehouses_of
from oms.errors import InvalidInput, NotPossible
from oms.models import User
from oms.texts import check_text
from orders.desk.cancel import cancel_orders
from orders.desk.door import REASON_LENGTH
from orders.fulfilment.deliver import deliver_shipments
from orders.fulfilment.models import Shipment, ShipmentStatus
from orders.fulfilment.pack import pack_shipments
from orders.fulfilment.pick import pick_shipments
from orders.fulfilment.ship import ship_shipments
from orders.models import Order
from orders.outcome import Outcome
from orders.review.decide import approve_orders, hold_orders, release_orders

_ON_ORDERS: dict[str, tuple[Callable[..., Outcome], str]] = {
    "approve": (approve_orders, "orders.review_order"),
    "hold": (hold_orders, "orders.review_order"),
    "release": (release_orders, "orders.review_order"),
    "cancel": (cancel_orders, "orders.cancel_order"),
}
_ON_SHIPMENTS: dict[str, tuple[Callable[..., Outcome], ShipmentStatus]] = {
    "pick": (pick_shipments, ShipmentStatus.READY),
    "pack": (pack_shipments, ShipmentStatus.PICKING),
    "ship": (ship_shipments, ShipmentStatus.PACKED),
    "deliver": (deliver_shipments, ShipmentStatus.SHIPPED),
}
VERBS = (*_ON_ORDERS, *_ON_SHIPMENTS)
_NEED_A_REASON = ("hold", "cancel")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be done. With a user: only what they may do, to what they may see; else everything."""

    verb: str
    numbers: Sequence[str]
    reason: str = ""
    carrier: str = ""
    waybill: str = ""
    user: User | None = None


@dataclass(slots=True)
class Told:
    """The numbers done, and for each of the others why not."""

    done: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)

    def add(self, outcome: Outcome, numbers: dict[int, str]) -> "Told":
        """With what a verb did; `numbers` by id, in the order in which they were asked for."""
        self.done += [number for pk, number in numbers.items() if pk in set(outcome.done)]
        self.refused |= {numbers[pk]: words for pk, words in outcome.refused.items()}
        return self


def act(asked: Asked) -> Told:
    """Do it to everything named that allows it. Raises Refused when nothing can be done at all."""
    _check(asked)
    told = Told()
    if asked.verb in _ON_ORDERS:
        verb = partial(_ON_ORDERS[asked.verb][0], reason=asked.reason.strip())
        chosen = _orders(asked, told)
    else:
        verb = partial(_ON_SHIPMENTS[asked.verb][0])
        chosen = _shipments(asked, told)
        if asked.carrier or asked.waybill:
            if asked.waybill and len(chosen) > 1:
                raise NotPossible(_("Name the shipment that this waybill is for."))
            verb = partial(verb, waybills=dict.fromkeys(chosen, (asked.carrier, asked.waybill)))
    return told.add(verb(list(chosen), actor=asked.user), chosen) if chosen else told


def _check(asked: Asked) -> None:
    needed = _ON_ORDERS[asked.verb][1] if asked.verb in _ON_ORDERS else "orders.fulfil_order"
    if asked.user and not asked.user.has_perm(needed):
        raise NotPossible(_("The role of %s does not include this.") % asked.user.username)
    if asked.verb in _NEED_A_REASON and not asked.reason.strip():
        raise NotPossible(_("Say why: the reason is shown with the order. Nothing was changed."))
    if asked.reason and asked.verb not in _ON_ORDERS:
        raise NotPossible(_("Only approve, hold, release and cancel take a reason."))
    if (asked.carrier or asked.waybill) and asked.verb != "ship":
        raise NotPossible(_("Only ship takes a carrier and a waybill."))
    errors = list(check_text("reason", asked.reason.strip(), REASON_LENGTH))
    if errors:
        raise InvalidInput(errors)


def _orders(asked: Asked, told: Told) -> dict[int, str]:
    """The orders named, number by id; what is absent is told."""
    chosen = {}
    for number in asked.numbers:
        order = _order(asked.user, number)
        if order is None:
            told.refused[number] = _("There is no order %s.") % number
        else:
            chosen[order.pk] = order.number
    return chosen


def _shipments(asked: Asked, told: Told) -> dict[int, str]:
    """The shipments named, and those of named orders that are ready for the step, number by id."""
    ready = _ON_SHIPMENTS[asked.verb][1]
    mine = Shipment.objects.order_by("pk")
    if asked.user:
        mine = mine.filter(warehouse__in=warehouses_of(asked.user))
    chosen: dict[int, str] = {}
    for number in asked.numbers:
        named = dict(mine.filter(number=number.upper()).values_list("pk", "number"))
        order = None if named else _order(asked.user, number)
        if order:
            named = dict(mine.filter(order=order, status=ready).values_list("pk", "number"))
        if not named:
            told.refused[number] = (
                _("No shipment of order %(number)s is “%(status)s”.")
                % {"number": order.number, "status": ready.label}
                if order
                else _("There is no order or shipment %s.") % number
            )
        chosen |= named
    return chosen


def _order(user: User | None, number: str) -> Order | None:
    orders = Order.objects.visible_to(user) if user else Order.objects.all()
    return orders.with_number(number).first()
