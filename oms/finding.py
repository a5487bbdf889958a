"""What the search box and the palette find at once, of every kind, whatever app it belongs to."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MOST_OF_A_KIND = 6
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found: its name, a quiet word beside it, and its page."""

    label: str
    detail: str
    url: str


HitSource = Callable[[Any, str], Sequence[Hit]]
"""Takes the user and what was typed (folded to one line, never empty); gives at most MOST_OF_A_KIND."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that can be found by whoever holds `permission`."""

    label: "StrPromise"
    permission: str
    source: HitSource


_kinds: list[Kind] = []


def provide_hits(label: "StrPromise", permission: str, source: HitSource) -> None:
    """Register a kind; its owner calls this once, in AppConfig.ready().

    The last one is shown first: orders before goods before people.
    """
    if all(kind.source is not source for kind in _kinds):
        _kinds.append(Kind(label, permission, source))


def find(user: Any, text: str) -> list[dict[str, Any]]:
    """The hits of each kind that has any: `[{"label": "Orders", "hits": [{"label": …}]}]`."""
    text = " ".join(text.replace("\x00", "").split())[:LONGEST]
    if not text:
        return []
    groups = []
    for kind in reversed(_kinds):
        hits = kind.source(user, text) if user.has_perm(kind.permission) else []
        if hits:
            groups.append({"label": str(kind.label), "hits": [asdict(hit) for hit in hits]})
    return groups
