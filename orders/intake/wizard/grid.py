"""The cells that must be set right: one line for a trouble, however many rows share it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import orjson

from oms.sql import query
from orders.intake.wizard.models import ImportDraft
from orders.intake.wizard.understood import Understood, heading_at

SHOWN = 100
# Rows of one trouble that can be set right one by one.
ROWS_SHOWN = 20

_TROUBLES = """
SELECT p.place, p.value, p.words, count(*), (array_agg(r.row_no ORDER BY r.row_no))[1:%(rows)s], min(r.row_no)
FROM orders_importdraftrow r, jsonb_to_recordset(r.problems) AS p(place int, value text, words text)
WHERE r.draft_id = %(draft)s AND r.state = 'bad'
GROUP BY 1, 2, 3 ORDER BY 6, 1 LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Input:
    """A cell to type into; `label` names it, `typed` is what somebody typed before it could be saved."""

    name: str
    label: str
    value: str
    typed: str

    @property
    def is_other(self) -> bool:
        return self.typed != self.value


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong, where (`heading` "" for the whole row), and the inputs by which it is set right.

    `main` does it in all `count` rows at once; `each` in single rows.
    """

    row_no: int
    rows: list[int]
    count: int
    heading: str
    value: str
    words: str
    main: Input | None
    each: list[Input] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


def troubles_of(
    draft: ImportDraft, known: Understood, typed: Mapping[str, str]
) -> tuple[list[Trouble], bool]:
    """The first SHOWN troubles, and whether there are more. Two queries."""
    params = {"draft": draft.pk, "rows": ROWS_SHOWN, "most": SHOWN + 1}
    found = query(_TROUBLES, params)
    whole = [first for place, _v, _w, _c, _r, first in found if place is None]
    cells = {}
    if whole:
        kept = draft.rows.filter(row_no__in=whole).values_list("row_no", "raw", "corrected")
        cells = {row_no: orjson.loads(corrected or raw) for row_no, raw, corrected in kept}
    troubles = []
    for place, value, words, count, rows, first in found[:SHOWN]:
        if place is None:
            each = _row(first, cells[first], known, typed)
            troubles.append(Trouble(first, [first], count, "", "", words, None, each))
            continue
        heading = heading_at(draft.header, place)
        name = f"{'same' if count > 1 else 'cell'}-{first}-{place}"
        main = Input(name, heading, value, typed.get(name, value))
        single = rows if count > 1 else []
        each = [_cell(row_no, place, str(row_no), value, typed) for row_no in single]
        troubles.append(Trouble(first, rows, count, heading, value, words, main, each))
    return troubles, len(found) > SHOWN


def _row(row_no: int, cells: list[str], known: Understood, typed: Mapping[str, str]) -> list[Input]:
    """Every cell of the row that means something, in the order of the file."""
    width = known.columns.width
    places = sorted({place for place in known.columns.places if place < width})
    headings = {known.place_of(word): heading for word, heading in known.columns.headings.items()}
    return [
        _cell(
            row_no, place, f"{row_no} {headings.get(place, '')}",
            cells[place] if place < len(cells) else "", typed,
        )
        for place in places
    ]  # fmt: skip


def _cell(row_no: int, place: int, label: str, value: str, typed: Mapping[str, str]) -> Input:
    name = f"cell-{row_no}-{place}"
    return Input(name, label, value, typed.get(name, value))
