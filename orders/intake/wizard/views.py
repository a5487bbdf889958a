"""The steps of an import by screen. Whoever may import sees every draft and goes on where somebody else left it."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from oms.access import SignedInRequest, allowed
from oms.errors import InvalidInput, NotPossible, Refused, Stale
from orders.intake.files.forms import ImportForm
from orders.intake.models import ImportBatch
from orders.intake.wizard.check import check_again, check_for
from orders.intake.wizard.columns import WORDS, choices_of, first_rows, match_columns, matches_of
from orders.intake.wizard.conflicts import conflicts_of
from orders.intake.wizard.correct import Cells, Corrections, correct
from orders.intake.wizard.forget import drop_draft
from orders.intake.wizard.grid import troubles_of
from orders.intake.wizard.home import show_home
from orders.intake.wizard.keep import Received, keep
from orders.intake.wizard.models import ImportDraft
from orders.intake.wizard.start import run_import, start
from orders.intake.wizard.steps import road_of
from orders.intake.wizard.understood import batch_of, heading_at, understood

# How long one request checks before it shows how far that is.
PATIENCE_SECONDS = 1.0
# So many rows are taken in while the person waits; more are left to the workers.
AT_ONCE = 1_000
_NAME_PARTS = 3


@require_POST
@allowed("orders.import_orders")
def upload(request: SignedInRequest) -> HttpResponse:
    """Keep the file or the pasted rows. Sent twice it is the same draft; a refused one shows why at the field."""
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return show_home(request, form, status=422)
    try:
        draft, is_new = _received(form, request)
    except InvalidInput as refusal:
        for error in refusal.errors:
            form.add_error(error.field, error.message)
        return show_home(request, form, status=422)
    except Refused as refusal:
        form.add_error("file" if form.cleaned_data["file"] else "pasted", refusal.message)
        return show_home(request, form, status=422)
    if not is_new:
        messages.info(request, _("This file is here already: go on where it was left."))
        return redirect(road_of(draft).next_url)
    check_for(draft.pk, PATIENCE_SECONDS)
    return redirect("import:draft", draft.pk)


@require_GET
@allowed("orders.import_orders")
def draft(request: SignedInRequest, draft_id: int) -> HttpResponse:
    """Where the import stands, and the first rows as they were understood."""
    own = _draft(draft_id)
    context = {
        "draft": own,
        "road": road_of(own),
        "headings": [heading_at(own.header, place) for place in range(len(own.header))],
        "rows": first_rows(own),
        "before": _taken_in_before(own),
    }
    return render(request, "import/draft.html", context)


@require_http_methods(["GET", "POST"])
@allowed("orders.import_orders")
def columns(request: SignedInRequest, draft_id: int) -> HttpResponse:
    """Say which column is what."""
    own = _draft(draft_id)
    if request.method != "POST":
        return _show_columns(request, own)
    chosen = {word: _number(request.POST[word]) for word in WORDS if word in request.POST}
    try:
        match_columns(draft_id, chosen, user=request.user, version=_version(request))
    except InvalidInput as refusal:
        errors = {error.field: error.message for error in refusal.errors}
        return _show_columns(request, own, chosen, errors, status=422)
    except Stale as refusal:
        messages.warning(request, refusal.message)
        return _show_columns(request, _draft(draft_id), chosen, status=409)
    except NotPossible as refusal:
        messages.warning(request, refusal.message)
        return redirect("import:progress", draft_id)
    check_for(draft_id, PATIENCE_SECONDS)
    return redirect("import:check", draft_id)


@require_GET
@allowed("orders.import_orders")
def check(request: SignedInRequest, draft_id: int) -> HttpResponse:
    """What can be imported, and the cells that cannot."""
    return _show_check(request, _draft(draft_id))


@require_POST
@allowed("orders.import_orders")
def correct_cells(request: SignedInRequest, draft_id: int) -> HttpResponse:
    """Save the cells that were set right and check them; with `go=import` begin the import then."""
    own = _draft(draft_id)
    wanted = Corrections(_cells(request.POST, "cell"), _cells(request.POST, "same"))
    version = _version(request)
    try:
        if wanted.cells or wanted.same:
            changed = correct(draft_id, wanted, user=request.user, version=version)
            version += 1
            check_for(draft_id, PATIENCE_SECONDS)
            _say_changed(request, changed)
        if request.POST.get("go") == "import":
            start(draft_id, user=request.user, version=version)
    except Stale as refusal:
        messages.warning(request, refusal.message)
        return _show_check(request, _draft(draft_id), request.POST, status=409)
    except NotPossible as refusal:
        messages.warning(request, refusal.message)
        return redirect(road_of(_draft(draft_id)).next_url)
    if request.POST.get("go") != "import":
        return redirect("import:check", draft_id)
    if own.rows_total <= AT_ONCE:
        run_import(draft_id)
    return redirect("import:progress", draft_id)


@require_POST
@allowed("orders.import_orders")
def go_on(request: SignedInRequest, draft_id: int) -> HttpResponse:
    """Go on checking or, when the import was started and nobody is at it, importing. `again` checks anew."""
    own = _draft(draft_id)
    if own.started_at is not None or request.POST.get("of") == "import":
        run_import(draft_id)
        return redirect("import:progress", draft_id)
    if request.POST.get("again"):
        check_again(own)
    check_for(draft_id, PATIENCE_SECONDS)
    return redirect("import:check", draft_id)


@require_GET
@allowed("orders.import_orders")
def progress(request: SignedInRequest, draft_id: int) -> HttpResponse:
    """How far the import is; its account when it is finished."""
    own = _draft(draft_id)
    if own.started_at is None:
        if own.failure:
            return redirect("import:check", draft_id)
        return redirect(road_of(own).next_url)
    batch = batch_of(own)
    done = batch.rows_done if batch and batch.status != ImportBatch.Status.FINISHED else 0
    context = {"draft": own, "road": road_of(own), "done": done}
    return render(request, "import/progress.html", context)


@require_POST
@allowed("orders.import_orders")
def drop(request: SignedInRequest, draft_id: int) -> HttpResponse:
    """Throw a draft away of which nothing was imported."""
    own = _draft(draft_id)
    try:
        drop_draft(draft_id)
    except NotPossible as refusal:
        messages.warning(request, refusal.message)
        return redirect(road_of(own).next_url)
    messages.success(request, _("%s was thrown away; nothing of it was imported.") % own.file_name)
    return redirect("import:home")


def _draft(draft_id: int) -> ImportDraft:
    drafts = ImportDraft.objects.select_related("user", "changed_by", "batch")
    return get_object_or_404(drafts, pk=draft_id)


def _received(form: ImportForm, request: SignedInRequest) -> tuple[ImportDraft, bool]:
    """Put what was sent where it can be read as a file, whatever it is named, and keep it."""
    file, pasted = form.cleaned_data["file"], form.cleaned_data["pasted"]
    with tempfile.TemporaryDirectory(prefix="oms-import-") as folder:
        path = Path(folder) / "upload"
        if file:
            with path.open("wb") as copy:
                copy.writelines(file.chunks())
        else:
            path.write_text(pasted, encoding="utf-8", errors="replace", newline="")
        name = (file.name if file else "") or _("Pasted rows")
        received = Received(path, name, form.cleaned_data["preset"], form.cleaned_data["channel"])
        return keep(received, user=request.user)


def _taken_in_before(own: ImportDraft) -> ImportBatch | None:
    """Another import of the same content, for example by the command."""
    batches = ImportBatch.objects.filter(file_hash=own.file_hash).exclude(drafts=own)
    return batches.order_by("pk").first()


def _show_columns(request: SignedInRequest, own: ImportDraft, chosen: Mapping[str, int | None] | None = None,
                  errors: Mapping[str, str] | None = None, *, status: int = 200) -> HttpResponse:  # fmt: skip
    context = {
        "draft": own,
        "road": road_of(own),
        "matches": matches_of(own, chosen, errors),
        "choices": choices_of(own),
        "has_errors": bool(errors),
    }
    return render(request, "import/columns.html", context, status=status)


def _show_check(
    request: SignedInRequest,
    own: ImportDraft,
    typed: Mapping[str, str] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    known = understood(own)
    if known is None:
        return redirect("import:columns", own.pk)
    if own.started_at is not None:
        return redirect("import:progress", own.pk)
    road = road_of(own)
    troubles, has_more = troubles_of(own, known, typed or {}) if road.bad else ([], False)
    context: dict[str, Any] = {
        "draft": own,
        "road": road,
        "troubles": troubles,
        "has_more": has_more,
        "conflicts": conflicts_of(own, request.user) if road.here else [],
        "before": _taken_in_before(own),
        "has_errors": status != HttpResponse.status_code,
    }
    return render(request, "import/check.html", context, status=status)


def _cells(posted: Mapping[str, str], kind: str) -> Cells:
    """`cell-12-3`: what is to stand in row 12, column 3."""
    cells = {}
    for name, value in posted.items():
        parts = name.split("-")
        if len(parts) == _NAME_PARTS and parts[0] == kind:
            row_no, place = map(_number, parts[1:])
            if row_no is not None and place is not None:
                cells[row_no, place] = value
    return cells


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None  # noqa: PLR2004 - fits a column


def _version(request: SignedInRequest) -> int:
    return _number(request.POST.get("version", "")) or 0


def _say_changed(request: SignedInRequest, changed: int) -> None:
    if changed:
        words = ngettext("%d row changed and checked.", "%d rows changed and checked.", changed)
        messages.success(request, words % changed)
