"""A count sheet comes into being, and a line of it is handed out again."""

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from inventory.counting.choose import Choice, chosen_stock
from inventory.counting.models import CountSheet
from inventory.counting.sheet import open_sheet
from inventory.models import Warehouse
from oms.models import User
from oms.sql import query

SECOND_ABOVE = Decimal(1000)
"""Differences worth more than this need a second person, unless the sheet says otherwise."""

# On hand and the newest movement are of one snapshot: both change in the same transaction.
_BOOK = """
SELECT s.id, coalesce(b.code, ''), s.on_hand,
  coalesce((SELECT max(m.id) FROM inventory_stockmovement m WHERE m.stock_id = s.id), 0)
FROM inventory_stock s LEFT JOIN inventory_bin b ON b.id = s.bin_id
"""
_HAND_OUT = f"""
INSERT INTO inventory_countline (sheet_id, stock_id, bin_code, book, seen_id)
SELECT %s, book.* FROM ({_BOOK} WHERE s.id = ANY(%s) ORDER BY b.code NULLS LAST, s.id) book
"""
_AGAIN = f"""
UPDATE inventory_countline l SET state = 'open', counted = NULL, counted_by_id = NULL, handed_out_at = now(),
  bin_code = book.code, book = book.on_hand, seen_id = book.seen
FROM ({_BOOK}) book(id, code, on_hand, seen)
WHERE book.id = l.stock_id AND l.sheet_id = %s AND l.id = ANY(%s) AND l.state <> 'posted' RETURNING l.id
"""


def hand_out(
    warehouse: Warehouse,
    choice: Choice,
    *,
    is_blind: bool,
    second_above: Decimal | None = SECOND_ABOVE,
    actor: User | None,
) -> CountSheet:
    """A sheet of the chosen places with what the book says of them now. Raises InvalidInput."""
    with transaction.atomic():
        ids = chosen_stock(warehouse, choice)
        sheet = CountSheet.objects.create(
            warehouse=warehouse,
            is_blind=is_blind,
            chosen_by=choice.by,
            chosen_from=" – ".join(filter(None, (choice.of, choice.until)))[:60],
            second_above=second_above,
            created_by=actor,
        )
        query(_HAND_OUT, [sheet.pk, ids])
    return sheet


def hand_out_again(sheet_id: int, line_ids: Sequence[int]) -> int:
    """These lines are counted once more, against what the book says now; returns how many.

    Raises NotPossible when the sheet is closed.
    """
    with transaction.atomic():
        open_sheet(sheet_id)
        return len(query(_AGAIN, [sheet_id, list(line_ids)]))
