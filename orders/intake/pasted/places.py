"""Province, city and district in a text, and what the list of places adds to them."""

import re
from dataclasses import dataclass

from orders.intake.pasted.regions import SHORTEST, Region, longest, spellings
from orders.intake.pasted.sheet import SEPARATORS, Kind, Sheet

NOWHERE = Region("")

# Between two levels: separators, and what lists write where a level has no name of its own.
_GAP = re.compile(
    r"[\s,;|/·>-]*(?:(?:市辖区|(?:省|自治区)直辖县(?:级行政区划)?|县(?=[\s,;|/]))[\s,;|/·>-]*)?"
)
_TAIL = re.compile(r"[\s,;|/·>-]*")
# After a short name these make it part of something else: 南京路, 北京大学, 杭州某某公司.
_NOT_A_PLACE = re.compile(
    r"[东西南北中一二三四五]?[路街]|[巷道弄镇乡村站桥湾]|大[道街厦学酒]|饭店|宾馆|酒店|[^\s,;|\d]{0,16}公司"
)
_END = re.compile(rf"$|[{re.escape(SEPARATORS)}\s\x00/]")
_COUNTRY = "中国"


@dataclass(frozen=True, slots=True)
class Named:
    """A place named in the text: where, and whether without the word that says what it is."""

    start: int
    end: int
    region: Region
    is_short: bool


Chain = tuple[Named, ...]


def mark_place(sheet: Sheet) -> tuple[Region, int]:
    """Take the place that the text names most closely; returns it, and where it ends (-1: none)."""
    text = sheet.open()
    best = max(_chains(text), key=_worth, default=())
    if not best:
        return NOWHERE, -1
    if text.startswith(_COUNTRY, best[0].start - len(_COUNTRY)):
        sheet.mark(best[0].start - len(_COUNTRY), best[0].start, Kind.BETWEEN)
    region = best[-1].region
    end = _take(sheet, best)
    # Many shops write the region twice: 浙江省 杭州市 西湖区 浙江省杭州市西湖区文三路.
    again = _follow(text, _after_gap(text, end), NOWHERE)
    while again and again[-1].region in (region, _parent(region)) and len(again) > 1:
        end = _take(sheet, again)
        again = _follow(text, _after_gap(text, end), NOWHERE)
    tail = _TAIL.match(text, end)
    sheet.mark(end, tail.end() if tail else end, Kind.BETWEEN)
    return _certain(best), tail.end() if tail else end


def _take(sheet: Sheet, chain: Chain) -> int:
    for one in chain:
        sheet.mark(one.start, one.end, _kind(one.region))
    for one, following in zip(chain, chain[1:], strict=False):
        sheet.mark(one.end, following.start, Kind.BETWEEN)
    return chain[-1].end


def _kind(region: Region) -> Kind:
    if region.district:
        return Kind.DISTRICT
    return Kind.CITY if region.city else Kind.PROVINCE


def _parent(region: Region) -> Region:
    return Region(region.province, region.city) if region.district else Region(region.province)


def _certain(chain: Chain) -> Region:
    """The place of a chain; of a district that several cities have, only its name."""
    region = chain[-1].region
    if region.district and len(chain) == 1:
        others = {one.region for one in spellings()[region.name]}
        if len({one for one in others if one.district}) > 1:
            return Region("", "", region.district)
    if (
        region.province
        and not region.city
        and Region(region.province, region.province)
        in {one.region for one in spellings()[region.province]}
    ):
        return Region(region.province, region.province)
    return region


def _worth(chain: Chain) -> tuple[int, int, int]:
    """The more levels and the fewer short names the better; then the earlier."""
    levels = len({one.region for one in chain})
    return levels, -sum(one.is_short for one in chain), -chain[0].start


def _chains(text: str) -> list[Chain]:
    chains = (_follow(text, at, NOWHERE) for at in range(len(text)))
    return [chain for chain in chains if chain and not _is_doubtful(text, chain)]


def _is_doubtful(text: str, chain: Chain) -> bool:
    """A short name alone counts only at the beginning of a word; a district only by its full name."""
    first = chain[0]
    if first.region.district and len(chain) == 1:
        return first.is_short or first.end - first.start <= SHORTEST
    begins = first.start == 0 or bool(_END.match(text, first.start - 1))
    return len(chain) == 1 and first.is_short and not begins


def _follow(text: str, at: int, within: Region) -> Chain:
    """The best chain of places that begins at `at`, each inside the one before."""
    best: Chain = ()
    for length in range(min(longest(), len(text) - at), SHORTEST - 1, -1):
        end = at + length
        for one in spellings().get(text[at:end], ()):
            if within != NOWHERE and not within.holds(one.region):
                continue
            if one.is_short and not _stands_alone(text, end, one.region, within):
                continue
            here = Named(at, end, one.region, one.is_short)
            chain = (here, *_follow(text, _after_gap(text, end), one.region))
            best = max(best, chain, key=lambda c: _worth(c) if c else (0, 0, 0))
    return best


def _stands_alone(text: str, end: int, region: Region, within: Region) -> bool:
    """Whether a short name means the place: 西湖 is one too many other things."""
    if region.district and (within == NOWHERE or region.district.endswith("区")):
        return within != NOWHERE and bool(_END.match(text, end))
    return not _NOT_A_PLACE.match(text, end)


def _after_gap(text: str, at: int) -> int:
    gap = _GAP.match(text, at)
    return gap.end() if gap else at
