"""Who may open which address: one row per address and method; the tests read every answer off it.

`who` names the roles by letter, in this order:

    C clerk   R reviewer   W warehouse   P purchasing   F finance   M manager   A admin   U auditor

`needs` are the arguments of the address, taken from the thing it is about (see `world.py`):
  number (an order with a parcel), waiting, held (orders in those states), shipment_id, customer_id,
  entry_id (of that customer's: one contact and one address share it),
  other_id (another customer), code (a SKU), stock_id (where it lies), product_id, batch_id,
  draft_id (an import that somebody prepares), exception_id (of that order), reservation_id (what is reserved for it),
  purchase (for that warehouse), transfer (a draft from the warehouse), sheet (of the warehouse), bin_code,
  job_id (a bulk job that tags), mention_id (a mention), slug (a saved view): of the one who asks, nobody else's exists
  for them.
What lies outside somebody's warehouses, and what does not exist, answers `outside`, to everybody who
holds the right; without the right the answer is 403 anyway.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.permissions.world import Thing

EVERYBODY = "CRWPFMAU"
GET, POST, PATCH = "GET", "POST", "PATCH"
Data = Callable[[Thing], Any]


def _nothing(_thing: Thing) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Row:
    """`ok` is the answer to those who may; `limited`: warehouses make a difference to it."""

    name: str
    method: str
    who: str
    needs: str = ""
    data: Data = _nothing
    ok: int = 200
    outside: int = 404
    limited: bool = True
    scope: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.name}"


def reason(_thing: Thing) -> dict[str, str]:
    return {"reason": "asked for"}
