"""Opening stock for what will be ordered: enough of most goods, too little of a few."""

from collections import Counter
from random import Random

from inventory.ledger import Posting, post
from inventory.models import Sku, StockMovement
from oms.models import User
from orders.demo.catalogue import Place
from orders.intake.draft import OrderDraft

Kind = StockMovement.Kind
_SHORT = 0.06
_RECEIVED_LATER = 0.3


def fill_warehouses(
    rng: Random, places: list[Place], skus: list[Sku], drafts: list[OrderDraft], buyer: User
) -> None:
    """Post opening stock, later receipts, and a few corrections."""
    wanted = Counter[str]()
    for draft in drafts:
        wanted.update({line.sku: line.quantity for line in draft.lines})
    openings, changes = [], []
    for number, sku in enumerate(skus):
        for place, pieces in _spread(rng, places, _supply(rng, wanted[sku.code])):
            bin_id = rng.choice(place.bins).pk
            later = pieces // 3 if rng.random() < _RECEIVED_LATER else 0
            openings.append(
                Posting(place.warehouse.pk, sku.pk, pieces - later, Kind.OPENING, bin_id=bin_id)
            )
            if later:
                order = f"PO{2600 + number // 20}"
                changes.append(
                    Posting(place.warehouse.pk, sku.pk, later, Kind.RECEIPT, "采购到货", order)
                )
            elif number % 25 == 0:
                changes.append(Posting(place.warehouse.pk, sku.pk, -1, Kind.ADJUSTMENT, "破损"))
    post(openings, actor=None)
    post(changes, actor=buyer)


def _supply(rng: Random, wanted: int) -> int:
    if rng.random() < _SHORT:
        return max(2, int(wanted * rng.uniform(0.55, 0.9)))
    return int(wanted * rng.uniform(1.08, 1.9)) + rng.randint(6, 40)


def _spread(rng: Random, places: list[Place], pieces: int) -> list[tuple[Place, int]]:
    """The pieces over the warehouses that keep this SKU, by their weight; at least 2 in each."""
    keeping = [place for place in places if rng.random() < place.keeps] or places[:1]
    weights = sum(place.weight for place in keeping)
    return [(place, max(2, pieces * place.weight // weights)) for place in keeping]
