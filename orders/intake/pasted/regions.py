"""The places of China that a text may name, under every spelling that people use.

`regions.txt` holds one line a city; its names are those of GB/T 2260 (see `make_regions.py`).
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_name("regions.txt")

_PEOPLES = (
    "蒙古族|蒙古|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族"
    "|土家族|哈尼族|哈萨克族|哈萨克|傣族|黎族|傈僳族|佤族|畲族|高山族|拉祜族|水族|东乡族"
    "|纳西族|景颇族|柯尔克孜族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族"
    "|仡佬族|锡伯|锡伯族|阿昌族|普米族|塔吉克|怒族|鄂温克族|德昂族|保安族|裕固族|独龙族"
    "|鄂伦春|各族|多民族"
)
_AUTONOMOUS = re.compile(rf"(?P<stem>.{{2,}}?)(?:{_PEOPLES})*自治(?P<rank>区|州|县|旗)")
_RANKS = ("特别行政区", "地区", "林区", "省", "市", "盟", "区", "县", "旗")
SHORTEST = 2


class Region(NamedTuple):
    """A province, a city or a district; "" for what lies below it."""

    province: str
    city: str = ""
    district: str = ""

    @property
    def name(self) -> str:
        return self.district or self.city or self.province

    def holds(self, other: "Region") -> bool:
        """Whether `other` lies in this one, and is not it."""
        if self.district or self == other:
            return False
        return other.province == self.province and self.city in ("", other.city)


class Spelling(NamedTuple):
    """A place as it may be written; `is_short`: without the word that says what it is."""

    region: Region
    is_short: bool


@cache
def spellings() -> dict[str, list[Spelling]]:
    """Every spelling with the places it may mean, the larger first."""
    found: dict[str, list[Spelling]] = {}
    for region in sorted(_regions(), key=lambda one: (one.city != "", one.district != "")):
        for text, is_short in _ways_to_write(region):
            found.setdefault(text, []).append(Spelling(region, is_short))
    return found


@cache
def longest() -> int:
    return max(map(len, spellings()))


def _regions() -> set[Region]:
    found = set()
    for line in FILE.read_text("utf-8").splitlines():
        province, city, districts = line.split("|")
        found |= {Region(province), Region(province, city)}
        found |= {Region(province, city, district) for district in districts.split()}
    return found


def _ways_to_write(region: Region) -> Iterator[tuple[str, bool]]:
    name = region.name
    yield name, False
    stem = _stem(name)
    if len(stem) < SHORTEST or stem == name:
        return
    yield stem, True
    autonomous = _AUTONOMOUS.fullmatch(name)
    if autonomous:
        yield stem + autonomous["rank"], False
        if autonomous["rank"] == "区" and not region.city:
            yield f"{stem}自治区", False
            yield f"{stem}省", False


def _stem(name: str) -> str:
    autonomous = _AUTONOMOUS.fullmatch(name)
    if autonomous:
        return autonomous["stem"]
    rank = next((one for one in _RANKS if name.endswith(one)), "")
    return name.removesuffix(rank)
