"""The orders that a person began and has not placed."""

from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from oms.models import User
from orders.intake.unfinished.models import UnfinishedOrder

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Begun:
    """An unfinished order as the list shows it: for whom, how many lines, when it was saved."""

    pk: int
    form_key: str
    name: str
    line_count: int
    saved_at: datetime


def begun_by(user: User, *, but: str = "") -> list[Begun]:
    """The newest ones of `user`, without that of the form `but`."""
    mine = UnfinishedOrder.objects.filter(user=user).exclude(form_key=but)
    return [_begun(one) for one in mine.order_by("-saved_at")[:SHOWN]]


def _begun(one: UnfinishedOrder) -> Begun:
    typed = one.typed
    lines = sum(1 for name, text in typed.items() if name.endswith("-sku") and str(text).strip())
    name = typed.get("customer_name") or typed.get("ship_name") or typed.get("customer_phone", "")
    return Begun(one.pk, one.form_key, name, lines, one.saved_at)


def typed_of(user: User, pk: int) -> QueryDict | None:
    """The fields of one of theirs, as the form would have sent them."""
    one = UnfinishedOrder.objects.filter(user=user, pk=pk).first()
    if one is None:
        return None
    typed = QueryDict(mutable=True)
    typed.update(one.typed)
    return typed
