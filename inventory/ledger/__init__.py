"""The only writer of what `Stock` counts: on hand, reserved, blocked. Functions work on sets and lock by primary key.

Rows are locked FOR NO KEY UPDATE before anything that references them is inserted: a foreign key takes KEY SHARE in
row order, and the two would deadlock otherwise.
"""

from inventory.ledger.blocks import Blocking, block, unblock
from inventory.ledger.division import Division, divide, unite
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
from inventory.ledger.soft import carry, prolong, reserve_until

__all__ = [
    "Allotment",
    "Blocking",
    "Division",
    "Drift",
    "Posting",
    "Repair",
    "Supply",
    "block",
    "carry",
    "divide",
    "drifting",
    "figures_of",
    "lock_on_hand",
    "lock_stock",
    "lock_supply",
    "look_at_supply",
    "post",
    "prolong",
    "promise",
    "release",
    "repair",
    "reserve",
    "reserve_until",
    "take_back",
    "take_out",
    "unblock",
    "unite",
]
