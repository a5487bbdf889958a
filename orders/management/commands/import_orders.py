import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from oms.errors import Refused
from orders.intake.files.in_words import in_words
from orders.intake.files.presets import PRESETS
from orders.intake.files.rejected import rejected_lines
from orders.intake.files.run import Wanted, import_file
from orders.intake.models import ImportBatch


class Command(BaseCommand):
    help = "Take in a file of orders (CSV, .csv.gz, XLSX, REST JSON) and print the account."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--preset", default="", help=f"one of {', '.join(PRESETS)}; default: by the columns"
        )
        parser.add_argument(
            "--channel", default="", help="code of the channel; default: the preset's"
        )
        parser.add_argument("--json", action="store_true", help="print the account as JSON")
        parser.add_argument(
            "--rejected", type=Path, help="where to write rejected rows; default: FILE.rejected.csv"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(_("There is no file %s.") % path)
        wanted = Wanted(path, path.name, options["preset"], options["channel"])
        try:
            batch = import_file(wanted, actor=None, tell=self._tell)
        except Refused as refusal:
            raise CommandError(refusal.message) from None
        self._write_rejected(
            batch, options["rejected"] or path.with_name(path.name + ".rejected.csv")
        )
        if options["json"]:
            self.stdout.write(json.dumps(batch.account, ensure_ascii=False, sort_keys=True))
        else:
            self.stdout.write(in_words(batch.account))

    def _tell(self, words: str) -> None:
        print(f"-- {words}", file=sys.stderr, flush=True)

    def _write_rejected(self, batch: ImportBatch, path: Path) -> None:
        if not batch.account["outcomes"]["rejected"]["rows"]:
            return
        for place in (path, Path.cwd() / path.name):
            try:
                with place.open("w", encoding="utf-8", newline="") as file:
                    file.writelines(rejected_lines(batch))
            except OSError as error:
                self._tell(
                    _("%(file)s cannot be written: %(error)s")
                    % {"file": place, "error": error.strerror}
                )
            else:
                self._tell(_("Rejected rows are in %s. Correct them and import that file.") % place)
                return
