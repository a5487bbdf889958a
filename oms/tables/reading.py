"""From a path to a table, whatever kind of file it is."""

from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path

from django.utils.translation import gettext as _

from oms.tables.columns import Columns
from oms.tables.source import Kind, kind_of
from oms.tables.table import NumberedRow, Table, UnreadableFile
from oms.tables.text import read_text
from oms.tables.xlsx import read_xlsx


def read_table(path: Path) -> Table:
    """The table in a text file or workbook. Raises UnreadableFile."""
    kind = kind_of(path)
    if kind is Kind.JSON:
        raise UnreadableFile(_("The file is JSON. Choose a .csv or .xlsx file."))
    return read_xlsx(path) if kind is Kind.XLSX else read_text(path)


def picked(table: Table, columns: Columns) -> Iterator[NumberedRow]:
    """The rows with their cells in the order of the layout's columns, "" where the file has none.

    Raises UnreadableFile at a row with more or fewer cells than the header.
    """
    pick = itemgetter(*columns.places)
    for number, cells in table.rows:
        if len(cells) < columns.width or any(cells[columns.width :]):
            raise UnreadableFile(
                _("Row %(row)d has %(cells)d cells, the header %(width)d.")
                % {"row": number, "cells": len(cells), "width": columns.width}
            )
        yield number, list(pick([*cells[: columns.width], ""]))
