"""The first page: hand in a file, go on with one that was left, look at the imports so far."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from oms.access import SignedInRequest, allowed
from oms.column import Column
from oms.keyset import page_of
from orders.intake.files.forms import ImportForm
from orders.intake.models import ImportBatch
from orders.intake.wizard.models import ImportDraft

DRAFTS_SHOWN = 20


@require_GET
@allowed("orders.view_importbatch")
def home(request: SignedInRequest) -> HttpResponse:
    """The form, what is being prepared, and the imports so far, newest first."""
    return show_home(request, ImportForm())


def show_home(request: SignedInRequest, form: ImportForm, *, status: int = 200) -> HttpResponse:
    batches = ImportBatch.objects.select_related("channel", "actor")
    page = page_of(batches, request.GET, ["-id"])
    drafts = ImportDraft.objects.filter(batch=None).select_related("user")
    may_import = request.user.has_perm("orders.import_orders")
    columns = [
        Column(_("File"), "cell-main"),
        Column(_("Channel"), "cell-who"),
        Column(_("Rows"), "cell-amount num"),
        Column(_("Orders"), "cell-more num"),
        Column(_("Rejected rows"), "cell-more num"),
        Column(_("Status"), "cell-status"),
        Column(_("Taken in"), "cell-wide"),
    ]
    context = {
        "form": form,
        "drafts": drafts.order_by("-changed_at")[:DRAFTS_SHOWN] if may_import else [],
        "rows": page.rows,
        "pager": page.pager,
        "columns": columns,
    }
    return render(request, "import/home.html", context, status=status)
