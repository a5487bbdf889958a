"""The process of one benchmark: `python -m integrations.bench.child NAME ANSWER_FILE`."""

import json
import os
import signal
import sys
import traceback
from pathlib import Path

import django

from integrations.bench.goals import Report
from integrations.bench.registry import BENCHMARKS
from integrations.bench.scratch import server_of_environment
from integrations.bench.workbench import Options, Workbench


def main(name: str, answer: str) -> None:
    """Run one benchmark and write its report."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oms.settings")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    django.setup()
    given = json.loads(os.environ["OMS_BENCH"])
    options = Options(**{**given, "sizes": tuple(given["sizes"])})
    report = Report(name)
    try:
        BENCHMARKS[name].load()(Workbench(options, server_of_environment()), report)
    except Exception as error:  # noqa: BLE001 - what was measured before it is still worth reading
        traceback.print_exc()
        report.check("the benchmark ran to its end", False, f"{type(error).__name__}: {error}")
    Path(answer).write_text(json.dumps(report.as_json()))


if __name__ == "__main__":
    main(*sys.argv[1:])
