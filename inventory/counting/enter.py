"""What was counted is written on the sheet; the stock does not change by it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from inventory.count import MAX_QUANTITY
from inventory.counting.models import CountLine
from inventory.counting.sheet import open_sheet
from oms.errors import FieldError, InvalidInput
from oms.models import User

State = CountLine.State


@dataclass(frozen=True, slots=True)
class Entry:
    """Pieces counted on a line (None: none yet) and what stood there before, as the person saw it."""

    line_id: int
    counted: int | None
    was: int | None


def enter_counts(sheet_id: int, entries: Sequence[Entry], *, actor: User | None) -> int:
    """Write the counts that differ from what stood there, all or none; returns how many.

    Raises InvalidInput, fields `lines[<id>].counted`, also where somebody else wrote something meanwhile;
    NotPossible when the sheet is closed.
    """
    with transaction.atomic():
        open_sheet(sheet_id)
        changed = {one.line_id: one for one in entries if one.counted != one.was}
        lines = list(CountLine.objects.filter(sheet=sheet_id, pk__in=changed))
        errors = [wrong for line in lines if (wrong := _wrong(line, changed[line.pk]))]
        if errors:
            raise InvalidInput(errors)
        for line in lines:
            line.counted = changed[line.pk].counted
            line.state = State.OPEN if line.counted is None else State.COUNTED
            line.counted_by = None if line.counted is None else actor
        CountLine.objects.bulk_update(lines, ["counted", "state", "counted_by"])
    return len(lines)


def _wrong(line: CountLine, entry: Entry) -> FieldError | None:
    field = f"lines[{line.pk}].counted"
    if entry.counted is not None and not 0 <= entry.counted <= MAX_QUANTITY:
        words = _("Give the pieces you counted, 0 or more.")
        return FieldError(field, "out_of_range", words, entry.counted)
    if line.state == State.POSTED:
        return FieldError(field, "posted", _("This line was posted meanwhile."), entry.counted)
    if line.counted not in (entry.was, entry.counted):
        words = _("Somebody else counted %s here meanwhile. Agree, then write it again.")
        told = "–" if line.counted is None else str(line.counted)
        return FieldError(field, "conflict", words % told, entry.counted)
    return None
