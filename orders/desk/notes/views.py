"""Commenting on an order, tagging it, taking and giving it; and the comments that name the reader."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from oms.access import SignedInRequest, allowed
from oms.column import Column
from oms.errors import InvalidInput, NotPossible
from oms.ids import id_in
from oms.keyset import page_of
from oms.once import is_first_time
from orders.desk.detail_views import order_page
from orders.desk.door import order_action, order_of, typed
from orders.desk.notes.assign import assign_order, give_up_order
from orders.desk.notes.comment import comment_on
from orders.desk.notes.forms import CommentForm, GiveForm, TagForm
from orders.desk.notes.models import Mention, Tag
from orders.desk.notes.read import mark_all_read, mark_read
from orders.desk.notes.sight import mentions_of, newest_unread
from orders.desk.notes.tag import tag_orders, untag_orders
from orders.models import Order


def _with_form(
    request: SignedInRequest, order: Order, form: forms.Form, act: Callable[[], str]
) -> HttpResponse:
    """Do `act`, say its words; what it refuses is shown at its field, beside what was typed."""
    if form.is_valid():
        try:
            messages.success(request, act())
        except InvalidInput as refusal:
            for error in refusal.errors:
                form.add_error(error.field, error.message)
        except NotPossible as refusal:
            messages.warning(request, refusal.message)
            return redirect(order)
        else:
            return redirect(order)
    return order_page(request, order.number, refused=form, status=422)


@require_POST
@allowed("orders.view_order")
def comment(request: SignedInRequest, number: str) -> HttpResponse:
    order = order_of(request, number)
    form = CommentForm(request.POST)

    def write() -> str:
        values = form.cleaned_data
        with transaction.atomic():
            if not is_first_time(request.user, values["form_key"]):
                return _("The comment was written already.")
            told = comment_on(order.pk, values["text"], actor=request.user).told
        if told:
            names = ", ".join(user.display_name for user in told)
            return _("Comment written. It is shown to %s.") % names
        return _("Comment written.")

    return _with_form(request, order, form, write)


@require_POST
@allowed("orders.view_order", "orders.add_ordertag")
def tag(request: SignedInRequest, number: str) -> HttpResponse:
    order = order_of(request, number)
    form = TagForm(request.POST)

    def put_on() -> str:
        put, marked = tag_orders([order.pk], form.cleaned_data["tag"], actor=request.user)
        if not marked:
            return _("The order has the tag “%s” already.") % put.name
        return _("Tag “%s” added.") % put.name

    return _with_form(request, order, form, put_on)


@order_action("orders.delete_ordertag")
def untag(request: SignedInRequest, order: Order) -> str:
    one = Tag.objects.filter(pk=_id(request, "tag")).first()
    if one is None or not untag_orders([order.pk], one, actor=request.user):
        raise NotPossible(_("The order does not have this tag any more. Nothing was changed."))
    return _("Tag “%s” removed.") % one.name


@order_action("orders.change_orderowner")
def take(request: SignedInRequest, order: Order) -> str:
    assign_order(order.pk, user_id=request.user.pk, actor=request.user)
    return _("Order %s is yours.") % order.number


@require_POST
@allowed("orders.view_order", "orders.change_orderowner")
def give(request: SignedInRequest, number: str) -> HttpResponse:
    order = order_of(request, number)
    form = GiveForm(request.POST)

    def give_away() -> str:
        owner = assign_order(order.pk, user_id=form.cleaned_data["to"], actor=request.user)
        return _("Order %(number)s is given to %(owner)s.") % {
            "number": order.number,
            "owner": owner.display_name,
        }

    return _with_form(request, order, form, give_away)


@order_action("orders.change_orderowner")
def give_up(request: SignedInRequest, order: Order) -> str:
    give_up_order(order.pk, actor=request.user)
    return _("Order %s is nobody's now.") % order.number


@require_GET
@allowed("orders.view_order")
def mentions(request: SignedInRequest) -> HttpResponse:
    """The comments that name the reader, newest first. Looking marks nothing as read."""
    page = page_of(mentions_of(request.user), request.GET, ("-id",))
    context = {
        "rows": page.rows,
        "pager": page.pager,
        "has_more": bool(page.pager.next_url or page.pager.previous_url),
        "newest_unread": newest_unread(request.user),
        "columns": [
            Column(_("Order"), "cell-main"),
            Column(_("From"), "cell-who"),
            Column(_("Comment"), "cell-why"),
            Column(_("Read"), "cell-acts"),
        ],
    }
    return render(request, "orders/mentions.html", context)


@require_POST
@allowed("orders.view_order")
def mention_read(request: SignedInRequest, mention_id: int) -> HttpResponse:
    one = get_object_or_404(Mention, pk=mention_id, user=request.user)
    mark_read(request.user, one.pk)
    return redirect("orders:mentions")


@require_POST
@allowed("orders.view_order")
def mentions_read(request: SignedInRequest) -> HttpResponse:
    """All up to `up_to`, the newest that the list knew of."""
    count = mark_all_read(request.user, up_to=_id(request, "up_to"))
    if count:
        words = ngettext("%d mention marked as read.", "%d mentions marked as read.", count)
        messages.success(request, words % count)
    return redirect("orders:mentions")


def _id(request: SignedInRequest, name: str) -> int:
    """The id posted under `name`; 0, which nothing has, when it is none."""
    return id_in(typed(request, name, 18))
