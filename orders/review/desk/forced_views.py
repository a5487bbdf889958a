"""The list of forced approvals, as a page and as a file."""

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET

from oms.access import SignedInRequest, allowed
from oms.column import Column
from oms.keyset import page_of
from oms.models import User
from oms.tables.writing import CSV_TYPE, csv_lines
from orders.review.desk.forced import Events, forced_among, shown, table_of, who_may_force

_RIGHTS = ("orders.view_order", "orders.view_forced")


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Give a day, as 2026-11-22.")},
    )


class Narrowed(forms.Form):
    """Which of them somebody wants to see; a wrong part shows all, and says so."""

    by = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Who"),
        required=False,
        to_field_name="username",
        empty_label=gettext_lazy("Everybody"),
        error_messages={"invalid_choice": gettext_lazy("Choose somebody of the list.")},
    )
    since = _day(pgettext_lazy("period", "From"))
    until = _day(pgettext_lazy("period", "Until"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by = self.fields["by"]
        assert isinstance(by, forms.ModelChoiceField)
        by.queryset = who_may_force()

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("since") and given.get("until") and given["since"] > given["until"]:
            self.add_error("until", _("This day lies before the first one."))
        return given


@require_GET
@allowed(*_RIGHTS)
def forced(request: SignedInRequest) -> HttpResponse:
    form = Narrowed(request.GET)
    page = page_of(_asked_for(request, form), request.GET, ("-id",))
    context = {
        "form": form,
        "rows": list(shown(page.rows)),
        "pager": page.pager,
        "is_narrowed": any(request.GET.get(name) for name in form.fields),
        "export_query": request.GET.urlencode(),
        "columns": [
            Column(_("Order"), "cell-main"),
            Column(_("Who"), "cell-who"),
            Column(_("Amount"), "cell-amount num"),
            Column(_("Reason, and what was passed over"), "cell-why"),
        ],
    }
    return render(request, "review/forced.html", context)


@require_GET
@allowed(*_RIGHTS)
def export(request: SignedInRequest) -> HttpResponseBase:
    """What the page lists, as CSV."""
    events = _asked_for(request, Narrowed(request.GET))
    response = StreamingHttpResponse(csv_lines(table_of(events)), content_type=CSV_TYPE)
    name = f"{_('forced-approvals')}-{timezone.localtime():%Y%m%d-%H%M}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


def _asked_for(request: SignedInRequest, form: Narrowed) -> Events:
    form.is_valid()
    given = form.cleaned_data
    return forced_among(
        request.user, by=given.get("by"), since=given.get("since"), until=given.get("until")
    )
