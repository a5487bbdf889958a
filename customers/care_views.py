"""What people do on a customer's page: say something, tag, block, write down consents, hand out personal data."""

from collections.abc import Callable

import orjson
from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from customers.block import block_customer, unblock_customer
from customers.care_forms import BlockForm, CommentForm, ConsentForm, TagForm
from customers.comment import comment_on
from customers.consent import set_consents
from customers.models import Customer
from customers.page_views import show_customer
from customers.personal import export_personal_data
from customers.tag import tag_customer, untag_customer
from oms.access import SignedInRequest, allowed
from oms.errors import InvalidInput, NotPossible
from oms.once import is_first_time


@require_POST
@allowed("customers.view_customer")
def comment(request: SignedInRequest, customer_id: int) -> HttpResponse:
    form = CommentForm(request.POST)

    def write() -> str:
        values = form.cleaned_data
        with transaction.atomic():
            if is_first_time(request.user, values["form_key"]):
                said, complaint = values["text"], values["is_complaint"]
                comment_on(customer_id, said, is_complaint=complaint, actor=request.user)
        return _("Note written.")

    return _do(request, customer_id, write, form)


@require_POST
@allowed("customers.view_customer", "customers.change_customer")
def tag(request: SignedInRequest, customer_id: int) -> HttpResponse:
    form = TagForm(request.POST)

    def put_on() -> str:
        put = tag_customer(customer_id, form.cleaned_data["tag"], actor=request.user)
        return _("Tag %s added.") % put if put else _("The customer has this tag already.")

    return _do(request, customer_id, put_on, form)


@require_POST
@allowed("customers.view_customer", "customers.change_customer")
def untag(request: SignedInRequest, customer_id: int) -> HttpResponse:
    def take_off() -> str:
        word = request.POST.get("tag", "")
        untag_customer(customer_id, word, actor=request.user)
        return _("Tag %s removed.") % word

    return _do(request, customer_id, take_off)


@require_POST
@allowed("customers.view_customer", "customers.block_customer")
def block(request: SignedInRequest, customer_id: int) -> HttpResponse:
    form = BlockForm(request.POST)

    def act() -> str:
        blocked = block_customer(customer_id, form.cleaned_data["reason"], actor=request.user)
        return _("%s is blocked.") % blocked.name

    return _do(request, customer_id, act, form)


@require_POST
@allowed("customers.view_customer", "customers.block_customer")
def unblock(request: SignedInRequest, customer_id: int) -> HttpResponse:
    def act() -> str:
        return _("%s is not blocked any more.") % (
            unblock_customer(customer_id, actor=request.user).name
        )

    return _do(request, customer_id, act)


@require_POST
@allowed("customers.view_customer", "customers.change_customer")
def consents(request: SignedInRequest, customer_id: int) -> HttpResponse:
    form = ConsentForm(request.POST)

    def write() -> str:
        set_consents(customer_id, form.cleaned_data["consents"], actor=request.user)
        return _("Consents saved.")

    return _do(request, customer_id, write, form)


@require_POST
@allowed("customers.view_customer", "customers.export_personal_data")
def export(request: SignedInRequest, customer_id: int) -> HttpResponse:
    """All that is kept about the person, as a JSON file."""
    customer = get_object_or_404(Customer, pk=customer_id)
    data = export_personal_data(customer, actor=request.user)
    text = orjson.dumps(data, default=str, option=orjson.OPT_INDENT_2)
    name = f"customer-{customer.pk}.json"
    return HttpResponse(
        text,
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _do(
    request: SignedInRequest,
    customer_id: int,
    act: Callable[[], str],
    form: forms.Form | None = None,
) -> HttpResponse:
    """Do `act`, say its words; what it refuses is shown at its field, beside what was typed."""
    get_object_or_404(Customer.objects.only("pk"), pk=customer_id)
    if form is None or form.is_valid():
        try:
            messages.success(request, act())
        except InvalidInput as refusal:
            if form is None:
                raise
            for error in refusal.errors:
                form.add_error(error.field if error.field in form.fields else None, error.message)
        except NotPossible as refusal:
            messages.error(request, refusal.message)
            return redirect("customers:page", customer_id)
        else:
            return redirect("customers:page", customer_id)
    return show_customer(request, customer_id, refused=form, status=422)
