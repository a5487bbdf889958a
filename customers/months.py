"""A customer's orders by month as bars: where each stands in the drawing, and the list it counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from customers.history import Month

WIDTH, GAP, HEIGHT = 24, 6, 64
LEAST = 2  # a month without orders is a line


@dataclass(frozen=True, slots=True)
class Bar:
    """A month, and its rectangle in a drawing of HEIGHT; `middle` is where its words stand."""

    month: Month
    url: str
    x: int
    y: int
    width: int
    height: int
    middle: int
    is_current: bool

    @property
    def label(self) -> str:
        return self.month.name[5:]


@dataclass(frozen=True, slots=True)
class Bars:
    bars: list[Bar]
    width: int
    height: int = HEIGHT


def bars(months: Sequence[Month], current: str, page: str) -> Bars:
    most = max((month.orders for month in months), default=0) or 1
    found = []
    for place, month in enumerate(months):
        height = LEAST + round((HEIGHT - LEAST) * month.orders / most)
        left = place * (WIDTH + GAP)
        found.append(
            Bar(
                month=month,
                url=f"{page}?month={month.name}#orders",
                x=left,
                y=HEIGHT - height,
                width=WIDTH,
                height=height,
                middle=left + WIDTH // 2,
                is_current=month.name == current,
            )
        )
    return Bars(found, len(found) * (WIDTH + GAP) - GAP if found else 0)
