from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """The heading of a column as `parts/table_card.html` shows it; `css` are the classes of its cells."""

    label: str
    css: str = ""
