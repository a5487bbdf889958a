"""Allocation: plan a chunk of waiting orders, and write reservations, shipments and statuses."""

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction

from inventory import ledger
from inventory.ledger import Allotment, Supply
from oms.sql import query
from oms.uncollected import uncollected
from orders.allocation.carry import Held, going
from orders.allocation.optimise import plan_together
from orders.allocation.plan import Demand, Result, Served, plan
from orders.allocation.policies import Rules, current_rules
from orders.allocation.telling import Waits, say_why, telling_of
from orders.allocation.waiting import FRONT, Place, Waiting, demands_of, end_of, next_waiting
from orders.allocation.why import Why
from orders.billing.due import due_sql
from orders.fulfilment.prepare import prepare_shipments
from orders.fulfilment.progress import settle
from orders.states import OrderStatus
from orders.transition import Alike, move, move_alike

SupplyOf = Callable[[Sequence[int]], list[Supply]]

# One worker plans at a time: two that plan with the same pieces would do most of their work for nothing. Nobody else
# waits for this lock; staff meets the stock rows only, for the moment in which they are changed.
_ALONE = "SELECT pg_advisory_xact_lock(hashtext('allocation'))"
# Foreign keys are checked here instead of at the commit, when the stock rows would be locked already.
_CHECK_KEYS = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"
# Orders that are served at once when stock is locked from the plan on.
_LOCKED_CHUNK = 50


@dataclass(frozen=True, slots=True)
class Allocated:
    """`seconds_locked`: how long the stock rows were held, from the first lock to the commit; `end`: where the chunk
    ended in its queue."""

    allocated: int
    backordered: int
    nothing_to_ship: int
    end: Place
    seconds_locked: float


@dataclass(frozen=True, slots=True)
class Chunk:
    """Which orders to serve next: of a queue and priority, after a place, so many."""

    queue: OrderStatus
    after: Place
    limit: int
    priority: int = 0


def allocate_chunk(
    queue: OrderStatus, *, limit: int, after: Place = FRONT, priority: int = 0
) -> Allocated | None:
    """Serve the next orders of a queue and priority behind `after`; None when there are none. One transaction.

    Stock is planned with as it stands and locked at the very end. When some of the pieces were
    taken away meanwhile, a smaller part is done again under locked stock.
    """
    try:
        return _serve_next(Chunk(queue, after, limit, priority), ledger.look_at_supply)
    except IntegrityError:
        if transaction.get_connection().in_atomic_block:
            raise
    return _serve_next(Chunk(queue, after, min(limit, _LOCKED_CHUNK), priority), ledger.lock_supply)


def _serve_next(chunk: Chunk, supply_of: SupplyOf) -> Allocated | None:
    with uncollected(), transaction.atomic():
        rules = current_rules()
        waiting = next_waiting(
            chunk.queue, chunk.after, priority=chunk.priority, limit=chunk.limit, rules=rules
        )
        if not waiting:
            return None
        demands = demands_of(waiting, ask_tags=rules.ask_tags)
        plan_alone()
        locked_at = time.perf_counter()
        served = planned(demands, supply_of, rules)
        held = going(demands, served)
        allotments = reserve_served(served, held)
        counts = _write_statuses(_with_parcels(waiting, held), demands, served, rules)
        check_keys()
        if supply_of is ledger.look_at_supply:
            locked_at = time.perf_counter()
        ledger.promise(allotments)
    return Allocated(*counts, end_of(waiting), time.perf_counter() - locked_at)


def plan_alone() -> None:
    """Be the only one who plans until the transaction ends. Orders are locked before, stock after."""
    query(_ALONE)


def check_keys() -> None:
    """Check foreign keys now, before the stock rows are locked, and not at the commit."""
    query(_CHECK_KEYS)


