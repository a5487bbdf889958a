"""Keeping and throwing away an order that is not placed yet."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oms.access import SignedInRequest, allowed
from orders.intake.unfinished.keep import forget_unfinished, keep_unfinished


@require_POST
@allowed("orders.place_order")
def keep(request: SignedInRequest) -> HttpResponse:
    """Keep the form as typed: the page's script gets the time, the button the form again."""
    kept = keep_unfinished(request.POST.dict(), user=request.user)
    if request.headers.get("X-Requested-With") == "fetch":
        moment = timezone.now() if kept else None
        return render(request, "orders/_kept.html", {"saved_at": moment})
    if kept is None:
        messages.info(request, _("There is nothing to keep yet."))
        return redirect("orders:new")
    messages.success(request, _("Kept. You find it here until you place it, for 30 days."))
    return redirect(f"{reverse('orders:new')}?unfinished={kept}")


@require_POST
@allowed("orders.place_order")
def discard(request: SignedInRequest) -> HttpResponse:
    if forget_unfinished(request.POST.get("form_key", "").replace("\x00", ""), user=request.user):
        messages.success(request, _("Thrown away."))
    return redirect("orders:new")
