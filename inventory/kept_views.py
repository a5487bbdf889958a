"""Keeping pieces for a channel, from the page of the SKU."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from inventory.kept import keep_for_channel
from inventory.listing import warehouses_of
from inventory.models import Sku
from inventory.packs import NotAQuantity, Pack, pieces_in
from oms.access import SignedInRequest, allowed
from oms.errors import Refused
from oms.ids import id_in
from oms.models import Channel


@require_POST
@allowed("inventory.view_stock", "inventory.add_channelkept")
def keep(request: SignedInRequest, code: str) -> HttpResponse:
    sku = get_object_or_404(Sku, code=code.upper())
    places = warehouses_of(request.user)
    warehouse = get_object_or_404(places, pk=id_in(request.POST.get("warehouse", "")))
    channel = get_object_or_404(Channel, pk=id_in(request.POST.get("channel", "")))
    try:
        packs = [Pack(one.name, one.pieces) for one in sku.packs.all()]
        quantity = pieces_in(request.POST.get("quantity", "").replace("\x00", "")[:40], packs)
        keep_for_channel(
            sku_id=sku.pk, warehouse_id=warehouse.pk, channel_id=channel.pk, quantity=quantity
        )
    except NotAQuantity as error:
        messages.error(request, str(error))
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        words = _("%(quantity)d × %(sku)s in %(warehouse)s are kept for %(channel)s.")
        names = {
            "quantity": quantity,
            "sku": sku.code,
            "warehouse": warehouse.name,
            "channel": channel.name,
        }
        messages.success(request, words % names)
    return redirect(f"{reverse('stock:item', args=[sku.code])}#kept")