def planned(demands: Sequence[Demand], supply_of: SupplyOf, rules: Rules) -> list[Served]:
    """How those that lack anything fare with what there is of their SKUs."""
    wanting = [one for one in demands if one.needs]
    if not wanting:
        return []
    supplies = supply_of(sorted({need.sku_id for one in wanting for need in one.needs}))
    make = plan_together if settings.ALLOCATION_OPTIMISER else plan
    return make(wanting, supplies, list(rules.warehouses), rules.policies, rules.later)


def reserve_served(served: Sequence[Served], held: Sequence[Held] = ()) -> list[Allotment]:
    """Make the shipments and the reservations that travel in them, `held` ones too; returns what must be promised."""
    allotments = [allotment for one in served for allotment in one.allotments]
    parcels = [
        (one.order_id, allotment.warehouse_id) for one in served for allotment in one.allotments
    ]
    shipments = prepare_shipments([*parcels, *(one.parcel for one in held)])
    ledger.reserve(allotments, [shipments[parcel] for parcel in parcels])
    ledger.carry([one.reservation_id for one in held], [shipments[one.parcel] for one in held])
    return allotments


def _with_parcels(waiting: Sequence[Waiting], held: Sequence[Held]) -> list[Waiting]:
    """As the queue would know them now: what was held softly lies in a parcel that nobody has begun."""
    carried = {one.order_id for one in held}
    return [
        one._replace(begun=False) if one.begun is None and one.order_id in carried else one
        for one in waiting
    ]


def _write_statuses(
    waiting: Sequence[Waiting], demands: list[Demand], served: list[Served], rules: Rules
) -> tuple[int, int, int]:
    """Move every order of the chunk to where it now stands: (allocated, backordered, nothing to ship)."""
    status_of = {one.order_id: one.status for one in waiting}
    begun = {one.order_id: one.begun for one in waiting if one.begun is not None}
    fulfilled = [one.order_id for one in demands if not one.needs]
    settled = _finish_empty(
        [pk for pk in fulfilled if status_of[pk] == OrderStatus.APPROVED and pk not in begun]
    )
    short = [one for one in served if one.missing]
    telling = telling_of(served, rules)
    whole: dict[tuple[Result, Why], list[int]] = defaultdict(list)
    for one in served:
        if not one.missing and status_of[one.order_id] in (
            OrderStatus.APPROVED,
            OrderStatus.BACKORDERED,
        ):
            whole[one.result, one.why].append(one.order_id)
    move_alike(
        [
            Alike(ids, OrderStatus.ALLOCATED, "allocated", data={"how": how, "why": telling.why(why)})
            for (how, why), ids in whole.items()
        ],
        actor=None, actor_name="allocation",
    )  # fmt: skip
    is_new = [one for one in short if status_of[one.order_id] == OrderStatus.APPROVED]
    move(list(map(telling.short_move, is_new)), actor=None, actor_name="allocation")
    say_why(
        [telling.waits(one) for one in short if status_of[one.order_id] != OrderStatus.APPROVED]
    )
    # A released or part-shipped order may already be further on than "allocated".
    to_settle = {pk for pk in fulfilled if pk in begun} | {pk for pk in begun if begun[pk]}
    settle(sorted(to_settle), actor=None, actor_name="allocation")
    return len(served) - len(short), len(is_new), settled


def _finish_empty(order_ids: list[int]) -> int:
    """Approved orders with nothing to ship are done once they owe nothing; how many are."""
    owing_nothing = _settled(order_ids)
    move_alike(
        [Alike(sorted(owing_nothing), OrderStatus.COMPLETED, "completed", "", "nothing_to_ship")],
        actor=None, actor_name="allocation",
    )  # fmt: skip
    say_why([Waits(pk, "awaiting_payment", "") for pk in order_ids if pk not in owing_nothing])
    return len(owing_nothing)


def _settled(order_ids: list[int]) -> set[int]:
    """Which of these orders owe nothing."""
    if not order_ids:
        return set()
    owing = f"SELECT o.id FROM orders_order o WHERE o.id = ANY(%s) AND {due_sql('o')} <= 0"
    return {row[0] for row in query(owing, [order_ids])}
