"""Looking at what a gift would do to the orders that give, and giving as it was looked at: one and the same code."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from inventory.expectations import expected_on
from oms.display import time_text
from oms.models import User
from orders.allocation.give import Gift, give
from orders.amend.consequences import Consequence
from orders.amend.state import OrderState
from orders.states import OrderStatus

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

TITLES: "dict[str, StrPromise]" = {
    "goods": gettext_lazy("Reserved goods"),
    "late": gettext_lazy("Who becomes late"),
    "status": gettext_lazy("Status"),
}


@dataclass(frozen=True, slots=True)
class Impact:
    """`found` follows from the gift; `is_done` says whether it was made or only looked at."""

    found: list[Consequence]
    is_done: bool

    @property
    def marks(self) -> list[str]:
        return [one.mark for one in self.found]


def give_as_seen(gift: Gift, *, actor: User | None, seen: Sequence[str] | None) -> Impact:
    """Give if what follows is what was `seen` (marks of an impact); else only tell what would follow.

    Raises what `give` raises.
    """
    with transaction.atomic():
        given = give(gift, actor=actor)
        found = [*_impact(given.before, given.after)]
        impact = Impact(found, is_done=True)
        if seen != impact.marks:
            # Everything was done to learn what it brings, and is undone again.
            transaction.set_rollback(True)
            return Impact(found, is_done=False)
    return impact


def _impact(before: Sequence[OrderState], after: Sequence[OrderState]) -> Iterator[Consequence]:
    for was, now in zip(before, after, strict=True):
        yield from _goods(was, now)
    skus = {
        line.sku_id for one in after for line in one.lines.values() if line.sku_id and line.lacking
    }
    days = expected_on(sorted(skus))
    for now in after[1:]:
        if any(line.lacking for line in now.lines.values()):
            yield lateness(now, days)
    for was, now in zip(before, after, strict=True):
        if was.status != now.status:
            tone = "danger" if now.status == OrderStatus.BACKORDERED else ""
            labels = [str(OrderStatus(one.status).label) for one in (was, now)]
            yield Consequence("status", now.number, labels[0], labels[1], "", tone)


def _goods(was: OrderState, now: OrderState) -> Iterator[Consequence]:
    for pk, line in was.lines.items():
        old, new = line.ready + line.begun, now.lines[pk].ready + now.lines[pk].begun
        if old != new:
            freed = now.head["ship_complete"] and not new and old
            note = _("Leaves only when complete: it keeps nothing meanwhile.") if freed else ""
            yield Consequence("goods", f"{now.number} · {line.code}", str(old), str(new), note)


def lateness(order: OrderState, days: Mapping[int, date]) -> Consequence:
    """How late an order becomes that lacks goods; `days` are those on which its lines have them."""
    lines = [pk for pk, line in order.lines.items() if line.lacking]
    known = [days[pk] for pk in lines if pk in days]
    expected = max(known) if len(known) == len(lines) else None
    promised = order.head["promised_at"]
    shown = time_text(promised) if promised else _("nothing promised")
    comes = time_text(expected) if expected else _("no date for new goods")
    note, tone = _late_words(promised, expected)
    return Consequence("late", order.number, shown, comes, note, tone)


def _late_words(promised: datetime | None, expected: date | None) -> tuple[str, str]:
    if promised is None:
        return "", "warn"
    if expected is None:
        return _("Late unless goods come before."), "danger"
    days = (expected - timezone.localdate(promised)).days
    if days <= 0:
        return _("Still in time."), ""
    return ngettext("%d day late", "%d days late", days) % days, "danger"
