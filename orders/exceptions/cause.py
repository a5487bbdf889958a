"""What a cause of an exception is: a condition in SQL, the words for it, and the acts that mend it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from orders.exceptions.models import ExceptionKind

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Data = Mapping[str, Any]
DISMISS = "exceptions:dismiss"


@dataclass(frozen=True, slots=True)
class Fix:
    """An act offered for an exception: a button that posts to `url` (the name of an address).

    `key` presses it; `url` empty: the panel of the kind holds what the key goes to, or the key opens the order.
    """

    key: str
    label: "str | StrPromise"
    url: str = ""
    permission: str = ""
    icon: str = ""
    is_final: bool = False


@dataclass(frozen=True, slots=True)
class Cause:
    """`condition` and the other texts are SQL over `o`, the order with the sums of `orders.exceptions.detect`.

    The exception is there while `condition` holds, from the moment `since` on. `data` is what `words` tell, `other`
    the id of another order in question; `condition` and `sign` may read both as `t.data` and `t.other`. `sign` tells
    one occurrence from another one of the same cause. It is to be mended `within` this time, or by the moment that
    the order was promised for, when that is sooner and `is_promised`.
    """

    name: str
    kind: ExceptionKind
    condition: str
    words: Callable[[Data], str]
    fixes: tuple[Fix, ...]
    within: timedelta
    since: str = "now()"
    data: str = "'{}'::jsonb"
    sign: str = "''"
    other: str = "NULL::bigint"
    is_promised: bool = True

    @property
    def can_be_dismissed(self) -> bool:
        return any(fix.url == DISMISS for fix in self.fixes)
