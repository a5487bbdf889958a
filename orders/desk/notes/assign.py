"""Whose an order is: given to somebody, or given up. Two at once: the later one wins, both are told."""

from django.db import transaction
from django.utils.translation import gettext as _

from oms.errors import FieldError, InvalidInput, NotPossible
from oms.models import User
from orders.desk.notes.models import OrderOwner
from orders.desk.notes.people import who_may_see
from orders.models.order import Order
from orders.transition import record


def assign_order(order_id: int, *, user_id: int, actor: User) -> User:
    """Make the user the owner of the order, whoever it was before.

    Raises InvalidInput for somebody who may not see the order, NotPossible when it is theirs already.
    """
    with transaction.atomic():
        was = _owner_under_lock(order_id)
        owner = who_may_see(order_id).filter(pk=user_id).first()
        if owner is None:
            words = _("Choose a colleague from the list; this one may not see the order.")
            raise InvalidInput([FieldError("to", "not_found", words, user_id)])
        if was and was.pk == owner.pk:
            raise NotPossible(
                _("The order is %s's already. Nothing was changed.") % owner.display_name
            )
        OrderOwner.objects.filter(order_id=order_id).delete()
        OrderOwner.objects.create(order_id=order_id, user=owner)
        _record(order_id, was, owner, actor)
    return owner


def give_up_order(order_id: int, *, actor: User) -> None:
    """Leave the order without an owner. Raises NotPossible when it is not the actor's."""
    with transaction.atomic():
        was = _owner_under_lock(order_id)
        if was is None or was.pk != actor.pk:
            raise NotPossible(_("The order is not yours any more. Nothing was changed."))
        OrderOwner.objects.filter(order_id=order_id).delete()
        _record(order_id, was, None, actor)


def _owner_under_lock(order_id: int) -> User | None:
    Order.objects.select_for_update(no_key=True).only("pk").get(pk=order_id)
    row = OrderOwner.objects.select_related("user").filter(order_id=order_id).first()
    return row.user if row else None


def _record(order_id: int, was: User | None, owner: User | None, actor: User) -> None:
    ends = (was, owner)
    data = {
        "owner": [user.display_name if user else "" for user in ends],
        "owner_id": [user.pk if user else None for user in ends],
    }
    record([order_id], kind="assigned", actor=actor, data=data)
