"""From what a movement or an expectation names (TR000012, CS000003, PO-0007) to the page of it."""

import re

from django.urls import reverse

_pages: dict[str, str] = {
    "TR": "stock:transfer",
    "CS": "stock:sheet",
    "PO": "purchasing:order",
}
_NUMBER = re.compile(r"([A-Z]{2})-?\d{4,}")


def provide_page(prefix: str, url_name: str) -> None:
    """Register the page of numbers with these two letters; called once, in AppConfig.ready()."""
    _pages[prefix] = url_name


def page_of_reference(reference: str) -> str:
    """The address; empty where the reference is none of our numbers."""
    match = _NUMBER.fullmatch(reference)
    name = _pages.get(match[1]) if match else None
    return reverse(name, args=[reference]) if name else ""
