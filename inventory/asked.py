"""What the address of the stock list asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inventory import listing
from inventory.models import Warehouse
from oms.models import User

MOST_DAYS = 3650


@dataclass(frozen=True, slots=True)
class Asked:
    """`warehouses` are those of the person, `chosen` the one that was asked for, or all of them."""

    warehouses: list[Warehouse]
    chosen: list[Warehouse]
    tab: str
    fragment: str
    days: int

    def rows(self) -> Any:
        """The rows that fit; see `inventory.listing.list_rows`."""
        return listing.list_rows(
            self.chosen, tab=self.tab, fragment=self.fragment, days=self.days
        )


def asked_of(parts: Mapping[str, str], user: User) -> Asked:
    """Read an address; what makes no sense in it is passed over. One query."""
    warehouses = list(listing.warehouses_of(user))
    chosen = [one for one in warehouses if one.code == parts.get("warehouse")] or warehouses
    tab = parts.get("tab", "all")
    days = parts.get("days", "")
    return Asked(
        warehouses=warehouses,
        chosen=chosen,
        tab=tab if tab in listing.TABS else "all",
        fragment=parts.get("find", "").replace("\x00", "").strip()[:80],
        days=int(days) if days.isascii() and days.isdigit() and 0 < int(days[:5]) <= MOST_DAYS and len(days) <= 5
        else listing.SLOW_DAYS,
    )
