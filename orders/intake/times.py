"""A quantity typed together with the SKU: `3*A-01` and `A-01*3` are three pieces of A-01."""

import re

from orders.desk.fields import plain

_BEFORE = re.compile(r"(?P<quantity>[0-9]{1,9})\s*[*×]\s*(?P<sku>.+)")
_AFTER = re.compile(r"(?P<sku>.+?)\s*[*×]\s*(?P<quantity>[0-9]{1,9})")


def quantity_and_sku(text: str) -> tuple[int | None, str]:
    """The quantity (None when none was typed) and the SKU."""
    folded = plain(text)
    match = _BEFORE.fullmatch(folded) or _AFTER.fullmatch(folded)
    return (int(match["quantity"]), match["sku"]) if match else (None, text)
