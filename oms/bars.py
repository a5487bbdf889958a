"""Figures as bars: where each stands in a drawing of `parts/chart_bars.html`, and which of its words find room.

Widths are percents, so that a drawing fills its place while its letters keep their size. A word that finds
room only in a wider place carries a class (`from-560`), which the style sheet shows from that width on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from unicodedata import east_asian_width

from django.utils.translation import gettext as _

HEIGHT = 180
HEAD = 18  # above the highest bar, for its number
FOOT = 20  # under the base line, for the names
MOST_LINES = 4
SHARE_OF_BAR = 0.8  # the rest is air between the bars
FEW = 16  # so many bars or less do not fill a whole page
LONGEST_TICK = 10  # letters
WIDTHS = {"": 220, "from-560": 560, "from-920": 920}
"""The class of a word -> the narrowest place, in pixels, that shows it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One thing that is counted: its numbers (one a series), and the list that has just as many rows.

    `tick` are shorter words for under the bar; `cells` what the table says, the numbers when there are none.
    `is_open`: more can still come.
    """

    label: str
    values: tuple[int, ...]
    url: str = ""
    tick: str = ""
    cells: tuple[str, ...] = ()
    is_current: bool = False
    is_open: bool = False

    @property
    def cells_shown(self) -> tuple[str, ...]:
        return self.cells or tuple(f"{value:,}" for value in self.values)


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of text, the middle of its foot, and the width from which on it is shown."""

    text: str
    x: str
    y: int
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Rect:
    """`number` counts the series from one."""

    number: int
    x: str
    y: int
    width: str
    height: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A column as it is drawn; `x` and `width` are the strip that belongs to it, air included."""

    column: Column
    title: str
    x: str
    width: str
    rects: list[Rect]
    words: list[Word]


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    y: int


@dataclass(frozen=True, slots=True)
class About:
    """What is counted. `id` is that of nothing else on the page; `heads` are those of the table, else the series."""

    id: str
    title: str
    series: tuple[str, ...]
    heads: tuple[str, ...] = ()
    note: str = ""

    @property
    def heads_shown(self) -> tuple[str, ...]:
        return self.heads or self.series


@dataclass(frozen=True, slots=True)
class Chart:
    """All that the template needs. `lines` are the scale, if there is one; `base` is where zero lies."""

    about: About
    bars: list[Bar]
    lines: list[Line]
    base: int
    is_few: bool

    @property
    def height(self) -> int:
        return self.base + FOOT

    @property
    def has_links(self) -> bool:
        return any(bar.column.url for bar in self.bars)

    @property
    def has_open(self) -> bool:
        return any(bar.column.is_open for bar in self.bars)


def chart_of(
    about: About, columns: Sequence[Column], *, height: int = HEIGHT, has_scale: bool = False
) -> Chart:
    """Bars from zero, the highest `height` pixels; with a scale, up to the round number above it."""
    most = max((value for column in columns for value in column.values), default=0)
    rounds = round_numbers(most) if has_scale else []
    top = rounds[-1] if rounds else most or 1
    base = HEAD + height
    return Chart(
        about=about,
        bars=_bars(columns, about.series, top, height),
        lines=[Line(f"{one:,}", base - round(height * one / top)) for one in rounds],
        base=base,
        is_few=len(columns) * len(about.series) <= FEW,
    )


def round_numbers(most: int) -> list[int]:
    """Zero and a few equal steps of 1, 2 or 5 (tens, hundreds …) that reach `most`."""
    steps = (unit * 10**power for power in count() for unit in (1, 2, 5))
    step = next(step for step in steps if most <= MOST_LINES * step)
    return list(range(0, max(most, 1) + step, step))


def text_width(text: str) -> int:
    """About how many pixels a word of 12 px takes; a Chinese character is as wide as it is high."""
    return sum(12 if east_asian_width(letter) in "WF" else 7 for letter in text)


def _bars(columns: Sequence[Column], series: tuple[str, ...], top: int, height: int) -> list[Bar]:
    strip = 100 / (len(columns) or 1)
    ticks = _ticks(columns)
    numbers = _numbers(columns)
    found = []
    for at, column in enumerate(columns):
        rects = list(_rects(column, at * strip, strip, top, height))
        words = [
            Word(f"{value:,}", _middle(rect), rect.y - 4, numbers[at, rect.number])
            for value, rect in zip(column.values, rects, strict=True)
            if value and (at, rect.number) in numbers
        ]
        if at in ticks:
            text, shown = ticks[at]
            words.append(Word(text, _percent((at + 0.5) * strip), HEAD + height + 14, shown))
        title = _title(column, series)
        found.append(Bar(column, title, _percent(at * strip), _percent(strip), rects, words))
    return found


def _rects(column: Column, left: float, strip: float, top: int, height: int) -> Iterator[Rect]:
    """The bars of a column, side by side; what is more than nothing is seen."""
    width = strip * SHARE_OF_BAR / len(column.values)
    for at, value in enumerate(column.values):
        high = max(round(height * value / top), 1) if value else 0
        start = left + strip * (1 - SHARE_OF_BAR) / 2 + at * width
        yield Rect(at + 1, _percent(start), HEAD + height - high, _percent(width), high)


def _middle(rect: Rect) -> str:
    return _percent(float(rect.x[:-1]) + float(rect.width[:-1]) / 2)


def _percent(number: float) -> str:
    return f"{number:.3f}%"


def _title(column: Column, series: tuple[str, ...]) -> str:
    pairs = zip(series, column.values, strict=True)
    told = [f"{name} {value:,}" for name, value in pairs]
    words = {"label": column.label, "figures": ", ".join(told)}
    if column.is_open:
        return _("%(label)s: %(figures)s so far") % words
    return _("%(label)s: %(figures)s") % words


def _ticks(columns: Sequence[Column]) -> dict[int, tuple[str, str]]:
    """Place -> the words under a bar, and from which width on; every second, fourth … where there is no room."""
    texts = [_clipped(column.tick or column.label) for column in columns]
    widest = max(map(text_width, texts), default=0) + 8
    found: dict[int, tuple[str, str]] = {}
    for shown, width in WIDTHS.items():
        step = 1
        while step * width < widest * len(texts):
            step *= 2  # doubled, so that a wider place shows more and drops none
        for at in range(len(texts) - 1, -1, -step):
            found.setdefault(at, (texts[at], shown))
    return found


def _clipped(text: str) -> str:
    return text if len(text) <= LONGEST_TICK else f"{text[: LONGEST_TICK - 1]}…"


def _numbers(columns: Sequence[Column]) -> dict[tuple[int, int], str]:
    """(Place, series) -> from which width on a bar shows its number: all where all find room, else the highest."""
    found = {
        (at, number): value
        for at, column in enumerate(columns)
        for number, value in enumerate(column.values, start=1)
    }
    if not found:
        return {}
    widest = text_width(f"{max(found.values()):,}") + 4
    fitting = [shown for shown, width in WIDTHS.items() if width >= widest * len(found)]
    highest = max(found, key=lambda key: found[key])
    return {**(dict.fromkeys(found, fitting[0]) if fitting else {}), highest: ""}
