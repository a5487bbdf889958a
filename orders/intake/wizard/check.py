"""Step 3: what the import would do, row by row. Done in pieces, by whoever looks, and gone on with when left."""

import itertools
import time
from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from django.db import transaction
from django.db.models import Count

from oms.sql import query, rows_json
from orders.intake.files.document import Document, Outcome, Problem, RowResult
from orders.intake.files.reading import DocumentReader
from orders.intake.files.rehearse import rehearse
from orders.intake.files.run import intake_of
from orders.intake.files.stage import StagedRow
from orders.intake.place import Taken
from orders.intake.wizard.models import ImportDraft, ImportDraftRow
from orders.intake.wizard.understood import Understood, understood

PIECE_ROWS = 1_000
S = ImportDraftRow.State

# Whole documents only: all rows of one are unchecked together.
_NEXT = """
SELECT row_no, document, coalesce(nullif(corrected, ''), raw), count(*) OVER (PARTITION BY group_no)
FROM orders_importdraftrow
WHERE draft_id = %(draft)s AND state = 'unchecked' AND group_no <= (
  SELECT max(group_no) FROM (
    SELECT group_no FROM orders_importdraftrow WHERE draft_id = %(draft)s AND state = 'unchecked'
    ORDER BY group_no LIMIT %(rows)s) n)
ORDER BY group_no, row_no
"""
_WRITE_DOWN = """
UPDATE orders_importdraftrow r SET state = w.state, problems = w.problems
FROM json_to_recordset(%s) AS w(row_no int, state text, problems jsonb)
WHERE r.draft_id = %s AND r.row_no = w.row_no
"""


def check_for(draft_id: int, seconds: float) -> None:
    """Check pieces until all rows are, or the time is up; at least one."""
    until = time.monotonic() + seconds
    while check_piece(draft_id) and time.monotonic() < until:
        pass


def check_piece(draft_id: int) -> bool:
    """Check the next piece; False when nothing is left to check here, or somebody else is at it."""
    with transaction.atomic():
        draft = (
            ImportDraft.objects.select_for_update(skip_locked=True, no_key=True)
            .filter(pk=draft_id, started_at__isnull=True)
            .first()
        )
        known = understood(draft) if draft else None
        if draft is None or known is None:
            return False
        rows = [StagedRow(*row) for row in query(_NEXT, {"draft": draft_id, "rows": PIECE_ROWS})]
        if not rows:
            return False
        query(_WRITE_DOWN, [rows_json(_judged(rows, known)), draft_id])
    return True


def counts_of(draft: ImportDraft) -> dict[str, int]:
    """How many rows are in each state; 0 for states that none is in."""
    found = dict(draft.rows.order_by().values_list("state").annotate(Count("pk")))
    return {state.value: found.get(state.value, 0) for state in S}


def check_again(draft: ImportDraft) -> None:
    """Rows with problems get another chance: a SKU may exist by now."""
    troubled = [S.BAD, S.HELD, S.HERE, S.DIFFERS]
    draft.rows.filter(state__in=troubled).update(state=S.UNCHECKED, problems=[])


def _judged(rows: Sequence[StagedRow], known: Understood) -> list[dict[str, Any]]:
    intake = intake_of(known.channel, known.preset, known.columns)
    reader = DocumentReader(known.preset, intake, known.columns)
    groups = itertools.groupby(rows, key=lambda row: row.document)
    documents = [reader.read(list(group)) for _document, group in groups]
    taken = rehearse(documents, known.channel)
    return [one for document in documents for one in _told(document, taken, known)]


def _told(
    document: Document, taken: dict[str, Taken], known: Understood
) -> Iterable[dict[str, Any]]:
    """The state of each row of the document, and what is wrong where."""
    other = taken.get(document.number)
    problems = _placed(document, known) if document.is_rejected else {}
    for row in document.rows:
        if document.is_rejected:
            state = S.BAD if row.number in problems else S.HELD
        elif other is not None:
            state = S.DIFFERS
        else:
            state = S.HERE if row.outcome == Outcome.DUPLICATE else S.GOOD
        told = problems.get(row.number, [])
        if other is not None and row is document.rows[0]:
            told = _changes(other)
        yield {"row_no": row.number, "state": state.value, "problems": told}


def _changes(taken: Taken) -> list[dict[str, Any]]:
    return [
        {"order": taken.number, "field": _kept(one.field), "ours": _kept(one.ours), "theirs": _kept(one.theirs)}
        for one in taken.changes
    ]  # fmt: skip


def _placed(document: Document, known: Understood) -> dict[int, list[dict[str, Any]]]:
    """Row number → its problems, each at the cell that is to be corrected."""
    placed: dict[int, list[dict[str, Any]]] = {}
    cells = {row.number: orjson.loads(row.raw) for row in document.rows if row.problems}
    for row in document.rows:
        for problem in row.problems:
            place = known.place_of(problem.column) if problem.column else None
            owner = _owner(document, row, problem, place)
            its_cells = cells.get(owner.number) or orjson.loads(owner.raw)
            value = "" if place is None or place >= len(its_cells) else its_cells[place]
            told = {"place": place, "value": _kept(value), "words": _kept(problem.words)}
            known_ones = placed.setdefault(owner.number, [])
            if told not in known_ones:
                known_ones.append(told)
    return placed


def _owner(document: Document, row: RowResult, problem: Problem, place: int | None) -> RowResult:
    """The row whose cell counts: of what concerns the whole order the first that is not empty."""
    if not problem.is_of_order or place is None:
        return row
    for one in document.rows:
        cells = orjson.loads(one.raw)
        if place < len(cells) and cells[place].strip():
            return one
    return row


def _kept(text: str) -> str:
    """PostgreSQL's JSON takes no NUL."""
    return text.replace("\0", "\N{SYMBOL FOR NULL}")
