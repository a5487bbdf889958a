import json
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from inventory.opening import OPENING_LIST, open_stock
from oms.errors import Refused
from oms.tables.columns import match
from oms.tables.reading import picked, read_table
from oms.tables.table import NumberedRow


def _rows(path: Path) -> Iterator[NumberedRow]:
    table = read_table(path)
    return picked(table, match(OPENING_LIST, table.header))


class Command(BaseCommand):
    help = "Take in opening stock: a file with the columns warehouse, sku, on_hand and bin."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="print what came of it as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(_("There is no file %s.") % path)
        started = perf_counter()
        try:
            # Once to the end before anything is written: a file broken in the middle changes nothing.
            for _row in _rows(path):
                pass
            done = open_stock(_rows(path), actor=None)
        except Refused as refusal:
            raise CommandError(refusal.message) from None
        for row, why in done.rejected.items():
            print(_("row %(row)d: %(why)s") % {"row": row, "why": why}, file=sys.stderr)
        figures = done.as_dict() | {"seconds": round(perf_counter() - started, 1)}
        if options["json"]:
            self.stdout.write(json.dumps(figures, ensure_ascii=False))
            return
        for name, value in figures.items():
            if name != "rejected":
                self.stdout.write(f"{name}: {value}")
        self.stdout.write(f"rejected: {len(done.rejected)}")
