import json
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from orders import pipeline, tally


class Command(BaseCommand):
    help = "Review and allocate in the foreground until nothing can move."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the counts as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.perf_counter()
        done = pipeline.advance()
        tally.fold()
        by_status = {
            status.value: count for status, count in tally.count_by_status().items() if count
        }
        figures = {
            **done.as_dict(),
            "seconds": round(time.perf_counter() - started, 3),
            "orders": by_status,
        }
        if options["json"]:
            self.stdout.write(json.dumps(figures))
            return
        for name, value in figures.items():
            self.stdout.write(f"{name}: {value}")
