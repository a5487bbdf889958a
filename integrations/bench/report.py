"""Reports as a person reads them."""

from collections.abc import Iterable, Iterator

from integrations.bench.goals import Goal, Report
from integrations.bench.rounds import short


def lines_of(report: Report) -> Iterator[str]:
    """One benchmark: its figures, its goals, and the checks that failed."""
    yield f"{report.name}: {report.verdict.upper()}"
    for name, value in report.figures.items():
        yield f"     {name}: {value}"
    for goal in report.goals:
        yield f"  {'ok ' if goal.is_met else 'MISS'} {_sentence(goal)}"
    for check in report.checks:
        if not check.is_right:
            yield f"  VOID {check.text}: {check.detail}"


def table(reports: Iterable[Report]) -> Iterator[str]:
    """All goals of all benchmarks."""
    yield f"{'benchmark':12} {'goal':68} {'measured':>10} {'limit':>10}  result"
    for report in reports:
        for goal in report.goals:
            limit = f"{goal.sign} {goal.limit:g}"
            result = "void" if report.verdict == "void" else "pass" if goal.is_met else "FAIL"
            measured = f"{short(goal.measured)} {goal.unit}"
            yield f"{report.name:12} {goal.text:68.68} {measured:>10} {limit:>10}  {result}"
        if not report.goals:
            yield f"{report.name:12} {'nothing measured':68} {'':>10} {'':>10}  void"


def _sentence(goal: Goal) -> str:
    return f"{goal.text}: {short(goal.measured)} {goal.unit} (goal {goal.sign} {goal.limit:g})"
