from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from oms.access import SignedInRequest, allowed
from orders.models import Order
from orders.review.desk.explained import explained_to


@require_GET
@allowed("orders.view_order")
def explained(request: SignedInRequest, number: str) -> HttpResponse:
    """What the rules say of the order and why; without the frame for a page that is open already."""
    orders = Order.objects.visible_to(request.user).select_related("channel")
    order = get_object_or_404(orders.with_number(number))
    context = {"order": order, "told": explained_to(order, request.user)}
    is_part = bool(request.headers.get("HX-Request"))
    return render(request, "review/_rules.html" if is_part else "review/rules.html", context)
