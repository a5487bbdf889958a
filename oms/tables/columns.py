"""Which layout a header belongs to, and which column is what."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext as _

from oms.tables.cells import clean
from oms.tables.table import UnreadableFile

# Columns that we add to the file of rejected rows ourselves.
OUR_OWN = frozenset({"rejected_because", "未导入原因"})


@dataclass(frozen=True, slots=True)
class Layout:
    """`columns` maps our word for a column to the headings it goes by, the best first."""

    name: str
    columns: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    refuses_unknown_columns: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """`places[i]` is where the layout's column i stands in the file, or `width` when the file has none."""

    places: tuple[int, ...]
    width: int
    headings: Mapping[str, str]
    unused: tuple[str, ...]


def folded(heading: str) -> str:
    """A heading as it is compared: no blanks around it, full-width folded, case and kind of brackets ignored."""
    text = unicodedata.normalize("NFKC", clean(heading)).casefold()
    return " ".join(text.replace("_", " ").replace("-", " ").split())


def match(layout: Layout, header: Sequence[str]) -> Columns:
    """Find the layout's columns. Raises UnreadableFile when one is missing, stands twice or must not be there."""
    at: dict[str, int] = {}
    for place, heading in enumerate(header):
        at.setdefault(folded(heading), place)
    places: dict[str, int] = {}
    for word, headings in layout.columns.items():
        found = next((key for heading in headings if (key := folded(heading)) in at), None)
        if found is not None:
            places[word] = at[found]
    _refuse_missing(layout, header, places)
    _refuse_doubled(header, places)
    known = {folded(heading) for headings in layout.columns.values() for heading in headings}
    unused = tuple(
        heading for heading in header if heading and folded(heading) not in known | OUR_OWN_FOLDED
    )
    if unused and layout.refuses_unknown_columns:
        _refuse_unknown(layout, unused)
    width = len(header)
    return Columns(
        tuple(places.get(word, width) for word in layout.columns),
        width,
        {word: clean(header[place]) for word, place in places.items()},
        unused,
    )


def detect(layouts: Iterable[Layout], header: Sequence[str]) -> str:
    """The name of the layout whose columns are all there.

    Raises UnreadableFile when none or several fit equally well.
    """
    winners = fitting(layouts, header)
    if not winners:
        raise UnreadableFile(
            _(
                "The columns fit no known export: %s. Use our template, or name the preset to see what is missing."
            )
            % _list(header)
        )
    if len(winners) > 1:
        raise UnreadableFile(
            _("The columns fit several presets (%s). Name one of them.") % ", ".join(winners)
        )
    return winners[0]


def fitting(layouts: Iterable[Layout], header: Sequence[str]) -> list[str]:
    """Names of the layouts whose columns are all there and that know the most columns; several fit equally well."""
    have = {folded(heading) for heading in header}
    scores = {one.name: _found(one, have) for one in layouts if not _missing(one, have)}
    best = max(scores.values(), default=0)
    return [name for name, score in scores.items() if score == best]


def _found(layout: Layout, have: set[str]) -> int:
    return len({h for headings in layout.columns.values() for h in map(folded, headings)} & have)


def _missing(layout: Layout, have: set[str]) -> list[str]:
    return [word for word in layout.required if not have & set(map(folded, layout.columns[word]))]


def _refuse_missing(layout: Layout, header: Sequence[str], places: Mapping[str, int]) -> None:
    missing = [layout.columns[word][0] for word in layout.required if word not in places]
    if not missing:
        return
    words = _("The column “%(missing)s” is missing (preset %(preset)s). The file has: %(found)s.") % {
        "missing": "”, “".join(missing), "preset": layout.name, "found": _list(header),
    }  # fmt: skip
    close = get_close_matches(missing[0], header, n=1)
    if close:
        asked = {"words": words, "meant": close[0][:80]}
        words = _("%(words)s Is “%(meant)s” meant? Correct the heading.") % asked
    raise UnreadableFile(words)


def _refuse_doubled(header: Sequence[str], places: Mapping[str, int]) -> None:
    keys = [folded(heading) for heading in header]
    for place in places.values():
        twice = [index + 1 for index, key in enumerate(keys) if key == keys[place]]
        if len(twice) > 1:
            raise UnreadableFile(
                _("The column “%(heading)s” stands %(count)d times (columns %(where)s). Keep one.")
                % {
                    "heading": clean(header[place]), "count": len(twice),
                    "where": ", ".join(map(str, twice)),
                }
            )  # fmt: skip


def _refuse_unknown(layout: Layout, unused: Sequence[str]) -> None:
    ours = [headings[0] for headings in layout.columns.values()]
    close = get_close_matches(unused[0], ours, n=1)
    hint = _("Is “%s” meant?") % close[0] if close else _("Ours are: %s.") % ", ".join(ours)
    raise UnreadableFile(
        _("The column “%(unknown)s” is not one of ours. %(hint)s Rename or delete it.")
        % {"unknown": unused[0][:80], "hint": hint}
    )


def _list(header: Sequence[str]) -> str:
    shown = ", ".join(heading[:40] for heading in header[:12])
    return shown + (" …" if len(header) > 12 else "")  # noqa: PLR2004 - enough to recognise a file


OUR_OWN_FOLDED = frozenset(map(folded, OUR_OWN))
