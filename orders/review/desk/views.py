"""The review queue: looking at one order after the other, and deciding each with one key."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from oms.access import SignedInRequest, View, allowed
from oms.errors import InvalidInput, NotPossible
from oms.ids import id_in
from oms.once import is_first_time
from orders.desk.bulk.acts import ACTS
from orders.desk.bulk.prepare import LARGEST, prepare
from orders.desk.door import typed
from orders.desk.notes.comment import LONGEST, comment_on
from orders.models.order import Order
from orders.parcels.together import ship_together
from orders.review.desk.claim import claim_order, holders_among, take_over
from orders.review.desk.news import news_of
from orders.review.desk.page import Desk, Told
from orders.review.desk.queue import (
    QUEUES,
    Place,
    claim_next,
    claim_previous,
    of_reason,
    tab_of,
    waits_for_finance,
)
from orders.review.desk.settle import (
    DecidedMeanwhile,
    EditedMeanwhile,
    Seen,
    can_be_taken_back,
    settle,
    what_happened,
)
from orders.review.limits import FINANCE, FORCE, REVIEW

_SEES, _DECIDES = "orders.view_order", (REVIEW, FINANCE)
_DONE = {
    "approve": gettext_lazy("Order %s approved."),
    "release": gettext_lazy("Order %s released."),
    "hold": gettext_lazy("Order %s put on hold."),
    "cancel": gettext_lazy("Order %s cancelled."),
    "force_approve": gettext_lazy("Order %s approved by force."),
}


@require_GET
@allowed(_SEES, one_of=_DECIDES)
def queue(request: SignedInRequest) -> HttpResponse:
    """The queue alone; with scripts on a wide screen its first order opens by itself."""
    return Desk(request).show(None)


@require_GET
@allowed(_SEES, one_of=_DECIDES)
def show(request: SignedInRequest, number: str) -> HttpResponse:
    """One order of the queue; the reader is the one who looks at it, unless somebody else does."""
    desk = Desk(request)
    order = desk.order(number)
    tab = tab_of(order)
    if tab not in desk.tabs:
        return _advance(desk, order, Told(what_happened(order), "warning"))
    desk.place = Place(tab, desk.place.mine, desk.place.grouped)
    claim_order(order.pk, request.user)
    return desk.show(desk.shown(order.pk))


@require_POST
@allowed(_SEES, one_of=_DECIDES)
def step(request: SignedInRequest) -> HttpResponse:
    """To the next free order behind the one in `from`, or with `way=back` to the one before it."""
    desk = Desk(request)
    start = desk.visible.filter(pk=_id(request, "from")).first()
    if start is None or request.POST.get("way") != "back":
        pk = claim_next(desk.waiting, request.user, after=start, place=desk.place)
    else:
        pk = claim_previous(desk.waiting, request.user, before=start)
    pk = pk or (start.pk if start and start.status == desk.place.status else None)
    order = desk.shown(pk)
    if request.headers.get("HX-Request"):
        return desk.show(order)
    return redirect(desk.place.url_of(order.number) if order else desk.place.url)


def _deciding(act_name: str, *rights: str, asks_why: bool = False) -> View:
    @require_POST
    @allowed(_SEES, *rights, one_of=_DECIDES)
    def view(request: SignedInRequest, number: str) -> HttpResponse:
        desk = Desk(request)
        order = desk.order(number)
        reason = typed(request, "reason")
        if asks_why and not reason:
            words = _("Say why: the reason is shown with the order. Nothing was changed.")
            return _stay(desk, order, Told(words, "error"), status=422)
        try:
            reason = ACTS[act_name].read(reason, request.user)
        except InvalidInput as refusal:
            return _stay(desk, order, Told(refusal.errors[0].message, "error"), status=422)
        holder = holders_among([order.pk], request.user).get(order.pk)
        if holder and request.POST.get("anyway") != str(holder.user_id):
            return _stay(desk, order, None, asks_anyway=True)
        return _decide(desk, order, act_name, reason)

    return view


def _decide(desk: Desk, order: Order, act_name: str, reason: str) -> HttpResponse:
    request = desk.request
    seen = Seen(request.POST.get("stood", ""), _id(request, "version"))
    back = desk.place.url_of(order.number)
    try:
        job = settle(order, act_name, seen=seen, reason=reason, actor=request.user, back=back)
    except DecidedMeanwhile as refusal:
        return _advance(desk, order, Told(refusal.message, "warning"))
    except EditedMeanwhile as refusal:
        return _stay(desk, order, Told(refusal.message, "warning"))
    undo = reverse("orders:bulk_undo", args=[job.pk]) if can_be_taken_back(job) else ""
    words = _DONE[act_name] % order.number
    if act_name in ("approve", "release") and waits_for_finance(order.pk):
        words = _("Order %s passed its first review: finance decides next.") % order.number
    return _advance(desk, order, Told(words, undo=undo))


approve = _deciding("approve")
release = _deciding("release", REVIEW)
force_approve = _deciding("force_approve", FORCE, asks_why=True)
hold = _deciding("hold", asks_why=True)
cancel = _deciding("cancel", "orders.cancel_order", asks_why=True)


@require_POST
@allowed(_SEES, one_of=_DECIDES)
def approve_group(request: SignedInRequest) -> HttpResponse:
    """Choose all orders that wait for one reason; what will happen is shown before anything does."""
    desk = Desk(request)
    wanted = of_reason(desk.waiting, typed(request, "code", 40), typed(request, "detail"))
    ids = list(wanted.values_list("pk", flat=True)[: LARGEST + 1])
    act = "release" if desk.place.tab == "hold" else "approve"
    try:
        job = prepare(act, ids, user=request.user, reason="", back=desk.place.url)
    except NotPossible as refusal:
        return desk.go_on(None, Told(refusal.message, "warning"))
    return redirect("orders:bulk_job", job.pk)


@require_POST
@allowed(_SEES, one_of=_DECIDES)
def take(request: SignedInRequest, number: str) -> HttpResponse:
    """Look at an order that somebody else is looking at; they are told, and so is the timeline."""
    desk = Desk(request)
    order = desk.order(number)
    take_over(order.pk, actor=request.user)
    return desk.go_on(order.pk, Told(_("You review order %s now.") % order.number))


@require_POST
@allowed(_SEES, one_of=_DECIDES)
def keep(request: SignedInRequest, number: str) -> HttpResponse:
    """The page is still open: the claim lasts on, and the page learns what became of the orders in `shown`."""
    desk = Desk(request)
    order = desk.order(number)
    if order.status in QUEUES.values():
        claim_order(order.pk, request.user)
    numbers = [number, *request.POST.getlist("shown")]
    return JsonResponse(news_of(numbers, desk.place, desk.visible, request.user).as_dict())


@require_POST
@allowed(_SEES, "orders.review_order")
def together(request: SignedInRequest, number: str) -> HttpResponse:
    """Ship the order with the ticked ones of `mate`, whenever their parcels are ready in one warehouse."""
    desk = Desk(request)
    order = desk.order(number)
    chosen = desk.visible.filter(pk__in=[id_in(text) for text in request.POST.getlist("mate")])
    try:
        ids = [order.pk, *chosen.values_list("pk", flat=True)]
        numbers = ship_together(ids, actor=request.user)
    except NotPossible as refusal:
        return _stay(desk, order, Told(refusal.message, "warning"))
    words = _("%s travel together when they are ready.") % ", ".join(numbers)
    return desk.go_on(order.pk, Told(words))


@require_POST
@allowed(_SEES, one_of=_DECIDES)
def note(request: SignedInRequest, number: str) -> HttpResponse:
    desk = Desk(request)
    order = desk.order(number)
    text = typed(request, "text", LONGEST + 1)
    try:
        if is_first_time(request.user, typed(request, "form_key", 80)):
            comment_on(order.pk, text, actor=request.user)
    except InvalidInput as refusal:
        words = " ".join(error.message for error in refusal.errors)
        return _stay(desk, order, Told(words, "error"), status=422, note_text=text)
    return desk.go_on(order.pk, Told(_("Comment written.")))


def _advance(desk: Desk, order: Order, told: Told) -> HttpResponse:
    pk = claim_next(desk.waiting, desk.user, after=order, place=desk.place)
    return desk.go_on(pk, told)


def _stay(
    desk: Desk, order: Order, told: Told | None, *, status: int = 409, **more: object
) -> HttpResponse:
    return desk.show(desk.shown(order.pk), told=told, status=status, **more)


def _id(request: SignedInRequest, name: str) -> int:
    """The id posted under `name`; 0, which nothing has, when it is none."""
    return id_in(request.POST.get(name, ""))
