"""Draining what waits: review, then allocation, in chunks that many workers may take side by side."""

from dataclasses import asdict, dataclass
from itertools import product

from orders.allocation.allocate import allocate_chunk
from orders.allocation.hold import expire_holds
from orders.allocation.waiting import FRONT, QUEUES, priorities_waiting
from orders.billing.unpaid import hold_unpaid
from orders.parcels.merge_many import merge_waiting
from orders.review.judge import judge_chunk
from orders.review.rules.force import pause_unreadable

# Stock rows are locked at the end of a chunk; chunks grow and shrink so that this stays well under 100 ms.
LOCK_GOAL_SECONDS = 0.05
FIRST_CHUNK = 500
SMALLEST_CHUNK, LARGEST_CHUNK = 20, 4000


@dataclass(slots=True)
class Advanced:
    """How many orders moved where, and the longest time that stock was locked."""

    approved: int = 0
    held: int = 0
    cancelled: int = 0
    to_person: int = 0
    allocated: int = 0
    backordered: int = 0
    nothing_to_ship: int = 0
    merged: int = 0
    longest_lock_seconds: float = 0.0

    def as_dict(self) -> dict[str, float]:
        return asdict(self)


def advance() -> Advanced:
    """Review and allocate every order that can move, once each: the urgent ones first, then the oldest.

    Goods that were kept until now are free before; what is left then is kept for who still has to pay.
    """
    done = Advanced()
    expire_holds()
    try:
        _review(done)
    finally:
        # A rule that fails must not keep approved orders from their goods.
        _allocate(done)
        done.merged = merge_waiting()
    hold_unpaid()
    return done


def _review(done: Advanced) -> None:
    pause_unreadable()
    last_id = 0
    while (judged := judge_chunk(after_id=last_id)) is not None:
        done.approved += judged.approved
        done.held += judged.held
        done.cancelled += judged.cancelled
        done.to_person += judged.to_person
        last_id = judged.last_id


def _allocate(done: Advanced) -> None:
    limit = FIRST_CHUNK
    for priority, queue in product(priorities_waiting(), QUEUES):
        place = FRONT
        while chunk := allocate_chunk(queue, after=place, limit=limit, priority=priority):
            done.allocated += chunk.allocated
            done.backordered += chunk.backordered
            done.nothing_to_ship += chunk.nothing_to_ship
            done.longest_lock_seconds = max(done.longest_lock_seconds, chunk.seconds_locked)
            place = chunk.end
            limit = _next_limit(limit, chunk.seconds_locked)


def _next_limit(limit: int, seconds_locked: float) -> int:
    wanted = int(limit * LOCK_GOAL_SECONDS / max(seconds_locked, 0.001))
    return max(SMALLEST_CHUNK, min(LARGEST_CHUNK, wanted, limit * 2))
