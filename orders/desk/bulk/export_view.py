from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oms.access import SignedInRequest, allowed
from oms.errors import NotPossible
from oms.tables.writing import CSV_TYPE, XLSX_TYPE, csv_lines, xlsx
from orders.desk.bulk.choose import chosen_in
from orders.desk.bulk.prepare import visible_among
from orders.desk.door import way_back
from orders.desk.export import table_of


@require_POST
@allowed("orders.view_order")
def export(request: SignedInRequest) -> HttpResponseBase:
    """The chosen orders as a file: CSV, or with `format=xlsx` a workbook."""
    try:
        chosen = visible_among(chosen_in(request, request.user), request.user)
    except NotPossible as refusal:
        messages.warning(request, refusal.message)
        return redirect(way_back(request, reverse("orders:list")))
    name = f"{_('orders')}-{timezone.localtime():%Y%m%d-%H%M}"
    response: HttpResponseBase
    if request.POST.get("format") == "xlsx":
        response = HttpResponse(xlsx(table_of(chosen)), content_type=XLSX_TYPE)
        name = f"{name}.xlsx"
    else:
        response = StreamingHttpResponse(csv_lines(table_of(chosen)), content_type=CSV_TYPE)
        name = f"{name}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
