"""The acts on an order's goods and parcels: which are possible now, and why the others are not."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from orders.allocation.now import CAN_GIVE_BACK, GIVEN_BACK
from orders.allocation.parts import SHORT_IN
from orders.desk.acts import Act
from orders.models import Order
from orders.review.rules.text import Priority
from orders.states import CLOSED, OrderStatus

if TYPE_CHECKING:
    from oms.models import User

S = OrderStatus
_HAS_PARCELS = frozenset(
    {S.APPROVED, S.BACKORDERED, S.ALLOCATED, S.IN_FULFILMENT, S.PARTIALLY_SHIPPED, S.ON_HOLD}
)
HANDS = ("orders.place_order", "orders.fulfil_order")
"""Who may take parcels apart and put them together: who keeps orders, and who packs them."""


def goods_acts(order: Order, user: "User") -> list[Act]:
    """Everything this person may ever do with the goods of the order. No query."""
    acts = []
    if any(map(user.has_perm, HANDS)):
        acts.append(_split(order))
    if user.has_perm("orders.reallocate_order"):
        acts += [_goods(order), _allocate(order), _free(order)]
    return acts


def priorities(order: Order, user: "User") -> list[tuple[int, str]]:
    """The priorities one may choose for it: value and words, the most urgent first; none where one may not."""
    if order.status in CLOSED or not user.has_perm("orders.reallocate_order"):
        return []
    return [
        (one.value, str(one.label)) for one in reversed(Priority) if one.value != order.priority
    ]


def _where(order: Order) -> str:
    return _("the order is “%(status)s”") % {"status": order.get_status_display()}


def _split(order: Order) -> Act:
    url = reverse("orders:split", args=[order.number])
    why_not = "" if order.status in _HAS_PARCELS else _where(order)
    return Act("split", _("Split"), url, "arrows-split", "s", method="get", why_not=why_not)


def _goods(order: Order) -> Act:
    url = reverse("orders:goods", args=[order.number])
    is_short = order.status in SHORT_IN and order.reason_code == "short"
    why_not = "" if is_short else _("it is not short of goods")
    return Act(
        "goods",
        _("Goods from other orders"),
        url,
        "arrows-join",
        "t",
        method="get",
        why_not=why_not,
    )


def _allocate(order: Order) -> Act:
    url = reverse("orders:allocate", args=[order.number])
    is_back = order.status == S.ON_HOLD and order.reason_code == GIVEN_BACK
    is_short = order.status in SHORT_IN and order.reason_code == "short"
    can = is_back or is_short or order.status == S.APPROVED
    why_not = "" if can else _("it is not short of goods")
    return Act("allocate", _("Reserve now"), url, "package", "l", why_not=why_not)


def _free(order: Order) -> Act:
    url = reverse("orders:free_goods", args=[order.number])
    can = order.status in CAN_GIVE_BACK and order.status not in (S.IN_FULFILMENT, S.APPROVED)
    hint = _("The order waits on hold until somebody reserves goods for it or releases it.")
    why_not = "" if can else _where(order)
    return Act(
        "free_goods", _("Give reserved goods back"), url, "arrow-left", asks_reason=True, hint=hint, why_not=why_not,
    )  # fmt: skip
