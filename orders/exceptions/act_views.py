"""Acts on the ticked exceptions: put off, brought back, waved off, taken, given. Thin doors to the verbs."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from oms.access import SignedInRequest, View, allowed
from oms.errors import FieldError, InvalidInput, NotPossible, Refused
from orders.desk.bulk.choose import ids_in
from orders.desk.bulk.prepare import LARGEST
from orders.desk.door import typed, way_back
from orders.exceptions.assign import assign_exceptions
from orders.exceptions.dismiss import dismiss
from orders.exceptions.listing import visible_to
from orders.exceptions.put_off import bring_back, put_off

Act = Callable[[SignedInRequest, list[int]], str]


def _on_chosen(act: Act) -> View:
    """Do `act` to the ticked exceptions that this person may see, say its words, go back to the list."""

    @require_POST
    @allowed("orders.view_order", "orders.change_orderexception")
    def view(request: SignedInRequest) -> HttpResponse:
        try:
            messages.success(request, act(request, _chosen(request)))
        except Refused as refusal:
            messages.warning(request, refusal.message)
        return redirect(way_back(request, reverse("exceptions:queue")))

    return view


def _chosen(request: SignedInRequest) -> list[int]:
    ids = ids_in(request.POST.getlist("exception"))
    if len(ids) > LARGEST:
        ids = set()
    found = list(visible_to(request.user).filter(pk__in=ids).values_list("pk", flat=True))
    if not found:
        raise NotPossible(_("Tick at least one exception first."), code="nothing_chosen")
    return found


def _put_off(request: SignedInRequest, ids: list[int]) -> str:
    until = _day(typed(request, "until", 10))
    count = put_off(ids, until=until, actor=request.user)
    words = ngettext(
        "%(n)d exception waits until %(day)s.", "%(n)d exceptions wait until %(day)s.", count
    )
    return words % {"n": count, "day": timezone.localtime(until).date().isoformat()}  # fmt: skip


def _day(text: str) -> datetime:
    """The beginning of a day of the store. Raises InvalidInput for what is none."""
    try:
        day = date.fromisoformat(text) if text else timezone.localdate() + timedelta(days=7)
        return timezone.make_aware(datetime.combine(day, time()))
    except (ValueError, OverflowError) as error:
        words = _("Write the day as in 2026-11-30.")
        raise InvalidInput([FieldError("until", "no_day", words, text)]) from error


def _bring_back(request: SignedInRequest, ids: list[int]) -> str:
    count = bring_back(ids, actor=request.user)
    return ngettext("%d exception is back.", "%d exceptions are back.", count) % count


def _dismiss(request: SignedInRequest, ids: list[int]) -> str:
    count = dismiss(ids, actor=request.user)
    if not count:
        raise NotPossible(_("These cannot be waved off: their cause must go."), code="no_dismissal")
    return ngettext("%d exception waved off.", "%d exceptions waved off.", count) % count


def _take(request: SignedInRequest, ids: list[int]) -> str:
    _owner, count = assign_exceptions(ids, user_id=request.user.pk)
    return ngettext("%d exception is yours.", "%d exceptions are yours.", count) % count


def _give(request: SignedInRequest, ids: list[int]) -> str:
    chosen = ids_in([typed(request, "to", 18)])
    owner, count = assign_exceptions(ids, user_id=max(chosen, default=0))
    words = ngettext(
        "%(n)d exception given to %(owner)s.", "%(n)d exceptions given to %(owner)s.", count
    )
    return words % {"n": count, "owner": owner.display_name}  # fmt: skip


put_off_chosen, bring_back_chosen, dismiss_chosen, take, give = map(
    _on_chosen, (_put_off, _bring_back, _dismiss, _take, _give)
)
