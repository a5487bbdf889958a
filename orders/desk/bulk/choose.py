"""Which orders somebody means: those that are ticked, or all of the list they were looking at."""

from collections.abc import Iterable

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from oms.errors import NotPossible
from oms.models import User
from orders.desk.asked import Asked, asked_in
from orders.desk.bulk.prepare import LARGEST
from orders.desk.listing import narrowed
from orders.desk.newest import newest
from orders.desk.search import found
from orders.exceptions.models import OrderException
from orders.models import Order
from orders.models.order import OrderQuerySet

_LONGEST_ID = 18
# Not more than the search looks at of each SKU whose code begins with what was typed.
_PAGE = 200


def chosen_in(request: HttpRequest, user: User) -> list[int]:
    """Ids of the ticked orders or, with `scope=all`, of every order of the list at the address `list`.

    A ticked exception stands for its order. At most one more than a job may have, so that too many are noticed.
    """
    if request.POST.get("scope") == "all":
        return all_of(user, asked_in(QueryDict(request.POST.get("list", ""))))
    ids = ids_in(request.POST.getlist("order"))
    exceptions = ids_in(request.POST.getlist("exception"))
    if exceptions:
        of_orders = OrderException.objects.filter(pk__in=exceptions, order__isnull=False)
        ids |= set(of_orders.values_list("order", flat=True))
    return sorted(ids)[: LARGEST + 1]


def all_of(user: User, asked: Asked) -> list[int]:
    """Every order of the list, whichever page of it is shown.

    Raises NotPossible where a search hit so many that it did not look at all of them.
    """
    orders = Order.objects.visible_to(user)
    if asked.text:
        return _all_found(orders, asked)
    if asked.is_narrowed:
        return list(narrowed(orders, asked).values_list("pk", flat=True)[: LARGEST + 1])
    return list(newest(orders, asked.statuses, LARGEST + 1).values_list("pk", flat=True))


def _all_found(orders: OrderQuerySet, asked: Asked) -> list[int]:
    """Page by page: no more than a page of hits is sure to be complete."""
    ids, before = list[int](), None
    while len(ids) <= LARGEST:
        hits = found(orders, asked.text, statuses=asked.statuses, before=before, size=_PAGE)
        if hits.is_capped:
            raise NotPossible(
                _(
                    "More than 1,000 orders were found. Type more to narrow them down, then choose again."
                ),
                code="too_many",
            )
        ids += hits.ids
        if len(hits.ids) < _PAGE:
            break
        before = hits.ids[-1]
    return ids


def ids_in(texts: Iterable[str]) -> set[int]:
    """The ids among what a form sent; the rest was never ours."""
    return {
        int(text)
        for text in texts
        if text.isascii() and text.isdigit() and len(text) <= _LONGEST_ID
    }
