"""Which rows of a draft are one document. When that changes, the documents that changed are to be checked again."""

import orjson

from oms.sql import query, rows_json
from oms.tables.cells import clean
from orders.intake.wizard.models import ImportDraft
from orders.intake.wizard.understood import understood

_ROWS = """
SELECT row_no, coalesce(nullif(corrected, ''), raw), document, group_no FROM orders_importdraftrow
WHERE draft_id = %s ORDER BY row_no
"""
# What belonged together before and what belongs together now, both are other documents.
_REGROUP = """
WITH moved AS (
  SELECT * FROM json_to_recordset(%(moved)s) AS m(row_no int, document text, group_no int)
), changed AS (
  SELECT group_no FROM moved
  UNION SELECT r.group_no FROM orders_importdraftrow r JOIN moved USING (row_no) WHERE r.draft_id = %(draft)s
), placed AS (
  SELECT r.id, coalesce(m.document, r.document) AS document, coalesce(m.group_no, r.group_no) AS group_no
  FROM orders_importdraftrow r LEFT JOIN moved m USING (row_no)
  WHERE r.draft_id = %(draft)s AND r.state <> 'taken_in'
)
UPDATE orders_importdraftrow r
SET document = p.document, group_no = p.group_no, state = 'unchecked', problems = '[]'
FROM placed p WHERE r.id = p.id AND p.group_no IN (SELECT group_no FROM changed)
"""


def group_rows(draft: ImportDraft) -> None:
    """Find the documents by the column of their number; nothing while nobody knows which that is."""
    known = understood(draft)
    if known is None:
        return
    place = known.columns.places[0]
    first: dict[str, int] = {}
    moved = []
    for row_no, raw, document, group_no in query(_ROWS, [draft.pk]):
        cells = orjson.loads(raw)
        key = (clean(cells[place]) if place < len(cells) else "") or f"row {row_no}"
        key = key.replace("\0", "")
        group = first.setdefault(key, row_no)
        if (key, group) != (document, group_no):
            moved.append({"row_no": row_no, "document": key, "group_no": group})
    if moved:
        query(_REGROUP, {"draft": draft.pk, "moved": rows_json(moved)})
