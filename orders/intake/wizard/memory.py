"""How the columns of a set of headings were matched the last time, whatever order they stand in."""

from collections.abc import Sequence
from hashlib import sha256

from django.utils import timezone

from oms.models import User
from oms.tables.columns import folded
from orders.intake.wizard.models import ColumnMemory


def remembered(header: Sequence[str]) -> dict[str, int]:
    """Our word → place in this header; nothing when these headings were never matched."""
    memory = ColumnMemory.objects.filter(headings=_key(header)).first()
    if memory is None:
        return {}
    at: dict[str, int] = {}
    for place, heading in enumerate(header):
        at.setdefault(folded(heading), place)
    return {word: at[heading] for word, heading in memory.mapping.items() if heading in at}


def remember(header: Sequence[str], mapping: dict[str, int], *, user: User) -> None:
    """Match these headings so the next time. Columns without heading are not remembered."""
    named = {word: folded(header[place]) for word, place in mapping.items() if header[place]}
    if len(named) < len(mapping):
        return
    told = {"mapping": named, "changed_by": user, "changed_at": timezone.now()}
    ColumnMemory.objects.update_or_create(headings=_key(header), defaults=told)


def _key(header: Sequence[str]) -> str:
    headings = sorted({folded(heading) for heading in header})
    return sha256("\x1f".join(headings).encode()).hexdigest()
