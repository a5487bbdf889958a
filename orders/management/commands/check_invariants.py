import json
import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from orders.invariants import INVARIANTS, Violation, violations


class Command(BaseCommand):
    help = "Checks everything that must always be true; exit code 1 and the rows when it is not."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.perf_counter()
        found = violations()
        seconds = round(time.perf_counter() - started, 2)
        if options["json"]:
            self.stdout.write(json.dumps(_report(found, seconds), default=str, ensure_ascii=False))
        else:
            self._tell(found, seconds)
        if found:
            sys.exit(1)

    def _tell(self, found: list[Violation], seconds: float) -> None:
        for violation in found:
            self.stdout.write(f"{violation.name}: {violation.count} rows")
            for row in violation.rows:
                self.stdout.write("  " + ", ".join(f"{key}={row[key]}" for key in row))
            if violation.count > len(violation.rows):
                self.stdout.write(f"  ... and {violation.count - len(violation.rows)} more")
        held = len(INVARIANTS) - len(found)
        self.stdout.write(f"{held} of {len(INVARIANTS)} invariants hold ({seconds} s)")


def _report(found: list[Violation], seconds: float) -> dict[str, Any]:
    return {
        "ok": not found,
        "checked": len(INVARIANTS),
        "seconds": seconds,
        "violations": [{"name": v.name, "count": v.count, "rows": v.rows} for v in found],
    }
