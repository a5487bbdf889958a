"""When goods that somebody waits for will come. Who knows of new goods tells it through here."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

ExpectationSource = Callable[[Sequence[int]], Mapping[int, date]]
"""Takes ids of SKUs; gives the day on which each waiting order line has its goods, where that is known."""

_sources: list[ExpectationSource] = []


def provide_expectations(source: ExpectationSource) -> None:
    """Register who knows of new goods; called once, in AppConfig.ready()."""
    if source not in _sources:
        _sources.append(source)


def expected_on(sku_ids: Sequence[int]) -> dict[int, date]:
    """The day for each order line that waits for one of these SKUs; a line without one can expect nothing yet."""
    found: dict[int, date] = {}
    if sku_ids:
        for source in _sources:
            found.update(source(sku_ids))
    return found
