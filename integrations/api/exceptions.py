"""What needs a person: the list, and whose it is."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from integrations.api import pages
from integrations.api.answers import answer
from integrations.api.caller import Needs, caller_of
from integrations.api.once import once
from integrations.api.problems import invalid_input, not_found
from integrations.api.schema.exceptions import AssignIn, ExceptionOut, ExceptionPage
from integrations.api.schema.filters import ExceptionFilters
from oms.errors import FieldError, NotPossible
from oms.models import User
from orders.desk.notes.people import colleagues
from orders.exceptions.assign import assign_exceptions
from orders.exceptions.listing import Asked, order_of, text_of, visible_to, wanted, with_shown
from orders.exceptions.models import OrderException

router = Router(tags=["exceptions"])
ME = "me"
_WHO = {"": "", ME: "mine", "none": "nobody"}


@router.get(
    "/exceptions",
    auth=Needs("orders:read", "orders.view_order", "orders.view_orderexception"),
    response=ExceptionPage,
)
def list_exceptions(request: HttpRequest, filters: Query[ExceptionFilters]) -> HttpResponse:
    """Open exceptions to be done, what is due first in front; with `waiting` those that were put off instead."""
    pages.refuse_unknown(request, ExceptionFilters)
    user = caller_of(request).user
    asked = Asked(filters.kind, _WHO[filters.owner], filters.waiting)
    rows = wanted(user, visible_to(user), asked)
    if filters.order:
        rows = rows.filter(order__number=filters.order.upper())
    by, _id = order_of(asked)
    found = list(_beyond(with_shown(rows), by, filters.cursor)[: filters.limit + 1])
    return answer(pages.page(found, filters.limit, show_exception, partial(_place, by)))


@router.post(
    "/exceptions/{int:exception_id}/assign",
    auth=Needs("orders:write", "orders.view_order", "orders.change_orderexception"),
    response=ExceptionOut,
)
@once
def assign(request: HttpRequest, exception_id: int, payload: AssignIn) -> HttpResponse:
    """Give an open exception to a colleague, or take it; it stays theirs whatever happens to the order."""
    user = caller_of(request).user
    if not visible_to(user).filter(pk=exception_id).exists():
        raise not_found()
    _owner, count = assign_exceptions([exception_id], user_id=_colleague(payload.to, user))
    if not count:
        raise NotPossible(_("This exception is closed: its cause is gone, or it was waved off."))
    return answer(show_exception(with_shown(OrderException.objects.all()).get(pk=exception_id)))


def show_exception(one: OrderException) -> dict[str, Any]:
    """Of an exception that was read `with_shown`."""
    return {
        "id": one.pk,
        "kind": one.kind,
        "cause": one.cause,
        "text": text_of(one),
        "order": one.order.number if one.order else None,
        "file": one.batch.file_name if one.batch else None,
        "other": one.other.number if one.other else None,
        "owner": one.owner.username if one.owner else None,
        "opened_at": one.opened_at,
        "deadline_at": one.deadline_at,
        "waiting_until": one.waiting_until,
    }


def _place(by: str, one: OrderException) -> tuple[str, int]:
    return getattr(one, by).isoformat(), one.pk


def _beyond(rows: QuerySet[OrderException], by: str, cursor: str) -> QuerySet[OrderException]:
    after = pages.decode_cursor(cursor, str, int)
    rows = rows.order_by(by, "pk")
    if not after:
        return rows
    try:
        moment = datetime.fromisoformat(after[0])
    except ValueError:
        raise pages.bad_cursor(cursor) from None
    past = Q(**{f"{by}__gt": moment}) | Q(pk__gt=after[1])
    return rows.filter(past, **{f"{by}__gte": moment})


def _colleague(name: str, user: User) -> int:
    """The id of who is meant. Raises Problem (400) for somebody who does not work with orders."""
    found = user if name == ME else colleagues().filter(username=name).first()
    if found is None:
        words = _("Give the log-in name of a colleague who may see orders, or “me”.")
        raise invalid_input([FieldError("to", "unknown", words, name)])
    return found.pk
