"""Codes of warehouses and bins, and the one way a bin comes into being."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from django.utils.translation import gettext as _

from inventory.models import Bin
from oms.errors import FieldError
from oms.sql import query, rows_json

PLACE_LENGTH = 20

# In one order, so that two who need the same new bins wait for each other instead of deadlocking.
_ADD_BINS = """
INSERT INTO inventory_bin (warehouse_id, code)
SELECT warehouse_id, code FROM json_to_recordset(%s) AS p(warehouse_id bigint, code text) ORDER BY 1, 2
ON CONFLICT (warehouse_id, code) DO NOTHING RETURNING id
"""


def clean_place(text: str) -> str:
    """How the code of a warehouse or bin is spelt: no blanks around it, upper case."""
    return text.strip().upper()


def check_place(code: str, field: str) -> Iterator[FieldError]:
    """What is wrong with a code that `clean_place` gave."""
    if len(code) > PLACE_LENGTH:
        words = _("Shorten this to %d characters.") % PLACE_LENGTH
        yield FieldError(field, "too_long", words, code[:80])
    elif not code.isprintable():
        words = _("Remove control characters and line breaks.")
        yield FieldError(field, "unprintable", words, ascii(code)[:80])


def open_bins(
    places: AbstractSet[tuple[int, str]],
) -> tuple[dict[tuple[int, str], int], int]:
    """The ids of these bins, (warehouse id, clean code) → id, and how many of them had to be created."""
    known = _known(places)
    missing = [
        {"warehouse_id": warehouse, "code": code} for warehouse, code in places - known.keys()
    ]
    if not missing:
        return known, 0
    created = len(query(_ADD_BINS, [rows_json(missing)]))
    return _known(places), created


def _known(places: AbstractSet[tuple[int, str]]) -> dict[tuple[int, str], int]:
    found = Bin.objects.filter(
        warehouse_id__in={warehouse for warehouse, _code in places},
        code__in={code for _warehouse, code in places},
    )
    return {
        (warehouse, code): pk
        for pk, warehouse, code in found.values_list("pk", "warehouse_id", "code")
        if (warehouse, code) in places
    }
