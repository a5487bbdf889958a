"""How a draft's columns are read: by the preset that knows them, or as somebody matched them."""

from typing import NamedTuple

from oms.models import Channel
from oms.tables.columns import Columns, match
from orders.intake.files.preset import Preset
from orders.intake.files.presets import PRESETS
from orders.intake.files.presets.own import OWN
from orders.intake.files.run import channel_of
from orders.intake.models import ImportBatch
from orders.intake.wizard.models import ImportDraft

# Where a value may stand that an order's field has no column of its own for.
_ALSO = {
    "sku": ("title", "outer_sku"),
    "unit_price": ("goods_amount",),
    "customer_name": ("ship_name",),
    "customer_phone": ("ship_phone",),
    "ship_phone": ("customer_phone",),
}
_ADDRESS = ("address", "new_address")


class Understood(NamedTuple):
    preset: Preset
    columns: Columns
    channel: Channel

    def place_of(self, word: str) -> int | None:
        """Where the file has this column; None when it has none that could be corrected."""
        also = _ALSO.get(word, _ADDRESS if word.startswith("ship_") else ())
        for one in (word, *also):
            if one in self.columns.headings:
                return self.columns.places[self.preset.words.index(one)]
        return None


def understood(draft: ImportDraft) -> Understood | None:
    """None while nobody knows which column is what.

    Raises UnreadableFile when the channel or a column is gone since.
    """
    if draft.preset:
        preset = PRESETS[draft.preset]
        columns = match(preset.layout, draft.header)
    elif draft.mapping:
        preset, columns = OWN, columns_of(draft.header, draft.mapping)
    else:
        return None
    return Understood(preset, columns, channel_of(draft.channel, preset))


def columns_of(header: list[str], mapping: dict[str, int]) -> Columns:
    """The columns of our own template, found where `mapping` says."""
    width = len(header)
    used = set(mapping.values())
    return Columns(
        tuple(mapping.get(word, width) for word in OWN.columns),
        width,
        {word: heading_at(header, place) for word, place in mapping.items()},
        tuple(one for place, one in enumerate(header) if one and place not in used),
    )


def heading_at(header: list[str], place: int) -> str:
    """How people call this column; one without heading goes by its letter, as in a spreadsheet."""
    return header[place].strip() or column_letter(place)


def column_letter(place: int) -> str:
    """A, B … Z, AA, AB …"""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def batch_of(draft: ImportDraft) -> ImportBatch | None:
    """The import that the draft became or, while it runs, becomes."""
    if draft.batch_id:
        return draft.batch
    known = understood(draft)
    if known is None or known.channel.pk is None:
        return None
    return ImportBatch.objects.filter(
        file_hash=draft.file_hash, channel=known.channel, preset=known.preset.name
    ).first()
