"""Importing by screen: choose a file, see what came of it and of the ones before, fetch what was rejected."""

import csv
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from oms.access import SignedInRequest, allowed
from oms.errors import Refused
from oms.keyset import page_of
from orders.intake.files.document import Outcome
from orders.intake.files.forms import ImportForm
from orders.intake.files.presets.own import COLUMNS
from orders.intake.files.rejected import file_name, rejected_lines
from orders.intake.files.run import Wanted, import_file
from orders.intake.models import ImportBatch

MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    css: str = ""


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
def home(request: SignedInRequest) -> HttpResponse:
    """The form and the imports so far, newest first."""
    return _home(request, ImportForm())


@require_POST
@allowed("orders.import_orders")
def upload(request: SignedInRequest) -> HttpResponse:
    """Take the file in. Sent twice it is the same import; a refused one shows why at the field."""
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _home(request, form, status=422)
    try:
        batch = _take_in(form, request)
    except Refused as refusal:
        form.add_error("file", refusal.message)
        return _home(request, form, status=422)
    return redirect("import:detail", batch.pk)


@require_GET
@allowed("orders.view_importbatch")
def detail(request: SignedInRequest, batch_id: int) -> HttpResponse:
    """The account of one import."""
    batch = get_object_or_404(ImportBatch.objects.select_related("channel"), pk=batch_id)
    account = batch.account
    outcomes = [
        {"label": outcome.label, **account["outcomes"][outcome.value]}
        for outcome in Outcome
        if account and account["outcomes"][outcome.value]["rows"]
    ]
    rejected = batch.rows.filter(outcome=Outcome.REJECTED).order_by("row_no")
    context = {
        "batch": batch,
        "account": account,
        "outcomes": outcomes,
        "sides": _sides(batch) if account else [],
        "rejected": rejected[:50],
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


@require_GET
@allowed("orders.import_orders")
def template(request: SignedInRequest) -> HttpResponse:
    """Our own template: the headings in the reader's language, nothing else."""
    is_chinese = request.LANGUAGE_CODE.startswith("zh")
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="orders-template.csv"'
    csv.writer(response).writerow(names[1 if is_chinese else 0] for names in COLUMNS.values())
    return response


def _home(request: SignedInRequest, form: ImportForm, *, status: int = 200) -> HttpResponse:
    batches = ImportBatch.objects.select_related("channel", "actor")
    page = page_of(batches, request.GET, ["-id"])
    columns = [
        Column(_("File"), "cell-main"),
        Column(_("Channel"), "cell-who"),
        Column(_("Rows"), "cell-amount num"),
        Column(_("Orders"), "cell-more num"),
        Column(_("Rejected rows"), "cell-more num"),
        Column(_("Status"), "cell-status"),
        Column(_("Taken in"), "cell-wide"),
    ]
    context = {"form": form, "rows": page.rows, "pager": page.pager, "columns": columns}
    return render(request, "import/home.html", context, status=status)


def _take_in(form: ImportForm, request: SignedInRequest) -> ImportBatch:
    """Put the upload where it can be read as a file, whatever it is named, and import it."""
    file: UploadedFile = form.cleaned_data["file"]
    with tempfile.TemporaryDirectory(prefix="oms-import-") as folder:
        path = Path(folder) / "upload"
        with path.open("wb") as copy:
            copy.writelines(file.chunks())
        wanted = Wanted(
            path,
            file.name or "upload",
            form.cleaned_data["preset"],
            form.cleaned_data["channel"],
            most_rows=MOST_ROWS,
        )
        return import_file(wanted, actor=request.user, tell=_silent)


def _silent(_words: str) -> None:
    """Nobody watches a progress line here."""


def _sides(batch: ImportBatch) -> list[Sides]:
    words = {
        "gross": _("Gross"),
        "cancellations": _("Cancellations"),
        "adjustments": _("Adjustments"),
        "net": _("Net"),
    }
    amounts = batch.account["amounts"]
    return [Sides(words[name], **amounts[name]) for name in words]
