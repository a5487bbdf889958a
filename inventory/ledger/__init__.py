"""The only writer of what `Stock` counts: on hand, reserved, blocked. Functions work on sets and lock by primary key.

Rows are locked FOR NO KEY UPDATE before anything that references them is inserted: a foreign key takes KEY SHARE in
row order, and the two would deadlock otherwise.
"""

from inventory.ledger.blocks import Blocking, block, unblock
from inventory.ledger.drift import Drift, Repair, drifting, figures_of, repair
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

__all__ = [
    "Allotment",
    "Blocking",
    "Drift",
    "Posting",
    "Repair",
    "Supply",
    "block",
    "drifting",
    "figures_of",
    "lock_on_hand",
    "lock_stock",
    "lock_supply",
    "look_at_supply",
    "post",
    "promise",
    "release",
    "repair",
    "reserve",
    "take_back",
    "take_out",
    "unblock",
]
