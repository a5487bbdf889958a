"""The benchmarks by name, in the order in which they run. A new one is one module and one line."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module

from integrations.bench.goals import Report
from integrations.bench.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Benchmark:
    """`module` holds `run(bench, report)`, imported in the process that runs it."""

    name: str
    title: str
    module: str

    def load(self) -> Callable[[Workbench, Report], None]:
        run: Callable[[Workbench, Report], None] = import_module(self.module).run
        return run


def _benchmark(name: str, title: str, module: str = "") -> Benchmark:
    return Benchmark(name, title, f"integrations.bench.{module or name}")


BENCHMARKS = {
    one.name: one
    for one in (
        _benchmark("place_http", "P1: one order per POST, two web processes, four connections"),
        _benchmark("place_cpu", "P2: processor time of placing one order"),
        _benchmark("place_batch", "P3: batches of a hundred orders per POST"),
        # `import` is a word of Python, no name for a module.
        _benchmark("import", "P4: a file of 300,000 lines", "import_file"),
        _benchmark("pipeline", "P5: review and allocation of 33,000 orders"),
        _benchmark("place_busy", "P6: placing while 33,000 orders are reviewed and allocated"),
        _benchmark("hot_sku", "P7: all orders on one SKU, eight clients"),
        _benchmark("rules", "P5: review alone by twenty rules, trying and explaining"),
        _benchmark("planner", "Planner: 1,000 to 100,000 lines, planned alone and written"),
        _benchmark("replay", "A shop's real orders planned by several policies"),
        _benchmark("lists", "P8: order list, few orders and many"),
        _benchmark("search", "P9: order search among many orders"),
        _benchmark("counts", "P10: counters kept up instead of counted"),
        _benchmark("memory", "Memory of a web process"),
    )
}


def select(names: Iterable[str]) -> list[Benchmark]:
    """The named benchmarks, all of them when none is named. Raises KeyError with an unknown name."""
    wanted = list(names)
    for name in wanted:
        if name not in BENCHMARKS:
            raise KeyError(name)
    return [one for one in BENCHMARKS.values() if not wanted or one.name in wanted]
