"""Measuring in turn, so that a machine that drifts drifts under everything alike."""

import math
import statistics
import time
from collections.abc import Callable, Mapping, Sequence

Cells = dict[str, list[float]]


def interleave(rounds: int, cells: Mapping[str, Callable[[], float]]) -> Cells:
    """Run every cell once a round, each round beginning with the next one; figures by cell."""
    found: Cells = {name: [] for name in cells}
    names = list(cells)
    for number in range(rounds):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            found[name].append(cells[name]())
    return found


def ratio(cells: Cells, ours: str, twin: str) -> float:
    """The median of the rounds' ratios."""
    return statistics.median(a / b for a, b in zip(cells[ours], cells[twin], strict=True))


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of the values that `share` (0…1) of them do not exceed."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def seconds_of(work: Callable[[], object]) -> float:
    """Wall-clock seconds that `work` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def spread(values: Sequence[float], unit: str) -> str:
    """Median and range, as one reads them."""
    low, middle, high = map(short, (min(values), statistics.median(values), max(values)))
    return f"{middle} {unit} ({low}…{high}, n={len(values)})"


def short(value: float) -> str:
    """Three digits that matter, no exponent."""
    digits = 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 1 else 3  # noqa: PLR2004
    return f"{value:,.{digits}f}"
