"""Whose an order is: given to somebody, or given up. Two at once: the later one wins, both are told."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from oms.errors import FieldError, InvalidInput, NotPossible
from oms.models import User
from oms.sql import int_array, query
from orders.desk.notes.models import OrderOwner
from orders.desk.notes.people import who_may_see
from orders.models.order import Order
from orders.outcome import Outcome, require_all
from orders.transition import record

_PUT = """
INSERT INTO orders_orderowner (order_id, user_id) SELECT id, %s FROM unnest(%s::bigint[]) AS id ORDER BY id
ON CONFLICT (order_id) DO UPDATE SET user_id = excluded.user_id, since = now()
"""
# What the last change of owner of each order was.
_LAST = """
SELECT o.id, e.data -> 'owner_id' ->> 0, e.data -> 'owner_id' ->> 1
FROM unnest(%s::bigint[]) AS o (id) CROSS JOIN LATERAL (
  SELECT data FROM orders_orderevent WHERE order_id = o.id AND kind = 'assigned' ORDER BY id DESC LIMIT 1) e
"""


def assign_order(order_id: int, *, user_id: int, actor: User) -> User:
    """Make the user the owner of the order, whoever it was before.

    Raises InvalidInput for somebody who may not see the order, NotPossible when it is theirs already.
    """
    owner = who_may_see(order_id).filter(pk=user_id).first()
    if owner is None:
        raise InvalidInput([FieldError("to", "not_found", _not_theirs(), user_id)])
    require_all(assign_orders([order_id], owner=owner, actor=actor))
    return owner


def assign_orders(order_ids: Iterable[int], *, owner: User, actor: User) -> Outcome:
    """Make `owner` the owner of orders, whoever it was before; refused are theirs, and those they may not see."""
    with transaction.atomic():
        were = _owners_under_lock(order_ids)
        seen = _seen_by(owner, were)
        outcome = Outcome()
        for order_id, was in were.items():
            if order_id not in seen:
                outcome.refused[order_id] = _not_theirs()
            elif was and was.pk == owner.pk:
                words = _("The order is %s's already. Nothing was changed.")
                outcome.refused[order_id] = words % owner.display_name
            else:
                outcome.done.append(order_id)
        _give(dict.fromkeys(outcome.done, owner), were, actor)
    return outcome


def assign_free_orders(order_ids: Iterable[int], *, owner: User, actor_name: str) -> list[int]:
    """Make `owner` the owner of those orders that have none and that they may see; gives these."""
    with transaction.atomic():
        free = [pk for pk, was in _owners_under_lock(order_ids).items() if was is None]
        given = sorted(_seen_by(owner, free))
        _give(dict.fromkeys(given, owner), dict.fromkeys(given), None, actor_name)
    return given


def give_back_orders(order_ids: Iterable[int], *, from_name: str, actor: User) -> Outcome:
    """Give orders that were given to the user of the log-in name `from_name` to whom they belonged before.

    Refused are those that changed hands since.
    """
    with transaction.atomic():
        were = _owners_under_lock(order_ids)
        outcome = Outcome()
        back = dict[int, User | None]()
        last = {pk: before for pk, before, _now in query(_LAST, [int_array(were)])}
        people = User.objects.in_bulk([int(one) for one in last.values() if one])
        for order_id, was in were.items():
            if was is None or was.username != from_name or order_id not in last:
                outcome.refused[order_id] = _("The order changed hands meanwhile.")
                continue
            before = last[order_id]
            back[order_id] = people[int(before)] if before else None
            outcome.done.append(order_id)
        _give(back, were, actor)
    return outcome


def give_up_order(order_id: int, *, actor: User) -> None:
    """Leave the order without an owner. Raises NotPossible when it is not the actor's."""
    with transaction.atomic():
        were = _owners_under_lock([order_id])
        was = were[order_id]
        if was is None or was.pk != actor.pk:
            raise NotPossible(_("The order is not yours any more. Nothing was changed."))
        _give({order_id: None}, were, actor)


def _not_theirs() -> str:
    return _("Choose a colleague from the list; this one may not see the order.")


def _seen_by(owner: User, order_ids: Iterable[int]) -> set[int]:
    if not (owner.is_active and owner.has_perm("orders.view_order")):
        return set()
    visible = Order.objects.visible_to(owner).filter(pk__in=list(order_ids))
    return set(visible.values_list("pk", flat=True))


def _owners_under_lock(order_ids: Iterable[int]) -> dict[int, User | None]:
    orders = Order.objects.select_for_update(no_key=True).filter(pk__in=list(order_ids))
    ids: Sequence[int] = list(orders.order_by("pk").values_list("pk", flat=True))
    owned = OrderOwner.objects.select_related("user").filter(order_id__in=ids)
    by_order = {row.order_id: row.user for row in owned}
    return {pk: by_order.get(pk) for pk in ids}


def _give(
    owners: Mapping[int, User | None],
    were: Mapping[int, User | None],
    actor: User | None,
    actor_name: str = "system",
) -> None:
    """Write the new owners and who it was before; a few statements for each pair of people."""
    pairs: dict[tuple[int | None, int | None], list[int]] = {}
    people = {user.pk: user for user in (*owners.values(), *were.values()) if user}
    for order_id, owner in owners.items():
        was = were[order_id]
        key = (was.pk if was else None, owner.pk if owner else None)
        pairs.setdefault(key, []).append(order_id)
    for (was_id, owner_id), ids in pairs.items():
        if owner_id is None:
            OrderOwner.objects.filter(order_id__in=ids).delete()
        else:
            query(_PUT, [owner_id, int_array(ids)])
        names = [people[pk].display_name if pk else "" for pk in (was_id, owner_id)]
        data = {"owner": names, "owner_id": [was_id, owner_id]}
        record(ids, kind="assigned", actor=actor, actor_name=actor_name, data=data)
