from django.db import transaction
from django.utils.translation import gettext as _

from oms.errors import FieldError, InvalidInput, NotPossible, Stale
from oms.models import User
from oms.search import folded_names, grams
from orders import nudge
from orders.models.order import Order
from orders.models.search import OrderSearch
from orders.review.judge_again import judge_again, reconsider_held
from orders.states import OrderStatus
from orders.transition import record

ADDRESS = frozenset(
    {"ship_name", "ship_phone", "ship_country", "ship_province", "ship_city", "ship_district", "ship_street",
     "ship_postcode"}
)  # fmt: skip
EDITABLE = ADDRESS | {"note"}
_NOTE_LENGTH = 2000
_ADDRESS_IS_FIXED = frozenset(
    {OrderStatus.PARTIALLY_SHIPPED, OrderStatus.SHIPPED, OrderStatus.DELIVERED, OrderStatus.COMPLETED,
     OrderStatus.CANCELLED}
)  # fmt: skip


def edit_order(
    order_id: int, *, version: int, changes: dict[str, str], actor: User | None
) -> Order:
    """Change the address or the note of an order as it was at `version`.

    Raises Stale with both versions when somebody was faster, InvalidInput for a field that is unknown or too long,
    NotPossible for an address that a parcel has already gone to. Rules look again at an order under review, and
    after a new address at one that they hold.
    """
    with transaction.atomic():
        order = Order.objects.select_for_update(no_key=True).get(pk=order_id)
        errors = [error for name, value in changes.items() for error in _check(name, value)]
        if errors:
            raise InvalidInput(errors)
        if order.version != version:
            raise Stale(
                _("Somebody changed order %s while you were writing.") % order.number,
                theirs={name: getattr(order, name) for name in changes},
                yours=changes,
            )
        changed = {name: value for name, value in changes.items() if getattr(order, name) != value}
        if ADDRESS & changed.keys() and order.status in _ADDRESS_IS_FIXED:
            raise NotPossible(
                _("Order %(number)s is “%(status)s”; its address cannot be changed any more.")
                % {"number": order.number, "status": order.get_status_display()}
            )
        if changed:
            _save(order, changed, actor)
    nudge.after_commit()
    return order


def _save(order: Order, changed: dict[str, str], actor: User | None) -> None:
    was = {name: getattr(order, name) for name in changed}
    for name, value in changed.items():
        setattr(order, name, value)
    order.version += 1
    order.save(update_fields=[*changed, "version"])
    names = (order.customer_name, order.ship_name)
    OrderSearch.objects.filter(order=order).update(
        names=folded_names(*names), grams=grams(*names), phone_tail=order.ship_phone[::-1]
    )
    data = {"changes": {name: [was[name], value] for name, value in changed.items()}}
    record([order.pk], kind="edited", actor=actor, data=data)
    judge_again([order.pk])
    if ADDRESS & changed.keys():
        reconsider_held([order.pk])


def _check(name: str, value: str) -> list[FieldError]:
    if name not in EDITABLE:
        return [FieldError(name, "read_only", _("This field cannot be changed here."), value)]
    limit = (
        _NOTE_LENGTH if name == "note" else getattr(Order._meta.get_field(name), "max_length", 0)
    )
    if len(value) > limit:
        return [
            FieldError(name, "too_long", _("Shorten this to %d characters.") % limit, value[:80])
        ]
    if "\x00" in value:
        return [
            FieldError(
                name,
                "nul",
                _("Remove the NUL character from this text."),
                value.replace("\x00", "␀")[:80],
            )
        ]
    return []
