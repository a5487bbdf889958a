"""The open exceptions of one order, for its page."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse

from orders.exceptions.causes import CAUSES
from orders.exceptions.models import OrderException
from orders.models.order import OrderQuerySet


@dataclass(frozen=True, slots=True)
class OfOrder:
    """What is wrong, in words, and where it is mended."""

    text: str
    fix: str
    url: str


def with_exceptions(orders: OrderQuerySet) -> OrderQuerySet:
    """`orders` with what `exceptions_of` tells of each; it comes along in the same query."""
    rows = OrderException.objects.filter(order=OuterRef("pk"), closed_at=None)
    shown = JSONObject(id="pk", cause="cause", data="data", other="other__number")
    return orders.annotate(
        open_exceptions=ArraySubquery(rows.order_by("deadline_at", "pk").values_list(shown))
    )


def exceptions_of(order: Any) -> list[OfOrder]:
    """Of an order that was read `with_exceptions`."""
    return [_of_order(**row) for row in order.open_exceptions]


def _of_order(id: int, cause: str, data: dict[str, Any], other: str | None) -> OfOrder:  # noqa: A002
    one = CAUSES[cause]
    words = one.words(data | ({"other": other} if other else {}))
    return OfOrder(words, str(one.fixes[0].label), f"{reverse('exceptions:queue')}?at={id}#panel")
