"""Parcels whose goods have lots: what to take for them, what they hold, and which of them may not leave."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from inventory.ledger import Shelf, no_good_words, shelves_of, take_first, today
from inventory.lots.sight import lot_words, lots_of_reservations
from inventory.models import Sku
from oms.sql import int_array, query
from orders.fulfilment.models import ShipmentLine, ShipmentStatus
from orders.fulfilment.step import Going, together

_WITH_LOTS = """
SELECT p.id, p.number, r.stock_id, r.quantity, k.code
FROM inventory_reservation r JOIN orders_shipment p ON p.id = r.shipment_id AND p.status = %s
JOIN inventory_stock s ON s.id = r.stock_id JOIN inventory_sku k ON k.id = s.sku_id AND k.tracking <> 'none'
WHERE r.shipment_id = ANY(%s::bigint[]) AND r.status = 'open' ORDER BY r.id
"""


def without_expired(going: Going, source: ShipmentStatus) -> Going:
    """What may go on: a parcel for which only expired pieces are left stays, with all that travels with it."""
    rows = query(_WITH_LOTS, [source.value, int_array(going.shipment_ids)])
    if not rows:
        return going
    day, shelves = today(), shelves_of({row[2] for row in rows})
    refused: dict[int, str] = {}
    for pk, number, stock_id, pieces, sku in rows:
        taken = take_first(shelves[stock_id], pieces, good_on=day)
        if sum(part for _shelf, part in taken) < pieces:
            words = no_good_words(sku, shelves[stock_id])
            refused[pk] = _("%(number)s: %(why)s") % {"number": number, "why": words}
    if not refused:
        return going
    stay = set(together(list(refused)))
    left = [pk for pk in going.shipment_ids if pk not in stay]
    return replace(going, shipment_ids=left, refused=going.refused | refused)


@dataclass(frozen=True, slots=True)
class LotWords:
    """Of a line in a parcel: the lots that left or are to be taken; `expired` says why too few are good."""

    lots: list[str]
    expired: str = ""


def has_lots(line: ShipmentLine) -> bool:
    sku = line.order_line.sku
    return sku is not None and sku.tracking != Sku.Tracking.NONE


def lots_in(lines: Iterable[ShipmentLine]) -> dict[int, LotWords]:
    """By line of a parcel; nothing for goods without lots. At most two queries, none where there are no such goods."""
    tracked = [line for line in lines if has_lots(line)]
    if not tracked:
        return {}
    found = {
        pk: LotWords(words)
        for pk, words in lots_of_reservations(line.pk for line in tracked).items()
    }
    still = [line for line in tracked if line.pk not in found]
    shelves = shelves_of({line.stock_id for line in still}) if still else {}
    return found | {
        line.pk: lots_to_take(line, shelves[line.stock_id], line.quantity) for line in still
    }


def lots_to_take(line: ShipmentLine, shelves: Sequence[Shelf], pieces: int) -> LotWords:
    """The good lots to take for so many pieces; `shelves` are then without them."""
    taken = take_first(shelves, pieces, good_on=today())
    words = [lot_words(shelf.code, part) for shelf, part in taken]
    lacking = sum(part for _shelf, part in taken) < pieces
    sku = line.order_line.sku
    return LotWords(words, no_good_words(sku.code, shelves) if lacking and sku else "")
