"""How many rows each tab of the stock list has; in a large house as of a minute ago at most."""

from collections.abc import Sequence

from django.core.cache import cache

from inventory.listing import tab_counts
from inventory.models import Warehouse

MANY = 20_000
"""Counting goes over every row: with more than this many, it is not done again for each page."""
KEPT_SECONDS = 60


def counts_of(warehouses: Sequence[Warehouse]) -> dict[str, int]:
    """The count of each tab, by its name, and of all rows as `all`. No query while it is kept."""
    key = f"stock-tabs:{','.join(str(one.pk) for one in warehouses)}"
    kept: dict[str, int] | None = cache.get(key)
    if kept is not None:
        return kept
    counts = tab_counts(warehouses)
    if counts["all"] > MANY:
        cache.set(key, counts, KEPT_SECONDS)
    return counts
