"""Imported files with rows that need a person; the newest files are looked at."""

from django.db import transaction

from oms.sql import query, rows_json
from orders.exceptions.causes import REJECTED_ROWS
from orders.exceptions.refresh import ALONE, apply

NEWEST = 50

_NEWEST = """
SELECT id, file_name, CASE WHEN status = 'finished' THEN (account #>> '{outcomes,rejected,rows}')::int END
FROM orders_importbatch WHERE id > (SELECT coalesce(max(id), 0) - %s FROM orders_importbatch)
"""


def refresh_imports() -> None:
    """A file's exception is there while the file has rejected rows; imported again it may have none."""
    with transaction.atomic():
        query(ALONE)
        files = query(_NEWEST, [NEWEST])
        found = [_row(pk, name, rows) for pk, name, rows in files if rows]
        apply(found, order_ids=[], batch_ids=[pk for pk, _name, _rows in files], actor=None)


def _row(batch_id: int, file_name: str, rows: int) -> dict[str, object]:
    return {
        "kind": REJECTED_ROWS.kind.value,
        "cause": REJECTED_ROWS.name,
        "batch_id": batch_id,
        "data": rows_json({"rows": rows, "file": file_name}),
        "sign": str(rows),
        "within_seconds": REJECTED_ROWS.within.total_seconds(),
    }
