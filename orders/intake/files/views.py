"""What came of an import: its account, its rejected rows, and taking it back."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from oms.access import SignedInRequest, allowed
from oms.errors import NotPossible
from orders.desk.bulk.run import run_for
from orders.intake.files.document import Outcome
from orders.intake.files.rejected import file_name, rejected_lines
from orders.intake.models import ImportBatch
from orders.intake.wizard.undo import can_undo, undo_import

# How long one request cancels orders before it shows how far that is.
PATIENCE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Sides:
    """One line of the account's amounts."""

    name: str
    source: str
    booked: str
    not_booked: str
    difference: str


@require_GET
@allowed("orders.view_importbatch")
def detail(request: SignedInRequest, batch_id: int) -> HttpResponse:
    """The account of one import."""
    batch = get_object_or_404(
        ImportBatch.objects.select_related("channel", "undone_by__user"), pk=batch_id
    )
    account = batch.account
    outcomes = [
        {"label": outcome.label, **account["outcomes"][outcome.value]}
        for outcome in Outcome
        if account and account["outcomes"][outcome.value]["rows"]
    ]
    rejected = batch.rows.filter(outcome=Outcome.REJECTED).order_by("row_no")
    may_undo = request.user.has_perms(["orders.import_orders", "orders.cancel_order"])
    context = {
        "batch": batch,
        "account": account,
        "outcomes": outcomes,
        "sides": _sides(batch) if account else [],
        "rejected": rejected[:50],
        "draft": batch.drafts.order_by("-pk").first(),
        "can_undo": may_undo and can_undo(batch),
    }
    return render(request, "import/detail.html", context)


@require_GET
@allowed("orders.view_importbatch")
def rejected(request: SignedInRequest, batch_id: int) -> StreamingHttpResponse:
    """The rejected rows as a file to correct and import again."""
    batch = get_object_or_404(ImportBatch, pk=batch_id)
    response = StreamingHttpResponse(rejected_lines(batch), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name(batch)}"'
    return response


@require_POST
@allowed("orders.import_orders", "orders.cancel_order")
def undo(request: SignedInRequest, batch_id: int) -> HttpResponse:
    """Cancel the orders of the import that nobody has touched, and list the others."""
    get_object_or_404(ImportBatch, pk=batch_id)
    try:
        job = undo_import(batch_id, user=request.user)
    except NotPossible as refusal:
        messages.warning(request, refusal.message)
        return redirect("import:detail", batch_id)
    run_for(job.pk, PATIENCE_SECONDS)
    return redirect("orders:bulk_job", job.pk)


def _sides(batch: ImportBatch) -> list[Sides]:
    words = {
        "gross": _("Gross"),
        "cancellations": _("Cancellations"),
        "adjustments": _("Adjustments"),
        "net": _("Net"),
    }
    amounts = batch.account["amounts"]
    return [Sides(words[name], **amounts[name]) for name in words]
