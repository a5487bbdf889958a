"""Whom a text names: `@username`, also within Chinese text that leaves no blanks. Pure."""

import re
from collections.abc import Iterable

AT = re.compile("[@＠]")


def named_in(text: str, usernames: Iterable[str]) -> list[str]:
    """Those of `usernames` that `text` names, sorted; of two that fit at one place, the longer.

    A name ends where a Latin word ends, so `@li` is not in `@lisa`, nor in `@li.wei`; and an
    e-mail address names nobody.
    """
    known: dict[str, list[str]] = {}
    for name in usernames:
        known.setdefault(name.casefold(), []).append(name)
    if not known or not AT.search(text):
        return []
    longest_first = sorted(known, key=len, reverse=True)
    pattern = (
        r"(?<![A-Za-z0-9_.+-])[@＠]("
        + "|".join(map(re.escape, longest_first))
        + r")(?![A-Za-z0-9_]|[.+@-][A-Za-z0-9_])"
    )
    found = {match.casefold() for match in re.findall(pattern, text, re.IGNORECASE)}
    return sorted(name for folded in found for name in known.get(folded, []))
