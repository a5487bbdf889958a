"""The pages and fragments of the review queue: the list at the left, one order beside it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from oms.access import SignedInRequest
from oms.ids import id_in
from orders.desk.acts import HOLD_REASONS
from orders.desk.counts import count_of, status_counts
from orders.desk.notes.forms import CommentForm
from orders.desk.tab import Tab
from orders.models.order import Order, OrderQuerySet
from orders.review.desk.groups import groups_of
from orders.review.desk.queue import QUEUES, Place, entries_of, page_behind, place_in, waiting
from orders.review.desk.sight import sight_of
from orders.review.desk.today import approved_today

REASON_KEYS = tuple(zip("12345", HOLD_REASONS, strict=True))


@dataclass(frozen=True, slots=True)
class Told:
    """What happened last: `undo` is where it is taken back."""

    text: str
    tone: str = "success"
    undo: str = ""


class Desk:
    """One request of a reviewer: where they work and what they may see."""

    def __init__(self, request: SignedInRequest) -> None:
        self.request = request
        self.user = request.user
        self.place: Place = place_in(request.GET)
        self.visible: OrderQuerySet = Order.objects.visible_to(request.user)

    @property
    def waiting(self) -> OrderQuerySet:
        return waiting(self.place, self.user, self.visible)

    def order(self, number: str) -> Order:
        """The order, if this person may see it; Http404 otherwise."""
        return get_object_or_404(self.visible.with_number(number))

    def shown(self, order_id: int | None) -> Order | None:
        """The order with everything the desk reads of it."""
        orders = self.visible.select_related("channel", "customer").with_paid()
        return orders.filter(pk=order_id).first() if order_id else None

    def show(
        self,
        order: Order | None,
        *,
        told: Told | None = None,
        status: int = 200,
        **more: Any,
    ) -> HttpResponse:
        """The order beside the queue; as a fragment for the page that is open already."""
        context = self._context(order) | {"told": told} | more
        is_part = bool(self.request.headers.get("HX-Request"))
        page = "review/_answer.html" if is_part else "review/queue.html"
        response = render(self.request, page, context | {"is_part": is_part}, status=status)
        if is_part:
            response["HX-Replace-Url"] = (
                self.place.url_of(order.number) if order else self.place.url
            )
        return response

    def go_on(self, order_id: int | None, told: Told) -> HttpResponse:
        """To the order that comes next, saying what happened; without scripts over a redirect."""
        if self.request.headers.get("HX-Request"):
            status = 200 if told.tone == "success" else 409
            return self.show(self.shown(order_id), told=told, status=status)
        level = messages.SUCCESS if told.tone == "success" else messages.WARNING
        messages.add_message(self.request, level, told.text, extra_tags=told.undo)
        order = self.shown(order_id)
        return redirect(self.place.url_of(order.number) if order else self.place.url)

    def _context(self, order: Order | None) -> dict[str, Any]:
        listed = self._listed()
        is_empty = not (listed["entries"] or listed["groups"] or order)
        return listed | {
            "place": self.place,
            "tabs": self._tabs(),
            "sight": sight_of(order, self.visible, self.user) if order else None,
            "order": order,
            "is_empty": is_empty,
            "today": approved_today() if is_empty and status_counts(self.user) else None,
            "reason_keys": REASON_KEYS,
            "comment_form": CommentForm(),
            "may_see_money": self.user.has_perm("orders.view_payment"),
            "may_see_customer": self.user.has_perm("customers.view_customer"),
        }

    def _listed(self) -> dict[str, Any]:
        if self.place.grouped:
            found = groups_of(self.waiting, self.place, self.user)
            return {"groups": found.shown, "is_cut": found.is_cut, "entries": []}
        after = self._after()
        ids, has_more = page_behind(self.waiting, after)
        entries = entries_of(ids, self.place, self.user)
        return {
            "groups": [],
            "entries": entries,
            "is_later": after is not None,
            "next_url": self.place.url_after(entries[-1].row.pk) if has_more else "",
        }

    def _after(self) -> Order | None:
        """The order behind which the list begins."""
        pk = id_in(self.request.GET.get("after", ""))
        return self.visible.filter(pk=pk).only("promised_at", "priority").first() if pk else None

    def _tabs(self) -> list[Tab]:
        counts = status_counts(self.user)
        words = {"review": _("To review"), "hold": _("On hold")}
        return [
            Tab(
                words[tab],
                Place(tab, self.place.mine, self.place.grouped).url,
                tab == self.place.tab,
                None if self.place.mine else count_of(counts, [QUEUES[tab]]),
                tab == "hold",
            )
            for tab in QUEUES
        ]
