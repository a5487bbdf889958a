"""The acts offered on an order and on its parcels: which are legal now, and why the others are not."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inventory.listing import warehouses_of
from orders.allocation.hold import CAN_HOLD
from orders.desk.detail import Content
from orders.fulfilment.good_lots import LotWords
from orders.fulfilment.models import Shipment, ShipmentLine, ShipmentStatus
from orders.models import Order
from orders.parcels.company import order_numbers
from orders.preparation.words import prepared_words
from orders.review.limits import FINANCE, FORCE, REVIEW
from orders.review.outlook import Prospect, prospect_of
from orders.states import OrderStatus, is_legal

if TYPE_CHECKING:
    from oms.models import User

S = OrderStatus

HOLD_REASONS = (
    gettext_lazy("Ask the customer"),
    gettext_lazy("Waiting for payment"),
    gettext_lazy("Address incomplete"),
    gettext_lazy("Price to be checked"),
    gettext_lazy("Suspected fraud"),
)
"""Suggestions; any other words may be typed."""


@dataclass(frozen=True, slots=True)
class Act:
    """A button as `parts/act_button.html` takes it; `asks_reason` opens a small form instead."""

    name: str
    label: str
    url: str
    icon: str = ""
    hotkey: str = ""
    method: str = "post"
    primary: bool = False
    danger: bool = False
    why_not: str = ""
    asks_reason: bool = False
    hint: str = ""
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def box_id(self) -> str:
        return f"ask-{self.name}"

    @property
    def alone(self) -> "list[Act]":
        """For a panel with this one button."""
        return [self]


def acts_on(order: Order, user: "User") -> list[Act]:
    """Everything this person may ever do with the order; what is not possible now says why. Three queries at most."""
    acts = []
    prospect = prospect_of(order.pk, order.status, user)
    if user.has_perm(REVIEW):
        acts += _review_acts(order, prospect)
    elif user.has_perm(FINANCE):
        acts += _finance_acts(order, prospect)
    if user.has_perm(FORCE):
        acts.append(_force_act(order, prospect))
    if user.has_perm("orders.place_order"):
        url = reverse("orders:edit", args=[order.number])
        closed = _closed_words(order) if order.status == S.CANCELLED else ""
        acts.append(Act("edit", _("Edit"), url, "edit", "e", method="get", why_not=closed))
        copy = f"{reverse('orders:new')}?copy={order.number}"
        acts.append(Act("clone", _("Copy order"), copy, "copy", method="get"))
        acts.append(_keep_act(order))
    if user.has_perm("orders.cancel_order"):
        hint = _("Reserved goods are free again at once. This cannot be undone.")
        look = {"icon": "ban", "asks_reason": True, "danger": True, "hint": hint}
        acts.append(_act(order, "cancel", _("Cancel order"), S.CANCELLED, **look))
    return acts


def _keep_act(order: Order) -> Act:
    """Also while something is held: then it is held longer."""
    url = reverse("orders:keep_stock", args=[order.number])
    why_not = "" if order.status in CAN_HOLD else _closed_words(order)
    return Act("keep_stock", _("Reserve for 24 hours"), url, "clock", "k", why_not=why_not)


def _review_acts(order: Order, prospect: Prospect) -> list[Act]:
    """Approve and release have one key: never are both possible."""
    look = {"hotkey": "a", "primary": True}
    approve = _act(order, "approve", _("Approve"), S.APPROVED, icon="check", **look)
    release = _act(order, "release", _("Release"), S.APPROVED, icon="player-play", **look)
    hold = _hold_act(order)
    if order.status == S.ON_HOLD:
        approve = replace(approve, why_not=_("it is on hold: release it"), primary=False)
        return [_unless(prospect, release), approve, hold]
    return [
        _unless(prospect, approve),
        replace(release, why_not=_("it is not on hold"), primary=False),
        hold,
    ]


def _finance_acts(order: Order, prospect: Prospect) -> list[Act]:
    """Who does second reviews only approves or holds what waits for one."""
    approve = _act(
        order, "approve", _("Approve"), S.APPROVED, icon="check", hotkey="a", primary=True
    )
    acts = [_unless(prospect, approve), _hold_act(order)]
    if order.reason_code == "finance_review" and order.status == S.PENDING_REVIEW:
        return acts
    words = _("it does not wait for finance")
    return [replace(act, why_not=act.why_not or words, primary=False) for act in acts]


def _hold_act(order: Order) -> Act:
    look = {"icon": "hand-stop", "hotkey": "h", "asks_reason": True}
    return _act(order, "hold", _("Hold"), S.ON_HOLD, **look)


def _unless(prospect: Prospect, act: Act) -> Act:
    """The act, unless something keeps this person from it."""
    if act.why_not or not prospect.why_not:
        return act
    return replace(act, why_not=prospect.why_not, primary=False)


def _force_act(order: Order, prospect: Prospect) -> Act:
    look = {"icon": "shield", "asks_reason": True, "hotkey": "f", "hint": prospect.force_hint}
    act = _act(order, "force_approve", _("Force approval"), S.APPROVED, **look)
    if act.why_not or prospect.passes_over:
        return act
    return replace(act, why_not=_("nothing stands against it: approve it"))


def _act(order: Order, name: str, label: str, target: OrderStatus, **look: object) -> Act:
    why_not = "" if is_legal(order.status, target) else _why_not(order, target)
    look["primary"] = bool(look.get("primary")) and not why_not
    url = reverse(f"orders:{name}", args=[order.number])
    return Act(name, label, url, why_not=why_not, **look)  # type: ignore[arg-type]


# What stands against a decision, beyond the bare status.
_GONE = frozenset({S.PARTIALLY_SHIPPED, S.SHIPPED, S.DELIVERED, S.COMPLETED})
_DECIDED = frozenset({S.APPROVED, S.BACKORDERED, S.ALLOCATED, S.IN_FULFILMENT, *_GONE})


def _why_not(order: Order, target: OrderStatus) -> str:
    words = {"status": order.get_status_display()}
    if order.status == target:
        return _("it already is")
    if order.status in _GONE and target in (S.CANCELLED, S.ON_HOLD):
        return _("goods have left: the order is “%(status)s”") % words
    if order.status in _DECIDED and target == S.APPROVED:
        return _("it was approved: the order is “%(status)s”") % words
    return _("the order is “%(status)s”") % words


def _closed_words(order: Order) -> str:
    return _("the order is “%(status)s”") % {"status": order.get_status_display()}


@dataclass(frozen=True, slots=True)
class Parcel:
    """A shipment, what is in it, and the one step it can take next, if this person may take it.

    `company` are the orders that travel with it, `mates` those that could; `is_mine` where the person works.
    """

    shipment: Shipment
    lines: list[ShipmentLine]
    act: Act | None
    company: list[str]
    mates: list[str]
    is_mine: bool
    lots: dict[int, LotWords]
    prepared: str = ""

    @property
    def contents(self) -> list[tuple[ShipmentLine, LotWords | None]]:
        """Each line and, for goods that have any, its lots."""
        return [(line, self.lots.get(line.pk)) for line in self.lines]


# Each status with the step that leads out of it.
_NEXT = {
    ShipmentStatus.READY: ("pick", gettext_lazy("Start picking"), "package"),
    ShipmentStatus.PICKING: ("pack", gettext_lazy("Mark packed"), "box"),
    ShipmentStatus.PACKED: ("ship", gettext_lazy("Hand over"), "truck-delivery"),
    ShipmentStatus.SHIPPED: ("deliver", gettext_lazy("Mark delivered"), "circle-check"),
}


def parcels_of(order: Order, contents: list[Content], user: "User") -> list[Parcel]:
    """The shipments with their next steps; a stopped order's goods stay where they are.

    A parcel of a warehouse in which `user` does not work is shown without a step.
    """
    mine = set(warehouses_of(user).values_list("pk", flat=True)) if contents else set[int]()
    may_fulfil = user.has_perm("orders.fulfil_order")
    return [
        Parcel(
            one.shipment,
            one.lines,
            _next_step(order, one.shipment)
            if may_fulfil and one.shipment.warehouse_id in mine
            else None,
            order_numbers(one.together),
            order_numbers(one.could_join),
            one.shipment.warehouse_id in mine,
            one.lots,
            prepared_words(one.shipment, order.currency) if _is_here(one.shipment) else "",
        )
        for one in contents
    ]


def _is_here(shipment: Shipment) -> bool:
    return shipment.status in (ShipmentStatus.READY, ShipmentStatus.PICKING, ShipmentStatus.PACKED)


def _next_step(order: Order, shipment: Shipment) -> Act | None:
    step = _NEXT.get(ShipmentStatus(shipment.status))
    if step is None:
        return None
    name, label, icon = step
    url = reverse(f"orders:{name}", args=[order.number, shipment.pk])
    is_stopped = order.status in (S.ON_HOLD, S.CANCELLED)
    return Act(
        name, str(label), url, icon, why_not=_why_not(order, S.SHIPPED) if is_stopped else ""
    )
