"""One- and two-character grams, so that a fragment of a Chinese or Latin name is found through an index.

The blank between two words is a character like others: with which letters words end and begin tells
long names apart that are made of the same few common pairs.
"""

import re
import unicodedata
from itertools import pairwise

_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """`text` as it is compared: full-width folded, lower case, one blank between words."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text).lower()).strip()


def folded_names(*names: str) -> str:
    """Several names as one searchable text; a fragment never matches across two of them."""
    return "\n".join(dict.fromkeys(map(fold, names)))


def grams(*texts: str) -> list[str]:
    """All grams under which `texts` are found: every pair of neighbours, and every single Chinese character."""
    found: set[str] = set()
    for text in map(fold, texts):
        found.update(_pairs(text))
        found.update(char for char in text if char >= "\u3400")
    return sorted(found)


def grams_of_query(fragment: str) -> list[str]:
    """The grams that a text must have to contain `fragment`; empty when the fragment is too short to search."""
    folded = fold(fragment)
    if len(folded) == 1:
        return [folded] if folded >= "\u3400" else []
    return sorted(_pairs(folded))


def _pairs(folded: str) -> set[str]:
    return {first + second for first, second in pairwise(folded)}
