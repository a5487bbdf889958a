"""What is done with one lot in one warehouse."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from inventory.item_views import to_item
from inventory.listing import warehouses_of
from inventory.lots.write_off import write_off_expired
from inventory.models import LotStock
from oms.access import SignedInRequest, allowed
from oms.errors import NotPossible
from oms.ids import id_in


@require_POST
@allowed("inventory.adjust_stock")
def write_off_lot(request: SignedInRequest, code: str) -> HttpResponse:
    """Write off what has expired of a lot."""
    rows = LotStock.objects.select_related("lot", "stock__warehouse", "stock__sku").filter(
        stock__sku__code=code.upper(), stock__warehouse__in=warehouses_of(request.user)
    )
    row = get_object_or_404(rows, pk=id_in(request.POST.get("lot", "")))
    try:
        pieces = write_off_expired(row.pk, actor=request.user)
    except NotPossible as refusal:
        messages.error(request, refusal.message)
    else:
        words = _("%(pieces)d pieces of lot %(lot)s were written off.")
        messages.success(request, words % {"pieces": pieces, "lot": row.lot.code})
    return to_item(row.stock.sku, row.stock.warehouse)
