"""From a text as it was shown back to our own text in the sources, whatever was put into it."""

import re
from dataclasses import dataclass
from functools import cache

import polib
from django.utils.translation import gettext, ngettext

from oms.translations import CATALOGUE

_PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-+ #0-9.]*[sdrif]|\{\w*\}")
LEAST_BYTES = 6
"""A text with less of its own, such as `%s of %s`, would fit almost anything. Two Chinese characters are enough."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """The fixed parts of a text that has places for values, and the English text they are of."""

    parts: tuple[str, ...]
    source: str

    @property
    def weight(self) -> int:
        return sum(len(part.strip().encode()) for part in self.parts)

    def fits(self, text: str) -> bool:
        first, *middle, last = self.parts
        if not text.startswith(first):
            return False
        at = len(first)
        for part in middle:
            found = text.find(part, at)
            if found < 0:
                return False
            at = found + len(part)
        return text.endswith(last) and len(text) - len(last) >= at


def source_words(text: str) -> str:
    """The English text of ours, in any language and with any values, that `text` is; empty where none fits.

    What comes back stands in our catalogue, so it holds nothing that anybody typed.
    """
    exact, patterns = _texts()
    if text in exact:
        return exact[text]
    return next((pattern.source for pattern in patterns if pattern.fits(text)), "")


def spoken(words: str) -> str:
    """Such a text in the reader's language, its places for values left as they are."""
    if not words:
        return ""
    told = gettext(words)
    # A text that has a plural is filed under both forms.
    return told if told != words else ngettext(words, words, 2)


@cache
def _texts() -> tuple[dict[str, str], list[_Pattern]]:
    """Every form of every text → the English one; and those with places for values, the most telling first."""
    exact: dict[str, str] = {}
    for entry in polib.pofile(str(CATALOGUE)):
        forms = (entry.msgid, entry.msgid_plural, entry.msgstr, *entry.msgstr_plural.values())
        for form in filter(None, forms):
            exact.setdefault(form, entry.msgid)
    split = [_Pattern(tuple(_PLACEHOLDER.split(form)), source) for form, source in exact.items()]
    patterns = [one for one in split if len(one.parts) > 1 and one.weight >= LEAST_BYTES]
    return exact, sorted(patterns, key=lambda one: one.weight, reverse=True)
