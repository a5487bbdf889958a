"""The first letters of a Chinese name's pinyin: 保鲜盒 is found as `bxh`.

`initials.txt` holds one line a letter: the letter, then its characters (see `make_initials.py`).
"""

from functools import cache
from itertools import islice, product
from pathlib import Path

from oms.search import fold

FILE = Path(__file__).with_name("initials.txt")
MOST_WAYS = 4

# Characters of goods that are read in two ways; the second letter stands here.
_ALSO = {
    "长": "c", "重": "c", "行": "h", "乐": "y", "调": "t", "弹": "t", "壳": "q", "藏": "z", "朝": "z",
    "降": "x", "车": "j", "率": "s", "传": "z", "参": "s", "单": "s", "盛": "c",
}  # fmt: skip


@cache
def _letters() -> dict[str, str]:
    lines = FILE.read_text("utf-8").splitlines()
    return {char: line[0] for line in lines for char in line[1:]}


def initials(name: str) -> str:
    """Each way to read the name, a blank between two; "" for a name without Chinese."""
    letters = _letters()
    folded = fold(name)
    if not any(char in letters for char in folded):
        return ""
    ways = [_ways(char, letters.get(char, char)) for char in folded if char != " "]
    return " ".join(dict.fromkeys("".join(way) for way in islice(product(*ways), MOST_WAYS)))


def _ways(char: str, letter: str) -> tuple[str, ...]:
    also = _ALSO.get(char, letter)
    return (letter,) if also == letter else (letter, also)
