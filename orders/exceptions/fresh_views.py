"""What a list of exceptions that stays open asks for every half minute."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from oms.access import SignedInRequest, allowed
from oms.ids import id_in
from orders.exceptions.fresh import MOST_ROWS, gone
from orders.exceptions.listing import visible_to

NOTHING_NEW = 204


@require_POST
@allowed("orders.view_order", "orders.view_orderexception")
def fresh(request: SignedInRequest) -> HttpResponse:
    """By POST, for the ids of 200 rows are longer than an address; changes nothing.

    `row` is the id of a row that is shown as open, `waiting` as in the list's address. 204 while all of them are.
    """
    ids = {id_in(text) for text in request.POST.getlist("row")[:MOST_ROWS]}
    is_waiting = request.POST.get("waiting") == "1"
    told = gone(visible_to(request.user), ids, is_waiting=is_waiting)
    return JsonResponse({"gone": told}) if told else HttpResponse(status=NOTHING_NEW)
