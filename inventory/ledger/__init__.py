"""The only writer of what `Stock` counts: on hand, reserved, blocked. Functions work on sets and lock by primary key.

Rows are locked FOR NO KEY UPDATE before anything that references them is inserted: a foreign key takes KEY SHARE in
row order, and the two would deadlock otherwise.
"""

from inventory.ledger.blocks import Blocking, block, unblock
from inventory.ledger.division import Division, divide, unite
from inventory.ledger.drift import Drift, Repair, drifting, figures_of, repair
from inventory.ledger.lots import LotPieces, clean_lot
from inventory.ledger.lots_out import expired_words, no_good_words
from inventory.ledger.postings import Posting, post, take_back
from inventory.ledger.reservations import (
    Allotment,
    Supply,
    lock_on_hand,
    lock_stock,
    lock_supply,
    look_at_supply,
    promise,
    release,
    reserve,
    take_out,
)
from inventory.ledger.shelves import Shelf, shelves_of, take_first, today
from inventory.ledger.soft import carry, prolong, reserve_until

__all__ = [
    "Allotment",
    "Blocking",
    "Division",
    "Drift",
    "LotPieces",
    "Posting",
    "Repair",
    "Shelf",
    "Supply",
    "block",
    "carry",
    "clean_lot",
    "divide",
    "drifting",
    "expired_words",
    "figures_of",
    "lock_on_hand",
    "lock_stock",
    "lock_supply",
    "look_at_supply",
    "no_good_words",
    "post",
    "prolong",
    "promise",
    "release",
    "repair",
    "reserve",
    "reserve_until",
    "shelves_of",
    "take_back",
    "take_first",
    "take_out",
    "today",
    "unblock",
    "unite",
]
