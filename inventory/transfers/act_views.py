"""What is done with a transfer."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from inventory.transfers.cancel import cancel_transfer
from inventory.transfers.models import Transfer
from inventory.transfers.receive import close_missing, receive_transfer
from inventory.transfers.send import send_transfer
from inventory.transfers.typed import pieces_in
from inventory.transfers.views import MOVE, own_transfer, show_transfer
from oms.access import SignedInRequest, allowed
from oms.errors import InvalidInput, Refused
from oms.ids import id_in


@require_POST
@allowed(MOVE)
def send(request: SignedInRequest, transfer: str) -> HttpResponse:
    found = own_transfer(request, transfer, "source")

    def act() -> str:
        send_transfer(found.pk, version=_version(request), actor=request.user)
        return _("%s is on its way.") % found.number

    return _done(request, found, act)


@require_POST
@allowed(MOVE)
def receive(request: SignedInRequest, transfer: str) -> HttpResponse:
    """Take in the pieces typed at each line (`pieces-<line>`); blank is none."""
    found = own_transfer(request, transfer, "target")
    arrived = {
        line: pieces_in(text) if text else 0
        for line in found.lines.values_list("pk", flat=True)
        for text in [request.POST.get(f"pieces-{line}", "").strip()]
    }

    def act() -> str:
        pieces = receive_transfer(found.pk, arrived, version=_version(request), actor=request.user)
        return _("%d pieces received.") % pieces

    return _done(request, found, act)


@require_POST
@allowed(MOVE)
def missing(request: SignedInRequest, transfer: str) -> HttpResponse:
    """Close what is still in transit as missing, with a reason."""
    found = own_transfer(request, transfer, "target")

    def act() -> str:
        reason = request.POST.get("reason", "").replace("\x00", "").strip()
        pieces = close_missing(
            found.pk, reason=reason, version=_version(request), actor=request.user
        )
        return _("%d missing pieces are written off.") % pieces

    return _done(request, found, act)


@require_POST
@allowed(MOVE)
def cancel(request: SignedInRequest, transfer: str) -> HttpResponse:
    found = own_transfer(request, transfer, "source")

    def act() -> str:
        within = request.POST.get("within", "")
        cancel_transfer(found.pk, within=within, version=_version(request), actor=request.user)
        return _("%s is cancelled.") % found.number

    return _done(request, found, act)


def _done(request: SignedInRequest, transfer: Transfer, act: Callable[[], str]) -> HttpResponse:
    """The page again, saying what was done, or what is wrong where it was typed."""
    try:
        messages.success(request, act())
    except InvalidInput as refusal:
        errors = {error.field: error.message for error in refusal.errors}
        return show_transfer(request, transfer, errors, status=422)
    except Refused as refusal:
        fresh = Transfer.objects.get(pk=transfer.pk)
        return show_transfer(request, fresh, {"": refusal.message}, status=409)
    return redirect(transfer)


def _version(request: SignedInRequest) -> int:
    return id_in(request.POST.get("version", ""))
