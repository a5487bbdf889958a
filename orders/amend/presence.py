"""Who has the edit form of an order open just now. A courtesy: kept in the cache only, and nothing waits for it."""

import time
from dataclasses import dataclass

from django.core.cache import cache

from oms.models import User

BEAT_SECONDS = 15
"""How often an open form tells that it is open."""
GONE_AFTER_SECONDS = 50


@dataclass(frozen=True, slots=True)
class Editor:
    """A colleague with the form open, last heard of so many seconds ago."""

    name: str
    seconds: int


def _key(order_id: int) -> str:
    return f"editing:{order_id}"


def beat(order_id: int, user: User) -> None:
    """`user` has the form open."""
    present = _present(order_id) | {user.pk: (user.display_name, time.time())}
    cache.set(_key(order_id), present, GONE_AFTER_SECONDS)


def leave(order_id: int, user: User) -> None:
    """`user` has saved."""
    present = _present(order_id)
    if present.pop(user.pk, None):
        cache.set(_key(order_id), present, GONE_AFTER_SECONDS)


def others(order_id: int, user: User) -> list[Editor]:
    """Everybody else who edits the order, the last one heard of first."""
    now = time.time()
    heard = [
        Editor(name, max(0, int(now - at)))
        for pk, (name, at) in _present(order_id).items()
        if pk != user.pk
    ]
    return sorted(heard, key=lambda one: one.seconds)


def _present(order_id: int) -> dict[int, tuple[str, float]]:
    found = cache.get(_key(order_id)) or {}
    earliest = time.time() - GONE_AFTER_SECONDS
    return {pk: (name, at) for pk, (name, at) in found.items() if at > earliest}
