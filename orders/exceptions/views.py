"""The exception queue: cards by kind, the list, and the panel of the exception somebody looks at."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from oms.access import SignedInRequest, allowed
from oms.column import Column
from oms.ids import id_in
from orders.desk.door import way_back
from orders.desk.list_views import tick_column
from orders.desk.notes.people import colleagues
from orders.exceptions import listing
from orders.exceptions.address_form import AddressForm
from orders.exceptions.history import chart_of_last_days
from orders.exceptions.listing import Asked, asked_in
from orders.exceptions.models import OrderException
from orders.exceptions.panels import panel_of


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is a link; pressed again it is off."""

    label: str
    url: str
    is_on: bool


@require_GET
@allowed("orders.view_order", "orders.view_orderexception")
def queue(request: SignedInRequest) -> HttpResponse:
    """What `kind`, `who` and `waiting` narrow; `at` is the exception that the panel shows, else the first one."""
    return queue_page(request)


def queue_page(
    request: SignedInRequest,
    *,
    at: OrderException | None = None,
    form: AddressForm | None = None,
    context: dict[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; with `at` and `form` as it comes back when an address was not saved."""
    queue_url = reverse("exceptions:queue")
    # A form that is refused says which list it stood beside.
    here = way_back(request, queue_url) if request.method == "POST" else ""
    query = QueryDict(urlsplit(here).query) if here else request.GET
    asked = asked_in(query)
    exceptions = listing.visible_to(request.user)
    page = listing.page(request.user, exceptions, asked, query)
    now = timezone.now()
    rows = listing.with_outlook([listing.row_of(one, now) for one in page.rows])
    listed = {row.exception.pk: row for row in rows}
    shown = at or _at(request, page.rows)
    cards = listing.cards_of(request.user, exceptions, asked)
    may_assign = request.user.has_perm("orders.change_orderexception")
    values: dict[str, object] = {
        "asked": asked,
        "cards": cards,
        "filters": _filters(asked),
        "rows": rows,
        "pager": page.pager,
        "columns": _columns(),
        "panel": panel_of(shown, request.user, form, listed.get(shown.pk)) if shown else None,
        "here": here or f"{queue_url}{asked.url().removeprefix('.')}",
        "may_assign": may_assign,
        "people": colleagues() if may_assign and page.rows else [],
        "chart": None if cards[0].count or cards[0].waiting else chart_of_last_days(),
    }
    return render(request, "exceptions/queue.html", values | (context or {}), status=status)


@require_GET
@allowed("orders.view_order", "orders.view_orderexception")
def panel(request: SignedInRequest, exception_id: int) -> HttpResponse:
    """The panel alone, for the row that somebody moved to."""
    one = get_object_or_404(listing.with_shown(listing.visible_to(request.user)), pk=exception_id)
    context = {
        "panel": panel_of(one, request.user),
        "may_assign": request.user.has_perm("orders.change_orderexception"),
    }
    return render(request, "exceptions/_panel.html", context)


def _at(request: SignedInRequest, rows: list[OrderException]) -> OrderException | None:
    wanted = id_in(request.GET.get("at", ""))
    if wanted:
        for one in rows:
            if one.pk == wanted:
                return one
        visible = listing.with_shown(listing.visible_to(request.user))
        one_elsewhere = visible.filter(pk=wanted).first()
        if one_elsewhere:
            return one_elsewhere
    return rows[0] if rows else None


def _filters(asked: Asked) -> list[Chip]:
    mine, nobody = asked.who == "mine", asked.who == "nobody"
    waiting = asked.is_waiting
    return [
        Chip(_("Mine"), asked.url(who="" if mine else "mine"), mine),
        Chip(_("Without owner"), asked.url(who="" if nobody else "nobody"), nobody),
        Chip(pgettext("exceptions", "Waiting"), asked.url(waiting="" if waiting else "1"), waiting),
    ]


def _columns() -> list[Column]:
    return [
        tick_column(hotkey="* a"),
        Column(_("Order"), "cell-main"),
        Column(_("Cause"), "cell-why"),
        Column(_("Left, since"), "cell-status"),
        Column(_("Owner"), "cell-more"),
        Column(_("Suggested"), "cell-full"),
    ]
