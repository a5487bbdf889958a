"""The shared cache, where losing everything in it is harmless."""

import logging
from collections.abc import Callable
from typing import Any, TypeVar

import redis
from django.core.cache.backends.redis import RedisCache

log = logging.getLogger(__name__)
T = TypeVar("T")


class ForgivingRedisCache(RedisCache):
    """Redis as a cache that is empty, instead of an error, while the server cannot be reached."""

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """The stored value, or `default`."""
        return _or(default, lambda: super(ForgivingRedisCache, self).get(key, default, version))

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        """The stored values, by key; absent ones are left out."""
        return _or({}, lambda: super(ForgivingRedisCache, self).get_many(keys, version))

    def set(self, *args: Any, **kwargs: Any) -> None:
        """Store a value, or do nothing."""
        _or(None, lambda: super(ForgivingRedisCache, self).set(*args, **kwargs))

    def add(self, *args: Any, **kwargs: Any) -> bool:
        """Store a value unless there is one; False also when the server is away."""
        return _or(False, lambda: super(ForgivingRedisCache, self).add(*args, **kwargs))

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        """Forget a value."""
        return _or(False, lambda: super(ForgivingRedisCache, self).delete(*args, **kwargs))


def _or(fallback: T, call: Callable[[], T]) -> T:
    try:
        return call()
    except (redis.exceptions.RedisError, OSError) as error:
        log.warning("The cache is away: %s", error)
        return fallback
