"""The stock list as a table to take along."""

from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from inventory.asked import Asked
from inventory.listing import ORDER
from inventory.rows import shown_rows
from oms.status import status_look

PIECE = 2000


def headings() -> list[str]:
    return [
        _("SKU"), _("Name"), _("Warehouse"), _("Bin"), _("On hand"), _("Reserved"),
        pgettext("stock", "Blocked"), _("Available"),
        _("In transit"), _("Safety line"), _("Daily sales"), _("Days of supply"), _("Status"),
    ]  # fmt: skip


def table_of(asked: Asked) -> Iterator[list[str]]:
    """The headings, then every row that fits; read as they are written."""
    yield headings()
    rows = asked.rows().order_by(*ORDER).iterator(PIECE)
    while piece := list(islice(rows, PIECE)):
        for row in shown_rows(piece, asked.warehouses):
            yield [
                row["code"],
                row["name"],
                row["warehouse"].name if row["warehouse"] else "",
                row["bin_code"] or "",
                *(str(row[name] or 0) for name in ("on_hand", "reserved", "blocked", "available")),
                *(str(row[name]) for name in ("in_transit", "line", "daily")),
                "" if row["days"] is None else str(row["days"]),
                str(status_look(row["standing"]).word) if row["kind"] == "goods" else "",
            ]
