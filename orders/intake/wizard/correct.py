"""Cells set right by hand. The row as it was received stays beside the corrected one."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import orjson
from django.db import transaction

from oms.models import User
from oms.sql import query, rows_json
from orders.intake.wizard.changing import changing
from orders.intake.wizard.group import group_rows
from orders.intake.wizard.models import ImportDraft, ImportDraftRow
from orders.intake.wizard.understood import understood

_LONGEST = 2_000
_S = ImportDraftRow.State

# All bad rows whose cell at this place has the same trouble as the one of row `row_no`.
_SAME = """
SELECT p.row_no, p.place, r.row_no
FROM json_to_recordset(%(asked)s) AS p(row_no int, place int)
JOIN orders_importdraftrow f ON f.draft_id = %(draft)s AND f.row_no = p.row_no
CROSS JOIN LATERAL jsonb_array_elements(f.problems) AS trouble
JOIN orders_importdraftrow r ON r.draft_id = %(draft)s AND r.state = 'bad'
  AND r.problems @> jsonb_build_array(trouble)
WHERE f.state = 'bad' AND (trouble ->> 'place')::int = p.place
"""
_WRITE_DOWN = """
UPDATE orders_importdraftrow r SET corrected = w.corrected
FROM json_to_recordset(%s) AS w(row_no int, corrected text)
WHERE r.draft_id = %s AND r.row_no = w.row_no
"""
_CHECK_AGAIN = """
UPDATE orders_importdraftrow SET state = 'unchecked', problems = '[]'
WHERE draft_id = %s AND state <> 'taken_in' AND group_no IN (
  SELECT group_no FROM orders_importdraftrow WHERE draft_id = %s AND row_no = ANY(%s))
"""

# (row number, place) → what is to stand there
Cells = Mapping[tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class Corrections:
    """`same` gives a cell by one row and means every row with the same trouble there; `cells` go before it."""

    cells: Cells
    same: Cells


def correct(draft_id: int, wanted: Corrections, *, user: User, version: int) -> int:
    """Set cells right; returns how many rows changed. Their documents are to be checked again.

    Rows that are imported already stay as they are. Raises as `changing` does.
    """
    with transaction.atomic():
        draft = changing(draft_id, user=user, version=version)
        changed = _changed(draft, _everywhere(draft, wanted.same), wanted.cells)
        if changed:
            rows = [{"row_no": number, "corrected": text} for number, text in changed.items()]
            query(_WRITE_DOWN, [rows_json(rows), draft.pk])
            query(_CHECK_AGAIN, [draft.pk, draft.pk, list(changed)])
            group_rows(draft)
    return len(changed)


def _everywhere(draft: ImportDraft, same: Cells) -> dict[tuple[int, int], str]:
    if not same:
        return {}
    asked = rows_json([{"row_no": row_no, "place": place} for row_no, place in same])
    found = query(_SAME, {"draft": draft.pk, "asked": asked})
    return {(row_no, place): same[asked_row, place] for asked_row, place, row_no in found}


def _changed(draft: ImportDraft, same: Cells, cells: Cells) -> dict[int, str]:
    """Row number → its cells as JSON, for rows in which something became different."""
    places = _places(draft)
    asked = {row_no for row_no, _place in (*same, *cells)}
    rows = draft.rows.filter(row_no__in=asked).exclude(state=_S.TAKEN_IN)
    everywhere, here = _by_row(same, places), _by_row(cells, places)
    changed = {}
    for row_no, raw, corrected in rows.values_list("row_no", "raw", "corrected"):
        before: list[str] = orjson.loads(corrected or raw)
        padded = [*before, *[""] * (len(draft.header) - len(before))]
        after = list(padded)
        for place, value in everywhere.get(row_no, {}).items():
            after[place] = value
        for place, value in here.get(row_no, {}).items():
            if value != padded[place]:
                after[place] = value
        if after != before:
            changed[row_no] = orjson.dumps(after).decode()
    return changed


def _places(draft: ImportDraft) -> set[int]:
    """The columns that mean something, and so can be corrected."""
    known = understood(draft)
    return (
        {place for place in known.columns.places if place < len(draft.header)} if known else set()
    )


def _by_row(cells: Cells, places: set[int]) -> dict[int, dict[int, str]]:
    wanted: dict[int, dict[int, str]] = defaultdict(dict)
    for (row_no, place), value in cells.items():
        if place in places:
            wanted[row_no][place] = value.replace("\0", "")[:_LONGEST]
    return wanted
