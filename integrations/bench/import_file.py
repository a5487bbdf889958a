"""P4: a file of 300,000 lines, validated, every row accounted for, beside COPY of the same rows."""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from integrations.bench.copy_twin import Dump, count_of
from integrations.bench.goals import Report
from integrations.bench.order_file import write_order_file
from integrations.bench.placed import check_invariants
from integrations.bench.rounds import Cells, ratio, spread
from integrations.bench.workbench import Workbench, say

_LINES = 300_000
_QUICK_LINES = 60_000
MEMORY_MB = 150.0
# What the command holds before it reads a file: the same imports, an open connection.
_AT_REST = """
import django; django.setup()
from django.db import connection
from orders.intake.files.memory import peak_megabytes
import orders.management.commands.import_orders
connection.ensure_connection()
print(peak_megabytes())
"""


def run(bench: Workbench, report: Report) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "orders.csv"
        if bench.options.file:
            path = Path(bench.options.file)
        else:
            write_order_file(path, _QUICK_LINES if bench.options.is_quick else _LINES)
        _measure(bench, report, path, folder)


def _measure(bench: Workbench, report: Report, path: Path, folder: Path) -> None:
    cells: Cells = {"ours": [], "copy": []}
    peaks = []
    dump: Dump | None = None
    for number in range(bench.options.rounds):
        with bench.database("import") as database:
            started = time.perf_counter()
            account = _import(path)
            cells["ours"].append(time.perf_counter() - started)
            peaks.append(account["peak_memory_mb"])
            if dump is None:
                dump = Dump(bench.server, database, bench.full_name("empty"), folder)
            if number == bench.options.rounds - 1:
                _check(report, path, account)
        with bench.database("copied") as database:
            cells["copy"].append(dump.load_seconds(database))
            copied = count_of(bench.server, database, "orders_orderline")
        say(f"round {number + 1}: {cells['ours'][-1]:.1f} s, COPY {cells['copy'][-1]:.1f} s")
    with bench.database("at_rest"):
        at_rest = float(_python("-c", _AT_REST))
    report.at_most("time ÷ COPY of the same rows", ratio(cells, "ours", "copy"), 3)
    report.at_most("memory above the process at rest", max(peaks) - at_rest, MEMORY_MB, "MB")
    report.figures |= {
        "file": f"{account['rows']:,} lines, {_documents(account):,} documents",
        "ours, with the start of the process": spread(cells["ours"], "s"),
        f"COPY of the {dump.rows if dump else 0:,} rows": spread(cells["copy"], "s"),
        "peak memory": f"{max(peaks):.0f} MB, at rest {at_rest:.0f} MB",
        "order lines": f"{copied:,}",
    }


def _documents(account: dict[str, Any]) -> int:
    kinds = ("invoices", "cancellations", "adjustments")
    return sum(account["documents"][kind] for kind in kinds)


def _import(path: Path) -> dict[str, Any]:
    rejected = f"--rejected={path.parent / 'rejected.csv'}"
    account: dict[str, Any] = json.loads(
        _python("manage.py", "import_orders", str(path), "--json", rejected)
    )
    return account


def _python(*arguments: str) -> str:
    """What a fresh Python prints; its progress is not shown."""
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{arguments[0]} failed: {done.stderr[-2000:]}")
    return done.stdout


def _check(report: Report, path: Path, account: dict[str, Any]) -> None:
    with path.open("rb") as file:
        is_plain = not file.read(2).startswith(b"\x1f\x8b")
    by_outcome = sum(one["rows"] for one in account["outcomes"].values())
    report.check("every row has one outcome", by_outcome == account["rows"], account["outcomes"])
    if is_plain:
        lines = sum(1 for _line in path.open("rb")) - 1
        report.check("every row of the file is there", lines == account["rows"], lines)
    report.check("nothing is left over in the account", _is_balanced(account), account["amounts"])
    again = _import(path)
    report.check("a second run creates nothing", again["rows"] == account["rows"], again["rows"])
    check_invariants(report)


def _is_balanced(account: dict[str, Any]) -> bool:
    """Source = booked + not booked + difference, and the difference is rounding only."""
    net = {side: float(amount) for side, amount in account["amounts"]["net"].items()}
    rest = net["source"] - net["booked"] - net["not_booked"] - net["difference"]
    return abs(rest) < 0.001 and abs(net["difference"]) < account["rows"] * 0.005  # noqa: PLR2004
