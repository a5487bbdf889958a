"""Tasks of the platform itself."""

import time

from celery import shared_task
from django.core.cache import cache

HEARTBEAT = "worker-heartbeat"


@shared_task(name="oms.tasks.heartbeat")
def heartbeat() -> None:
    """Prove that a task went all the way from beat through the broker into a worker."""
    cache.set(HEARTBEAT, time.time(), 24 * 3600)


def heartbeat_age() -> float | None:
    """Seconds since a worker last finished a task; None when unknown."""
    beat_at = cache.get(HEARTBEAT)
    return None if beat_at is None else max(0.0, time.time() - beat_at)
