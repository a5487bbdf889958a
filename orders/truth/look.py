"""Looking at everything that must always be true, a piece at a time, so that no look is long.

A pass walks the stock, then the orders, in ranges of ids that take about half a second each, then asks what can only be
asked of everything. Any worker goes on where the last one stopped; two never look at the same time.
"""

import json
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from oms.models import User
from oms.sql import query, rows_json
from orders.invariants import INVARIANTS
from orders.invariants.invariant import SHOWN_ROWS, Invariant, Violation, check_range
from orders.invariants.slices import BY_ORDER, BY_STOCK, Range, Slice
from orders.truth.models import TruthPass, TruthState

logger = logging.getLogger(__name__)

PASS_EVERY = timedelta(minutes=10)
# A look at very many orders takes long, so it is begun less often and never costs more than so much of a core.
MOST_OF_A_CORE = 0.05
RUN_SECONDS = 5.0
PIECE_SECONDS = 0.5
SMALLEST_PIECE, FIRST_PIECE, LARGEST_PIECE = 100, 1000, 50_000
KEPT_DAYS = 30


@dataclass(frozen=True, slots=True)
class Step:
    """Invariants that are asked together; `by` is what is walked, None asks them of everything."""

    invariants: Sequence[Invariant]
    by: Slice | None = None


def _steps() -> list[Step]:
    walked = [Step([one for one in INVARIANTS if one.by is by], by) for by in (BY_STOCK, BY_ORDER)]
    return walked + [Step([one]) for one in INVARIANTS if one.by is None]


STEPS = _steps()

# Who looks holds this for one piece; others do something else meanwhile.
_ALONE = "SELECT pg_try_advisory_xact_lock(hashtext('looking at the truth'))"
_QUIETLY = "SET LOCAL work_mem = '64MB'; SET LOCAL jit = off"
# Whole tables are compared; with old statistics a planner would look up row by row.
_WHOLE = "SET LOCAL enable_nestloop = off"


def go_on(seconds: float = RUN_SECONDS) -> None:
    """Begin a pass when one is due, and look at pieces of it for about so long."""
    _begin_when_due()
    end = time.monotonic() + seconds
    while time.monotonic() < end and _look_at_a_piece():
        pass


def look_again(actor: User | None, seconds: float = RUN_SECONDS) -> None:
    """Begin anew, whatever was under way, and look for about so long; the workers do the rest."""
    with transaction.atomic():
        TruthPass.objects.filter(finished_at=None).delete()
        TruthPass.objects.create(asked_by=actor)
    go_on(seconds)


@transaction.atomic
def _begin_when_due() -> None:
    if not query(_ALONE)[0][0]:
        return
    last = TruthPass.objects.order_by("-pk").first()
    if last is None or (last.finished_at and next_begins_at(last) <= timezone.now()):
        TruthPass.objects.create()


def next_begins_at(last: TruthPass) -> datetime:
    return last.started_at + max(PASS_EVERY, timedelta(seconds=last.seconds / MOST_OF_A_CORE))


@transaction.atomic
def _look_at_a_piece() -> bool:
    """Whether a piece was looked at; False when nothing is under way or another one looks."""
    if not query(_ALONE)[0][0]:
        return False
    one = TruthPass.objects.filter(finished_at=None).select_for_update(no_key=True).first()
    if one is None:
        return False
    started = time.perf_counter()
    _look(one, STEPS[min(one.step, len(STEPS) - 1)])
    taken = time.perf_counter() - started
    one.seconds += taken
    one.longest_seconds = max(one.longest_seconds, taken)
    one.piece = _next_piece(one.piece, taken)
    if one.step >= len(STEPS):
        one.finished_at = timezone.now()
    one.save()
    return True


def _look(one: TruthPass, step: Step) -> None:
    query(_QUIETLY)
    span = step.by.next_range(one.after_id, one.piece) if step.by else None
    if span:
        _tell_broken(one, check_range(step.invariants, span))
        one.after_id, one.looked_at = span.last, one.looked_at + span.count
    elif step.by is None:
        query(_WHOLE)
        _tell_broken(one, check_range(step.invariants, None))
    if _is_last(span, one.piece):
        _tell_checked(one, step)
        one.step, one.after_id, one.piece = one.step + 1, 0, FIRST_PIECE


def _is_last(span: Range | None, limit: int) -> bool:
    return span is None or span.count < limit


def _next_piece(piece: int, taken: float) -> int:
    wanted = int(piece * PIECE_SECONDS / max(taken, 0.001))
    return max(SMALLEST_PIECE, min(LARGEST_PIECE, wanted, piece * 2))


_BROKEN = """
INSERT INTO orders_truthstate AS t (name, broken, rows, broken_since)
SELECT name, broken, rows, now() FROM json_to_recordset(%s) AS b(name text, broken int, rows jsonb)
ON CONFLICT (name) DO UPDATE SET broken = excluded.broken, rows = excluded.rows,
  broken_since = coalesce(t.broken_since, excluded.broken_since)
"""


def _tell_broken(one: TruthPass, found: list[Violation]) -> None:
    """Shown at once, not only when the pass is done; what an earlier piece of this pass found counts with it."""
    if not found:
        return
    earlier = dict(
        TruthState.objects.filter(pk__in=[v.name for v in found if v.name in one.found])
        .values_list("name", "rows")
    )  # fmt: skip
    rows = []
    for violation in found:
        if violation.name not in one.found:
            logger.error("An invariant is broken: %s", violation)
        one.found[violation.name] = one.found.get(violation.name, 0) + violation.count
        shown = [*earlier.get(violation.name, []), *_plain(violation.rows)][:SHOWN_ROWS]
        rows.append({"name": violation.name, "broken": one.found[violation.name], "rows": shown})
    query(_BROKEN, [rows_json(rows)])


def _plain(rows: list[dict[str, object]]) -> list[list[tuple[str, object]]]:
    """As it is kept: pairs in their order, which an object of JSON would lose; dates and amounts as texts."""
    kept: list[list[tuple[str, object]]] = json.loads(
        json.dumps([list(row.items()) for row in rows], default=str)
    )
    return kept


_CHECKED = """
INSERT INTO orders_truthstate AS t (name, checked_at) SELECT unnest(%s), now()
ON CONFLICT (name) DO UPDATE SET checked_at = now()
"""
_SOUND = """
UPDATE orders_truthstate SET broken = 0, rows = '[]', broken_since = NULL WHERE name = ANY(%s) AND broken > 0
"""


def _tell_checked(one: TruthPass, step: Step) -> None:
    names = [invariant.name for invariant in step.invariants]
    query(_CHECKED, [names])
    query(_SOUND, [[name for name in names if name not in one.found]])


_FORGET = """
DELETE FROM orders_truthpass WHERE finished_at < now() - make_interval(days => %s)
"""


def forget_old_passes() -> None:
    query(_FORGET, [KEPT_DAYS])
