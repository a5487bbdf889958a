"""Ids as addresses and forms bring them."""

DIGITS = 18
"""Of an id at most: a bigint has room for every such number."""


def id_in(text: str) -> int:
    """The id that `text` writes in plain digits; 0, which nothing has, when it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else 0
