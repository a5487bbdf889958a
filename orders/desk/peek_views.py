from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from oms.access import SignedInRequest, allowed
from orders.desk.acts import HOLD_REASONS
from orders.desk.deadline import deadline_of
from orders.desk.door import way_back
from orders.desk.peek import peek_at
from orders.models import Order
from orders.reasons import why


@require_GET
@allowed("orders.view_order")
def peek(request: SignedInRequest, number: str) -> HttpResponse:
    """A fragment for the panel beside the list; `next` is the list, to come back to after an act."""
    orders = Order.objects.visible_to(request.user).select_related("channel").with_paid()
    order = get_object_or_404(orders.with_number(number))
    back = way_back(request, reverse("orders:list"))
    context = {
        "order": order,
        "peek": peek_at(order, request.user, back=back),
        "why": why(order),
        "deadline": deadline_of(order.status, order.promised_at, timezone.now()),
        "hold_reasons": HOLD_REASONS,
        "next": back,
    }
    return render(request, "orders/_peek.html", context)
