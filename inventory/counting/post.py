"""Counted differences become movements."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inventory import ledger
from inventory.counting.models import CountLine, CountSheet
from inventory.counting.moved import moved_since
from inventory.counting.sheet import open_sheet
from inventory.ledger import Posting
from inventory.models import Sku, Stock, StockMovement
from oms.errors import FieldError, InvalidInput
from oms.models import User


@dataclass(slots=True)
class Posted:
    """How many lines were posted with a difference, how many agreed, and by line why the others were not."""

    differing: int = 0
    agreeing: int = 0
    pieces: int = 0
    left: dict[int, str] = field(default_factory=dict)


def post_counts(
    sheet_id: int,
    line_ids: Collection[int],
    *,
    reason: str,
    apply_moved: Collection[int] = (),
    actor: User | None,
) -> Posted:
    """Post the differences of these counted lines; each is posted whole or left with a reason.

    A line whose stock moved since it was handed out is left, unless it is in `apply_moved`: then the difference that
    was found is applied to what the book says now. A difference worth more than the sheet's limit is left for somebody
    other than its counter. Raises InvalidInput (`reason`), NotPossible when the sheet is closed.
    """
    if not reason.strip():
        raise InvalidInput([FieldError("reason", "empty", _("Say why the stock differs."), "")])
    with transaction.atomic():
        sheet = open_sheet(sheet_id)
        lines = _counted(sheet_id, line_ids)
        ledger.lock_stock(sorted({line.stock.sku_id for line in lines}))
        # Only what is read after the lock is sure to be all that moved.
        free = dict(
            Stock.objects.filter(pk__in=[one.stock_id for one in lines]).values_list(
                "pk", "available"
            )
        )
        moved = moved_since(sheet_id)
        posted = Posted()
        ready = []
        for line in lines:
            why = _why_not(sheet, line, free, actor) or (
                line.pk not in apply_moved and _moved_words(moved.get(line.pk, ()))
            )
            if why:
                posted.left[line.pk] = why
            else:
                ready.append(line)
        _post(sheet, ready, reason, actor)
    posted.differing = sum(1 for line in ready if line.difference)
    posted.agreeing = len(ready) - posted.differing
    posted.pieces = sum(line.difference or 0 for line in ready)
    return posted


def _counted(sheet_id: int, line_ids: Collection[int]) -> list[CountLine]:
    lines = CountLine.objects.filter(sheet=sheet_id, pk__in=line_ids, state=CountLine.State.COUNTED)
    return list(lines.select_related("stock__sku").order_by("pk"))


def value_of(line: CountLine) -> Decimal | None:
    """What the difference is worth at the average cost; None when nobody knows the cost."""
    cost = line.stock.sku.cost
    return None if cost is None or line.difference is None else cost * line.difference


def needs_second(sheet: CountSheet, line: CountLine, actor: User | None) -> bool:
    """Whether somebody other than `actor` must post it: worth too much, and counted by the same person."""
    value = value_of(line)
    if sheet.second_above is None or value is None or abs(value) <= sheet.second_above:
        return False
    return actor is None or line.counted_by_id == actor.pk


def _why_not(
    sheet: CountSheet, line: CountLine, free: Mapping[int, int], actor: User | None
) -> str:
    difference = line.difference or 0
    if needs_second(sheet, line, actor):
        return _(
            "The difference is worth more than %(limit)s: somebody who did not count it posts it."
        ) % {"limit": sheet.second_above}
    if difference > 0 and line.stock.sku.tracking != Sku.Tracking.NONE:
        return _(
            "%s has lots or serial numbers: count the surplus on its page, where they are named."
        ) % (line.stock.sku.code)
    if difference < 0 and free[line.stock_id] + difference < 0:
        return _(
            "%(free)d are free, %(missing)d are missing. Free reserved or blocked pieces first, then post again."
        ) % {"free": free[line.stock_id], "missing": -difference}
    return ""


def _moved_words(movements: Iterable[StockMovement]) -> str:
    told = [
        f"{one.get_kind_display()} {one.quantity:+d} {one.reference}".strip() for one in movements
    ]
    if not told:
        return ""
    return _(
        "Moved since it was handed out: %s. Count again, or apply the difference."
    ) % "; ".join(told)


def _post(sheet: CountSheet, lines: Sequence[CountLine], reason: str, actor: User | None) -> None:
    differing = [line for line in lines if line.difference]
    ids = ledger.post(
        [
            Posting(
                sheet.warehouse_id,
                line.stock.sku_id,
                line.difference or 0,
                StockMovement.Kind.COUNT.value,
                reason,
                sheet.number,
                event_key=f"{sheet.number}:{line.pk}",
            )
            for line in differing
        ],
        actor=actor,
    )
    for line, movement in zip(differing, ids, strict=True):
        line.movement_id = movement
    now = timezone.now()
    for line in lines:
        line.state, line.reason = CountLine.State.POSTED, reason[:120]
        line.posted_by, line.posted_at = actor, now
    CountLine.objects.bulk_update(lines, ["state", "reason", "movement", "posted_by", "posted_at"])
