"""What the address of the stock list asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inventory import listing
from inventory.models import Warehouse
from oms.ids import id_in
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
        return listing.list_rows(self.chosen, tab=self.tab, fragment=self.fragment, days=self.days)


def asked_of(parts: Mapping[str, str], user: User) -> Asked:
    """Read an address; what makes no sense in it is passed over. One query."""
    warehouses = list(listing.warehouses_of(user))
    chosen = [one for one in warehouses if one.code == parts.get("warehouse")] or warehouses
    tab = parts.get("tab", "all")
    return Asked(
        warehouses=warehouses,
        chosen=chosen,
        tab=tab if tab in listing.TABS else "all",
        fragment=parts.get("find", "").replace("\x00", "").strip()[:80],
        days=_days(parts.get("days", "")),
    )


def _days(text: str) -> int:
    """For how many days nothing was sold; the usual number where the text is none."""
    days = id_in(text)
    return days if 0 < days <= MOST_DAYS else listing.SLOW_DAYS
