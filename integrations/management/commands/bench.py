import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from integrations.bench import driver, report
from integrations.bench.goals import Report
from integrations.bench.registry import BENCHMARKS, select
from integrations.bench.scratch import BenchProblem
from integrations.bench.workbench import Options

_ROUNDS = 7
_QUICK_ROUNDS = 3
_SIZES = "10000,1000000"
_QUICK_SIZES = "10000,100000"


class Command(BaseCommand):
    help = (
        "Measure speed against plain SQL on throw-away databases of the same server. "
        "Exit code 1 when a goal is missed or a check fails. See docs/speed.md."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
        parser.add_argument("--json", action="store_true", help="print one JSON document")
        parser.add_argument("--quick", action="store_true", help="fewer rounds, smaller sizes")
        parser.add_argument("--rounds", type=int, help=f"rounds per figure (usually {_ROUNDS})")
        parser.add_argument("--sizes", help=f"orders in the lists: few,many ({_SIZES})")
        parser.add_argument("--file", type=Path, help="orders to import instead of a made file")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            benchmarks = select(options["names"])
        except KeyError as unknown:
            names = ", ".join(BENCHMARKS)
            raise CommandError(f"There is no benchmark {unknown}; there are {names}.") from None
        asked = _asked(options)
        found = []
        try:
            for one in driver.run_all(benchmarks, asked):
                found.append(one)
                if not options["json"]:
                    self.stdout.write("\n".join(report.lines_of(one)) + "\n")
        except BenchProblem as problem:
            raise CommandError(str(problem)) from problem
        except KeyboardInterrupt:
            raise CommandError("Stopped; nothing is left behind.", returncode=130) from None
        self._show(found, as_json=options["json"])
        if any(one.verdict != "met" for one in found):
            raise SystemExit(1)

    def _show(self, found: list[Report], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps([one.as_json() for one in found], indent=1))
        else:
            self.stdout.write("\n" + "\n".join(report.table(found)))


def _asked(options: dict[str, Any]) -> Options:
    """What the command line asks for. Raises CommandError."""
    is_quick: bool = options["quick"]
    try:
        few, many = map(
            int, (options["sizes"] or (_QUICK_SIZES if is_quick else _SIZES)).split(",")
        )
    except ValueError:
        raise CommandError("--sizes takes two whole numbers, as in 10000,1000000.") from None
    rounds = options["rounds"] or (_QUICK_ROUNDS if is_quick else _ROUNDS)
    file = str(options["file"].absolute()) if options["file"] else ""
    return Options(rounds, (few, many), is_quick, file)
