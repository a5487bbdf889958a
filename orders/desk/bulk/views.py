"""Acts on many orders: choose, look at what will happen, confirm, see how each order fared, take it back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from oms.access import SignedInRequest, View, allowed
from oms.errors import InvalidInput, NotPossible, Refused
from orders.desk.acts import HOLD_REASONS
from orders.desk.bulk.acts import ACTS, BulkAct
from orders.desk.bulk.choose import chosen_in, ids_in
from orders.desk.bulk.models import BulkItem, BulkJob
from orders.desk.bulk.prepare import prepare
from orders.desk.bulk.run import confirm, run_for
from orders.desk.bulk.sight import sight_of
from orders.desk.bulk.undo import retry_job, undo_job
from orders.desk.door import typed, way_back
from orders.desk.notes.models import Tag
from orders.desk.notes.people import colleagues
from orders.desk.notes.sight import MOST_TAGS
from orders.review.rules.text import Priority

# How long one request works on a job before it shows how far that is.
PATIENCE_SECONDS = 1.0


def _choosing(name: str) -> View:
    @require_POST
    @allowed("orders.view_order", one_of=ACTS[name].permissions)
    def view(request: SignedInRequest) -> HttpResponse:
        back = way_back(request, reverse("orders:list"))
        try:
            job = prepare(
                name,
                chosen_in(request, request.user),
                user=request.user,
                reason=_written(request, ACTS[name]),
                back=back,
            )
        except Refused as refusal:
            messages.warning(request, refusal.message)
            return redirect(back)
        if not _needs_a_look(job):
            confirm(job)
            run_for(job.pk, PATIENCE_SECONDS)
            return _after(request, BulkJob.objects.get(pk=job.pk))
        return redirect("orders:bulk_job", job.pk)

    return view


def _written(request: SignedInRequest, act: BulkAct) -> str:
    """What the act asks for, as it is kept; "" when it was not written yet. Raises InvalidInput."""
    text = typed(request, "reason")
    return act.read(text, request.user) if text else ""


def _needs_a_look(job: BulkJob) -> bool:
    """One order that can go and can be brought back needs no question."""
    act = ACTS[job.act]
    if act.is_final or (act.needs_reason and not job.reason):
        return True
    return [item.state for item in job.items.all()[:2]] != [BulkItem.State.WAITING]


approve, hold, release, cancel = map(_choosing, ("approve", "hold", "release", "cancel"))
assign, tag, untag = map(_choosing, ("assign", "tag", "untag"))
force_approve = _choosing("force_approve")
allocate, free_goods, priority, merge = map(
    _choosing, ("allocate", "free_goods", "priority", "merge")
)
ship_parts, cancel_short = map(_choosing, ("ship_parts", "cancel_short"))


@require_GET
@allowed("orders.view_order")
def job(request: SignedInRequest, job_id: int) -> HttpResponse:
    """Before it is confirmed what would happen; then how far it is, and how each order fared."""
    return _show(request, _own_job(request, job_id))


@require_POST
@allowed("orders.view_order")
def do(request: SignedInRequest, job_id: int) -> HttpResponse:
    """Confirm the job, or go on with it; `keep` are the shown orders that stay ticked."""
    own, act = _own_act(request, job_id)
    if own.confirmed_at is None:
        try:
            reason = _written(request, act)
        except InvalidInput as refusal:
            return _show(request, own, status=422, error=refusal.message)
        if act.needs_reason and not (reason or own.reason):
            return _show(request, own, status=422, error=_missing(act))
        left_out = ids_in(request.POST.getlist("shown")) - ids_in(request.POST.getlist("keep"))
        confirm(own, leave_out=left_out, reason=reason)
    run_for(own.pk, PATIENCE_SECONDS)
    return _after(request, BulkJob.objects.get(pk=own.pk))


def _missing(act: BulkAct) -> str:
    words = {
        "owner": _("Choose a colleague."),
        "tag": _("Write the tag first, one word or a few."),
        "priority": _("Choose urgent, high, normal or low."),
    }
    return words.get(
        act.asks, _("Say why: the reason is shown with the orders. Nothing was changed.")
    )


@require_POST
@allowed("orders.view_order")
def undo(request: SignedInRequest, job_id: int) -> HttpResponse:
    """Take back what the job did to the orders that went."""
    own, _act = _own_act(request, job_id)
    try:
        undoing = undo_job(own)
    except NotPossible as refusal:
        messages.warning(request, refusal.message)
        return redirect("orders:bulk_job", own.pk)
    run_for(undoing.pk, PATIENCE_SECONDS)
    return _after(request, BulkJob.objects.get(pk=undoing.pk))


@require_POST
@allowed("orders.view_order")
def retry(request: SignedInRequest, job_id: int) -> HttpResponse:
    """The orders that stayed as they were, chosen once more."""
    own, _act = _own_act(request, job_id)
    try:
        return redirect("orders:bulk_job", retry_job(own).pk)
    except NotPossible as refusal:
        messages.warning(request, refusal.message)
        return redirect("orders:bulk_job", own.pk)


def _own_job(request: SignedInRequest, job_id: int) -> BulkJob:
    return get_object_or_404(BulkJob, pk=job_id, user=request.user)


def _own_act(request: SignedInRequest, job_id: int) -> tuple[BulkJob, BulkAct]:
    """The job and its act, which this person may still do; whoever may do none of the acts learns no more."""
    mine = {name for name, act in ACTS.items() if act.may(request.user)}
    own = _own_job(request, job_id) if mine else None
    if own is None or own.act not in mine:
        raise PermissionDenied(_("Your role does not include this."))
    return own, ACTS[own.act]


def _after(request: SignedInRequest, own: BulkJob) -> HttpResponse:
    """Back to the list when everything went; the page of the job when there is something to read."""
    worth_reading = Q(state=BulkItem.State.REFUSED) | (Q(state=BulkItem.State.DONE) & ~Q(words=""))
    if own.finished_at is None or own.items.filter(worth_reading).exists():
        return redirect("orders:bulk_job", own.pk)
    act = ACTS[own.act]
    done = list(own.items.filter(state=BulkItem.State.DONE).values_list("order_id", flat=True))
    undo_url = reverse("orders:bulk_undo", args=[own.pk]) if act.undo and done else ""
    told = [act.told(len(done)), act.afterwards(done) if act.afterwards else ""]
    messages.success(request, " ".join(filter(None, told)), extra_tags=undo_url)
    return redirect(own.back or "orders:list")


def _offered(own: BulkJob) -> list[tuple[str, str]]:
    """The values one may choose for what the act asks, and their words."""
    asks = ACTS[own.act].asks
    if asks == "owner":
        return [(one.username, one.display_name) for one in colleagues()]
    if asks == "priority":
        return [(str(one.value), str(one.label)) for one in reversed(Priority)]
    if asks == "tag":
        return [(name, "") for name in Tag.objects.values_list("name", flat=True)[:MOST_TAGS]]
    return [(str(one), "") for one in HOLD_REASONS]


def _show(
    request: HttpRequest, own: BulkJob, *, status: int = 200, error: str = ""
) -> HttpResponse:
    context: dict[str, Any] = {
        "job": own,
        "sight": sight_of(own),
        "error": error,
        "has_errors": bool(error),
        "offered": _offered(own) if own.confirmed_at is None else [],
    }
    page = "orders/bulk_job.html" if own.confirmed_at else "orders/bulk_preview.html"
    return render(request, page, context, status=status)
