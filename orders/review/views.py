"""The review queue: orders that wait for a person's decision, the oldest first."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from oms.access import SignedInRequest, allowed
from oms.keyset import page_of
from orders.desk.acts import HOLD_REASONS
from orders.desk.counts import count_of, status_counts
from orders.desk.list_views import Column, Tab, tick_column
from orders.desk.rows import rows_of
from orders.models import Order
from orders.states import OrderStatus

QUEUES = {"review": OrderStatus.PENDING_REVIEW, "hold": OrderStatus.ON_HOLD}


@require_GET
@allowed("orders.view_order", "orders.review_order")
def queue(request: SignedInRequest) -> HttpResponse:
    """Orders to review, or (`tab=hold`) those on hold, with the reason in words."""
    tab = "hold" if request.GET.get("tab") == "hold" else "review"
    counts = status_counts(request.user)
    waiting = Order.objects.visible_to(request.user).filter(status=QUEUES[tab])
    slim = page_of(waiting.only("pk"), request.GET, ("id",))
    ids = [order.pk for order in slim.rows]
    context = {
        "rows": rows_of(Order.objects.filter(pk__in=ids).order_by("pk")),
        "pager": slim.pager,
        "tab": tab,
        "tabs": [
            Tab(_("To review"), ".", tab == "review", count_of(counts, [QUEUES["review"]])),
            Tab(_("On hold"), "?tab=hold", tab == "hold", count_of(counts, [QUEUES["hold"]]), True),
        ],
        "columns": columns(),
        "hold_reasons": HOLD_REASONS,
        "may_see_money": request.user.has_perm("orders.view_payment"),
        "here": request.get_full_path(),
        "list_query": f"status={QUEUES[tab]}",
        "from_list": f"?{urlencode({'list': f'status={QUEUES[tab]}'})}",
        "has_more": bool(slim.pager.next_url or slim.pager.previous_url),
        "list_count": count_of(counts, [QUEUES[tab]]),
    }
    return render(request, "review/queue.html", context)


def columns() -> list[Column]:
    return [
        tick_column(),
        Column(_("Order"), "cell-main"),
        Column(_("Waiting"), "cell-more"),
        Column(_("Customer"), "cell-who"),
        Column(_("Goods"), "cell-wide"),
        Column(_("Amount"), "cell-amount num"),
        Column(_("Why"), "cell-why"),
        Column(_("Decide"), "cell-acts"),
    ]
