"""Looking at what a change would do, and doing what was looked at: one and the same code does both."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from oms.models import User
from orders.amend.amend import carry_out
from orders.amend.consequences import Consequence, consequences
from orders.amend.plan import Changes


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants changed in which version of an order, and why."""

    order_id: int
    version: int
    changes: Changes
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """`found` follows from the change; `is_done` says whether it was made or only looked at."""

    found: list[Consequence]
    is_done: bool

    @property
    def marks(self) -> list[str]:
        return [one.mark for one in self.found]


def save_as_seen(wish: Wish, *, actor: User | None, seen: Sequence[str] | None) -> Outlook:
    """Make the change if what follows from it is what was `seen` (marks of an outlook); else only tell what would.

    An order that nobody has confirmed is changed at once. Raises what `amend_order` raises.
    """
    with transaction.atomic():
        done = carry_out(
            wish.order_id,
            version=wish.version,
            changes=wish.changes,
            actor=actor,
            reason=wish.reason,
        )
        outlook = Outlook(consequences(done.before, done.after, done.looked), is_done=True)
        if outlook.found and done.before.is_confirmed and seen != outlook.marks:
            # Everything was done to learn what it brings, and is undone again.
            transaction.set_rollback(True)
            return Outlook(outlook.found, is_done=False)
    return outlook
