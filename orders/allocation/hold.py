"""Soft holds: an order that waits (for review, for its payment) keeps goods for a limited time.

What an order holds goes into its parcels when it is allocated, so that nobody gets it in between; what it does not
hold is planned as usual. All holds of an order end together.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import now as time_now
from django.utils.translation import gettext as _

from inventory import ledger
from oms.display import time_text
from oms.errors import FieldError, InvalidInput
from oms.models import User
from oms.sql import int_array, query
from orders import nudge
from orders.allocation.allocate import SupplyOf, check_keys, plan_alone, planned
from orders.allocation.plan import Served
from orders.allocation.policies import current_rules
from orders.allocation.telling import Telling, telling_of
from orders.allocation.waiting import demands_of, orders_waiting
from orders.models import Order
from orders.outcome import Outcome
from orders.states import OrderStatus
from orders.transition import record

LONGEST = timedelta(days=30)
CAN_HOLD = (OrderStatus.PENDING_REVIEW, OrderStatus.ON_HOLD)
"""Where an order waits for somebody, not for goods."""
_CHUNK = 500

_LOCK = """
SELECT o.id, o.status, o.ship_complete FROM orders_order o
WHERE o.id = ANY(%s::bigint[]) AND o.status = ANY(%s) ORDER BY o.id FOR NO KEY UPDATE
"""
_LOCK_ANY = "SELECT id FROM orders_order WHERE id = ANY(%s::bigint[]) ORDER BY id FOR NO KEY UPDATE"
_HELD = """
SELECT l.order_id, r.id FROM inventory_reservation r JOIN orders_orderline l ON l.id = r.order_line_id
WHERE l.order_id = ANY(%s::bigint[]) AND r.status = 'open' AND r.expires_at IS NOT NULL ORDER BY r.id
"""


def hold_softly(
    order_ids: Sequence[int], *, until: datetime, actor: User | None, actor_name: str = "system"
) -> Outcome:
    """Reserve what is free for orders that wait, until then; what they hold already ends then, too.

    Refused for each order of which nothing is held afterwards. Raises InvalidInput for a time that is past or too far.
    """
    _check(until)
    told = {"actor": actor, "actor_name": actor_name}
    try:
        with transaction.atomic():
            return _hold(order_ids, until, ledger.look_at_supply, told)
    except IntegrityError:
        # Somebody took some of the pieces between the look and the promise.
        with transaction.atomic():
            return _hold(order_ids, until, ledger.lock_supply, told)


def _check(until: datetime) -> None:
    if not time_now() < until <= time_now() + LONGEST:
        words = _("Give a time to come, at most %d days ahead.") % LONGEST.days
        raise InvalidInput([FieldError("until", "out_of_range", words, until.isoformat())])


def _hold(
    order_ids: Sequence[int], until: datetime, supply_of: SupplyOf, told: dict[str, Any]
) -> Outcome:
    """One try: everything is written, the pieces themselves at the very end."""
    locked = query(_LOCK, [int_array(order_ids), [status.value for status in CAN_HOLD]])
    waiting = {row[0] for row in locked}
    before = held_by(sorted(waiting))
    plan_alone()
    served, telling = _planned_in_parts(sorted(waiting), supply_of)
    allotments = [allotment for one in served for allotment in one.allotments]
    ledger.reserve_until(allotments, until)
    ledger.prolong([pk for held in before.values() for pk in held], until)
    done = sorted({one.order_id for one in served if one.allotments} | before.keys())
    record(done, kind="stock_held", data={"until": time_text(until)}, **told)
    check_keys()
    ledger.promise(allotments)
    refused = _nothing_held(waiting.difference(done), served, telling)
    return Outcome(done, refused | cannot_hold([pk for pk in order_ids if pk not in waiting]))


def _planned_in_parts(
    order_ids: Sequence[int], supply_of: SupplyOf
) -> tuple[list[Served], Telling]:
    """What is free is held, also of an order that will only leave complete."""
    rules = current_rules().for_parts()
    waiting = [one._replace(ship_complete=False) for one in orders_waiting(order_ids)]
    served = planned(demands_of(waiting, ask_tags=rules.ask_tags), supply_of, rules)
    return served, telling_of(served, rules)


def _nothing_held(
    order_ids: Collection[int], served: Sequence[Served], telling: Telling
) -> dict[int, str]:
    refused = dict.fromkeys(order_ids, _("It lacks no goods."))
    for one in served:
        if one.order_id in refused:
            words = _("Nothing of it is free now: %s.")
            refused[one.order_id] = words % telling.shortage(one)
    return refused


def cannot_hold(order_ids: Sequence[int]) -> dict[int, str]:
    """Why these orders, which do not wait for anybody, hold nothing."""
    words = dict.fromkeys(order_ids, _("There is no such order."))
    for order in Order.objects.filter(pk__in=order_ids).only("number", "status"):
        words[order.pk] = _(
            "Order %(number)s is “%(status)s”; only an order in review or on hold keeps goods for a time."
        ) % {"number": order.number, "status": order.get_status_display()}
    return words


def held_by(order_ids: Sequence[int]) -> dict[int, list[int]]:
    """The soft holds of those of the orders that have any."""
    found: dict[int, list[int]] = defaultdict(list)
    if order_ids:
        for order_id, pk in query(_HELD, [int_array(order_ids)]):
            found[order_id].append(pk)
    return dict(found)


def let_go(order_ids: Sequence[int], *, actor: User | None) -> Outcome:
    """End the soft holds of the orders before their time; the goods are free again at once."""
    with transaction.atomic():
        query(_LOCK_ANY, [int_array(order_ids)])
        held = held_by(order_ids)
        ledger.release(sorted(pk for ids in held.values() for pk in ids))
        record(sorted(held), kind="let_go", actor=actor)
    nudge.after_commit()
    nothing = _("It holds nothing for a time.")
    return Outcome(sorted(held), {pk: nothing for pk in order_ids if pk not in held})


_FITTED = """
SELECT r.id, r.expires_at FROM inventory_reservation r JOIN orders_orderline l ON l.id = r.order_line_id
WHERE l.order_id = %s AND r.status = 'open' AND r.expires_at IS NOT NULL ORDER BY r.id
"""
_SKUS = "SELECT DISTINCT sku_id FROM orders_orderline WHERE order_id = %s AND sku_id IS NOT NULL"


def hold_again(order_id: int) -> None:
    """Fit what a changed order holds to what it now wants, until the same time; the order is locked by the caller.

    Its goods are locked from before they are freed until the commit, so that nobody else gets them in between.
    """
    held = query(_FITTED, [order_id])
    if not held:
        return
    plan_alone()
    ledger.lock_stock(sorted(row[0] for row in query(_SKUS, [order_id])))
    ledger.release([pk for pk, _until in held])
    served, _telling = _planned_in_parts([order_id], ledger.look_at_supply)
    allotments = [allotment for one in served for allotment in one.allotments]
    ledger.reserve_until(allotments, max(until for _pk, until in held))
    ledger.promise(allotments)


# Orders that somebody works on are left to the next sweep.
_EXPIRED = """
SELECT o.id FROM orders_order o
WHERE o.id > %(after)s AND o.id IN (
  SELECT l.order_id FROM inventory_reservation r JOIN orders_orderline l ON l.id = r.order_line_id
  WHERE r.status = 'open' AND r.expires_at <= now())
ORDER BY o.id LIMIT %(limit)s FOR NO KEY UPDATE OF o SKIP LOCKED
"""
_ENDED = """
SELECT l.order_id, r.id FROM inventory_reservation r JOIN orders_orderline l ON l.id = r.order_line_id
WHERE l.order_id = ANY(%s::bigint[]) AND r.status = 'open' AND r.expires_at <= now() ORDER BY r.id
"""


def expire_holds() -> int:
    """Give back what was held until now; says of how many orders. A chunk of orders is one transaction."""
    after, count = 0, 0
    while ids := _expire_next(after):
        after, count = ids[-1], count + len(ids)
    return count


def _expire_next(after: int) -> list[int]:
    with transaction.atomic():
        ids = [row[0] for row in query(_EXPIRED, {"after": after, "limit": _CHUNK})]
        if ids:
            # Read under the orders' lock: one may have been prolonged or allocated since.
            ended = query(_ENDED, [int_array(ids)])
            ledger.release([pk for _order_id, pk in ended])
            record(sorted({order_id for order_id, _pk in ended}), kind="hold_expired", actor=None)
    return ids
