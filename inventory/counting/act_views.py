"""What is done with a count sheet."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from inventory.counting.enter import enter_counts
from inventory.counting.forms import PostForm, entries_in
from inventory.counting.hand_out import hand_out_again
from inventory.counting.models import CountLine, CountSheet
from inventory.counting.post import Posted, post_counts
from inventory.counting.sheet import close_sheet
from inventory.counting.views import COUNT, own_sheet, show_sheet, ticked_lines
from oms.access import SignedInRequest, allowed
from oms.errors import InvalidInput, NotPossible

_MANY = 12


@require_POST
@allowed(COUNT)
def enter(request: SignedInRequest, sheet: str) -> HttpResponse:
    """Save what is typed at the lines; nothing is posted by it."""
    found = own_sheet(request, sheet)
    ids = CountLine.objects.filter(sheet=found).values_list("pk", flat=True)

    def act() -> None:
        done = enter_counts(found.pk, entries_in(request.POST, ids), actor=request.user)
        messages.success(request, ngettext("%d count saved.", "%d counts saved.", done) % done)

    return _done(request, found, act)


@require_POST
@allowed(COUNT)
def recount(request: SignedInRequest, sheet: str) -> HttpResponse:
    """Hand the ticked lines out again, against what the book says now."""
    found = own_sheet(request, sheet)

    def act() -> None:
        done = hand_out_again(found.pk, ticked_lines(request))
        words = ngettext(
            "%d place is to be counted again.", "%d places are to be counted again.", done
        )
        if done:
            messages.success(request, words % done)
        else:
            messages.error(request, _("Tick the lines first."))

    return _done(request, found, act)


@require_POST
@allowed(COUNT)
def post(request: SignedInRequest, sheet: str) -> HttpResponse:
    """Post every counted line; with `apply` the ticked ones although their stock has moved."""
    found = own_sheet(request, sheet)
    form = PostForm(request.POST)
    if not form.is_valid():
        return show_sheet(request, found, form=form, status=422)
    ticked = ticked_lines(request)
    ids = ticked or list(CountLine.objects.filter(sheet=found).values_list("pk", flat=True))

    def act() -> None:
        posted = post_counts(
            found.pk,
            ids,
            reason=form.words(),
            apply_moved=ticked if request.POST.get("apply") else (),
            actor=request.user,
        )
        _tell(request, found, posted)

    return _done(request, found, act)


@require_POST
@allowed(COUNT)
def close(request: SignedInRequest, sheet: str) -> HttpResponse:
    found = own_sheet(request, sheet)

    def act() -> None:
        close_sheet(found.pk, actor=request.user)
        messages.success(request, _("%s is closed.") % found.number)

    return _done(request, found, act)


def _done(request: SignedInRequest, sheet: CountSheet, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except InvalidInput as refusal:
        errors = {error.field: error.message for error in refusal.errors}
        return show_sheet(request, sheet, errors=errors, status=422)
    except NotPossible as refusal:
        return show_sheet(request, sheet, errors={"": refusal.message}, status=409)
    return redirect(sheet)


def _tell(request: SignedInRequest, sheet: CountSheet, posted: Posted) -> None:
    """What was posted, and for each of the others why not."""
    if posted.differing or posted.agreeing:
        words = _(
            "%(differing)d differences posted (%(pieces)+d pieces), %(agreeing)d places agreed."
        )
        names = {name: getattr(posted, name) for name in ("differing", "pieces", "agreeing")}
        messages.success(request, words % names)
    if not posted.left:
        if not (posted.differing or posted.agreeing):
            messages.error(request, _("Nothing is counted yet."))
        return
    lines = CountLine.objects.filter(pk__in=posted.left).select_related("stock__sku").order_by("pk")
    items = format_html_join(
        "", "<li>{}: {}</li>", ((one.stock.sku.code, posted.left[one.pk]) for one in lines[:_MANY])
    )
    head = ngettext("%d line was not posted:", "%d lines were not posted:", len(posted.left)) % len(
        posted.left
    )
    messages.warning(request, format_html("{}<ul>{}</ul>", head, items))
