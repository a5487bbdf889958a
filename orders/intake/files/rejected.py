"""Rejected rows as a file of the same columns and the reason: correct it and import it again."""

from collections.abc import Iterator
from itertools import zip_longest

import orjson
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from oms.tables.columns import OUR_OWN
from oms.tables.writing import BYTE_ORDER_MARK, csv_line, harmless
from orders.intake.models import ImportBatch

_BATCH = 2_000
_ROWS = """
SELECT raw, reason FROM orders_importrow WHERE batch_id = %s AND outcome = 'rejected' ORDER BY row_no
"""


def rejected_lines(batch: ImportBatch) -> Iterator[str]:
    """The file's text line by line, after a byte order mark for Excel; nothing when no row was rejected."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_ROWS, [batch.pk])
        is_first = True
        while rows := cursor.fetchmany(_BATCH):
            if is_first:
                yield BYTE_ORDER_MARK + csv_line([*_without_reason(batch.header, batch), _reason()])
                is_first = False
            for raw, reason in rows:
                cells = [harmless(cell) for cell in orjson.loads(raw)]
                cells += [""] * (len(batch.header) - len(cells))
                yield csv_line([*_without_reason(cells, batch), reason])


def _without_reason(cells: list[str], batch: ImportBatch) -> list[str]:
    """Without the reason that the file brought along from an earlier time."""
    return [one for one, heading in zip_longest(cells, batch.header) if heading not in OUR_OWN]


def _reason() -> str:
    """The heading of the column that we add; it is left out of account when the file comes back."""
    heading = pgettext("heading", "rejected_because")
    return heading if heading in OUR_OWN else "rejected_because"


def file_name(batch: ImportBatch) -> str:
    """What the browser saves it as."""
    return _("rejected-rows-%d.csv") % batch.pk
