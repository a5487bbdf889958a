"""Quantities in packs: "2箱3" and "2 box + 3" are pieces, and pieces are shown as packs. Pure but for `packs_of`."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from inventory.models import SkuPack

PIECE_WORDS = frozenset({"", "pcs", "pc", "piece", "pieces", "件", "个", "個", "只", "支", "片"})
"""What may stand behind loose pieces."""

_PART = re.compile(r"\s*(?P<number>\d{1,9})\s*(?P<unit>[^\W\d_]*)\s*(?:\+|,(?!\d)|$|(?=\d))")
_GROUPED = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Pack:
    """A unit of so many pieces."""

    name: str
    pieces: int


class NotAQuantity(ValueError):
    """What was typed is no quantity; the message says what to type."""


def pieces_in(text: str, packs: Sequence[Pack] = ()) -> int:
    """The pieces that `text` means: `27`, `2箱`, `2箱3`, `2 box + 3`. Raises NotAQuantity."""
    plain = _GROUPED.sub("", unicodedata.normalize("NFKC", text)).strip().replace("＋", "+")
    sizes = {one.name.casefold(): one.pieces for one in packs}
    total, at, seen = 0, 0, set[str]()
    while at < len(plain):
        part = _PART.match(plain, at)
        if part is None:
            raise NotAQuantity(_how(packs))
        unit = part["unit"].casefold()
        if unit not in sizes and unit not in PIECE_WORDS:
            raise NotAQuantity(_unknown(part["unit"], packs))
        kind = unit if unit in sizes else ""
        if kind in seen:
            raise NotAQuantity(_how(packs))
        seen.add(kind)
        total += int(part["number"]) * sizes.get(unit, 1)
        at = part.end()
    if not seen or plain.endswith("+"):
        raise NotAQuantity(_how(packs))
    return total


def _how(packs: Sequence[Pack]) -> str:
    if not packs:
        return _("Give a whole number of pieces.")
    example = f"2 {packs[0].name} + 3"
    return _("Give a whole number of pieces, or packs as in “%s”.") % example


def _unknown(unit: str, packs: Sequence[Pack]) -> str:
    if not packs:
        return _("There is no unit “%s” for this SKU. Give pieces.") % unit
    names = ", ".join(one.name for one in packs)
    words = _("There is no unit “%(unit)s” for this SKU. Give pieces, or one of: %(names)s.")
    return words % {"unit": unit, "names": names}


def in_packs(pieces: int, packs: Sequence[Pack]) -> str:
    """`2 box + 3`, the largest packs first; "" where not one pack is full."""
    parts, left = [], pieces
    for pack in sorted(packs, key=lambda one: -one.pieces):
        count, left = divmod(left, pack.pieces)
        if count:
            parts.append(_joined(count, pack.name))
    if not parts:
        return ""
    return "+".join([*parts, str(left)]) if left else "+".join(parts)


def _joined(count: int, name: str) -> str:
    """Latin units stand off the number, Chinese ones do not."""
    return f"{count} {name}" if name.isascii() else f"{count}{name}"


def packs_of(codes: Collection[str]) -> dict[str, list[Pack]]:
    """The packs of the SKUs with these codes, the largest first. One query."""
    found: dict[str, list[Pack]] = {}
    rows = SkuPack.objects.filter(sku__code__in=codes).order_by("-pieces")
    for code, name, pieces in rows.values_list("sku__code", "name", "pieces"):
        found.setdefault(code, []).append(Pack(name, pieces))
    return found
