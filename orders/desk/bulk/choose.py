"""Which orders somebody means: those that are ticked, or all of the list they were looking at."""

from collections.abc import Iterable

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from oms.errors import NotPossible
from oms.ids import id_in
from oms.models import User
from orders.desk.asked import Asked, asked_in
from orders.desk.bulk.prepare import LARGEST
from orders.desk.newest import newest
from orders.desk.query.read import LOOK_FOR_ALL, Place, matching
from orders.desk.query.wanted import Wanted, wanted_by
from orders.desk.search import found
from orders.exceptions.models import OrderException
from orders.models import Order
from orders.models.order import OrderQuerySet

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

    Raises NotPossible where not all of them were looked at, and where a part of the query line was left out: nobody
    means orders that the line meant to keep out.
    """
    orders = Order.objects.visible_to(user)
    wanted = wanted_by(user, asked)
    if wanted.query.problems:
        words = _("A part of the query was left out: “%s”. Correct it, then choose again.")
        raise NotPossible(words % wanted.query.problems[0].words, code="query_unread")
    if wanted.is_everything:
        return list(newest(orders, asked.statuses, LARGEST + 1).values_list("pk", flat=True))
    if not wanted.clauses:
        return _all_found(orders, wanted)
    matches = matching(orders, wanted, Place(LARGEST), look=LOOK_FOR_ALL)
    if matches.stopped_at is not None:
        words = _(
            "Only the newest %s orders were compared. Add a day, a tag or a view, then choose again."
        )
        raise NotPossible(words % f"{LOOK_FOR_ALL:,}", code="too_many")
    return matches.ids


def _all_found(orders: OrderQuerySet, wanted: Wanted) -> list[int]:
    """Page by page: no more than a page of hits is sure to be complete."""
    ids, before = list[int](), None
    while len(ids) <= LARGEST:
        hits = found(orders, wanted.text, statuses=wanted.statuses, before=before, size=_PAGE)
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
    return {pk for pk in map(id_in, texts) if pk}
