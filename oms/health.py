"""What a load balancer and a monitoring system ask: alive, ready, and a page of numbers."""

import hmac
import logging
import resource
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache as remember

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from oms.tasks import heartbeat_age

log = logging.getLogger(__name__)
RETRY_SECONDS = "5"
# A heartbeat is due every 20 seconds; three may be missed.
HEARTBEAT_LIMIT = 60.0


@dataclass(frozen=True)
class Gauge:
    """One number for the monitoring system. `labels` is written as in `state="approved"`."""

    name: str
    value: float
    labels: str = ""

    def __str__(self) -> str:
        labels = f"{{{self.labels}}}" if self.labels else ""
        return f"{self.name}{labels} {self.value:g}"


_sources: list[Callable[[], Iterable[Gauge]]] = []


def add_gauges(source: Callable[[], Iterable[Gauge]]) -> None:
    """Let an app of a higher layer add its numbers; called once, when the app is ready."""
    _sources.append(source)


@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """200 for as long as the process answers; asks nobody else."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """200 when pages can be served, else 503. Redis and the workers are told, not required."""
    database = _database_state()
    answer = JsonResponse(
        {
            "ready": database == "ok",
            "database": database,
            "redis": "ok" if _redis_is_up() else "away",
            "worker": _worker_state(),
        },
        status=200 if database == "ok" else 503,
    )
    if database != "ok":
        answer["Retry-After"] = RETRY_SECONDS
    return answer


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Numbers in the Prometheus text format; with a token, or from this machine only."""
    if not _may_read_metrics(request):
        return HttpResponse("Not found\n", status=404, content_type="text/plain")
    lines = [str(gauge) for gauge in _all_gauges()]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4")


def _may_read_metrics(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    if token:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), token.encode())
    is_forwarded = "X-Forwarded-For" in request.headers
    return request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1") and not is_forwarded


def _all_gauges() -> Iterable[Gauge]:
    database_is_up = _database_state() == "ok"
    age = heartbeat_age()
    yield Gauge("oms_database_up", database_is_up)
    yield Gauge("oms_redis_up", _redis_is_up())
    yield Gauge("oms_worker_heartbeat_age_seconds", float("inf") if age is None else age)
    yield Gauge("oms_web_peak_memory_bytes", _peak_memory())
    for source in _sources if database_is_up else ():
        try:
            yield from source()
        except DatabaseError:
            log.exception("A source of metrics failed: %s", source)


def _database_state() -> str:
    """`ok`, `away`, or `behind` while migrations are still to be applied."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return "ok" if _is_migrated() else "behind"
    except (DatabaseError, _Behind) as error:
        log.warning("Not ready: %s", error)
        return "behind" if isinstance(error, _Behind) else "away"


class _Behind(Exception):
    """Migrations wait; raised so that only the good answer is remembered."""


@remember
def _is_migrated() -> bool:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        raise _Behind(f"{len(waiting)} migrations are to be applied; run bin/manage migrate.")
    return True


def _redis_is_up() -> bool:
    """Asked by a round trip through the cache, which forgives errors."""
    cache.set("health", "ok", 30)
    return bool(cache.get("health") == "ok")


def _worker_state() -> str:
    age = heartbeat_age()
    if age is None:
        return "unknown"
    return "ok" if age <= HEARTBEAT_LIMIT else "late"


def _peak_memory() -> int:
    """Bytes; the kernel counts in KiB, macOS in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
