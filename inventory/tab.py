from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab of a list of the warehouses, as `parts/tabs_counts.html` shows it."""

    label: str
    url: str
    is_current: bool
    count: int | None = None
