"""The timeline of an order and its road, told from its events."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from orders.desk.event_words import ACTORS, WORDS
from orders.desk.methods import method_words
from orders.models import Order, OrderEvent, Shipment
from orders.review.passed_over import words_of
from orders.review.rules.text import Priority
from orders.review.rules.words import rule_title
from orders.states import OrderStatus

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

S = OrderStatus

LINE_WORDS: "dict[str, StrPromise]" = {
    "quantity": gettext_lazy("quantity"),
    "unit_price": gettext_lazy("price"),
    "discount": gettext_lazy("discount"),
}
"""What the fields of a line are called, behind the line's name."""

# What an approval was.
_STEPS: "dict[str, StrPromise]" = {
    "second": gettext_lazy("second review"),
    "first_stands": gettext_lazy("no rule wants finance any more, the first review stands"),
}
# Times that are told in words of their own.
_TIMES: "dict[str, StrPromise]" = {
    "until": gettext_lazy("until %s"),
    "unpaid_hours": gettext_lazy("not paid within %s hours"),
}
_STOCK = frozenset(
    {"allocated", "backordered", "stock_held", "let_go", "hold_expired", "goods_arrived"}
)
# Told as they are: the names of things.
_NAMED = ("shipment", "carrier", "waybill", "tag", "purchase_order", "receipt")


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as `parts/timeline.html` shows it."""

    at: datetime
    text: str
    kind: str
    actor: str
    detail: str
    pk: int
    said: str  # the words of a comment


@dataclass(frozen=True, slots=True)
class Filter:
    """A link above the timeline that narrows it."""

    name: str
    label: "StrPromise"
    keeps: Callable[[OrderEvent], bool]


FILTERS = (
    Filter("", pgettext_lazy("timeline", "All"), lambda _event: True),
    Filter("people", pgettext_lazy("timeline", "People"), lambda event: bool(event.actor_id)),
    Filter("system", pgettext_lazy("timeline", "System"), lambda event: not event.actor_id),
)


def filter_named(name: str) -> Filter:
    """The first one, which keeps everything, for a name that is none."""
    return next((one for one in FILTERS if one.name == name), FILTERS[0])


def timeline(events: Iterable[OrderEvent]) -> list[Happening]:
    return [
        Happening(
            at=event.created_at,
            text=_called(event.kind),
            kind="person" if event.actor_id else "stock" if event.kind in _STOCK else "system",
            actor=_speaker(event.actor_name),
            detail=" · ".join(part for part in (event.reason, *_details(event)) if part),
            pk=event.pk,
            said=str(event.data.get("text", "")) if event.kind == "commented" else "",
        )
        for event in events
    ]


def happening_words(kind: str, actor: str) -> str:
    """An event and whose it was, in a few words."""
    return f"{_called(kind)} · {_speaker(actor)}"


def _called(kind: str) -> str:
    return str(WORDS.get(kind, kind.replace("_", " ")))


def _speaker(name: str) -> str:
    return str(ACTORS.get(name, name))


def _goods(data: dict[str, Any]) -> list[str]:
    """Where the goods come from and go to."""
    served_from = data.get("why", {}).get("from")
    found = [_("from %s") % ", ".join(served_from)] if served_from else []
    for name in ("merged_with", "parted_from", "pieces", "taken_in", "given_by"):
        found += [str(one) for one in data.get(name) or []]
    return found + [f"→ {data[name]}" for name in ("into", "given_to") if data.get(name)]


def _details(event: OrderEvent) -> list[str]:
    data: dict[str, Any] = event.data
    found = [str(data[name]) for name in _NAMED if data.get(name)]
    if event.kind == "paid":
        found.append(f"{data.get('amount', '')} {method_words(str(data.get('method', '')))}")
    found += [str(words) % data[name] for name, words in _TIMES.items() if name in data]
    if event.kind in ("assigned", "review_taken_over"):
        found.append(" → ".join(str(end) or "–" for end in data.get("owner", [])))
    found += [str(one) for one in data.get("missing", [])]
    found += _goods(data)
    found += [_pair(field_words(name), pair) for name, pair in data.get("changes", {}).items()]
    for line in data.get("lines", []):
        found += [
            _pair(f"{line['name']}, {word}", line[name])
            for name, word in LINE_WORDS.items()
            if name in line
        ]
    found += [f"+ {one['name']} ×{one['quantity']}" for one in data.get("added", [])]
    if "total" in data:
        found.append(_pair(_("Total"), data["total"]))
    if event.kind in ("marked", "prioritised"):
        found += _marks(data)
    found += [str(one) for one in data.get("names", [])]
    found += [rule_title(one["name"], one.get("version", 0)) for one in data.get("rules", [])]
    found += words_of(data.get("passed_over", []))
    if data.get("step") in _STEPS:
        found.append(str(_STEPS[data["step"]]))
    return found


def _marks(data: dict[str, Any]) -> list[str]:
    found = []
    if "priority" in data:
        found.append(_("priority “%s”") % Priority(data["priority"]).label)
    if "ship_complete" in data:
        found.append(_("ships only complete") if data["ship_complete"] else _("may ship in parts"))
    return found


def _pair(field: str, pair: Sequence[Any]) -> str:
    old, new = (_plain(one) for one in pair)
    return _("%(field)s: %(old)s → %(new)s") % {"field": field, "old": old, "new": new}


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "–" if value in ("", None) else str(value)


def field_words(name: str) -> str:
    """What a field of an order or of its shipment is called."""
    model = Shipment if name in ("carrier", "waybill") else Order
    return str(getattr(model._meta.get_field(name), "verbose_name", name))


@dataclass(frozen=True, slots=True)
class Step:
    """One stretch of the road as `parts/stepper.html` shows it."""

    label: str
    state: str
    at: datetime | None = None


# Each step with the statuses that say it is done, the first of them being when.
ROAD: "tuple[tuple[StrPromise, tuple[OrderStatus, ...]], ...]" = (
    (pgettext_lazy("step", "Placed"), (S.PENDING_REVIEW,)),
    (gettext_lazy("Review"), (S.APPROVED,)),
    (gettext_lazy("Allocation"), (S.ALLOCATED,)),
    (pgettext_lazy("step", "Picking"), ()),
    (gettext_lazy("Shipping"), (S.SHIPPED,)),
    (gettext_lazy("Delivery"), (S.DELIVERED,)),
)
# How many steps are behind an order in this status; the next one is where it stands.
_BEHIND = {
    S.DRAFT: 0, S.PENDING_REVIEW: 1, S.APPROVED: 2, S.BACKORDERED: 2, S.ALLOCATED: 3,
    S.IN_FULFILMENT: 3, S.PARTIALLY_SHIPPED: 4, S.SHIPPED: 5, S.DELIVERED: 6, S.COMPLETED: 6,
}  # fmt: skip


def road(order: Order, events: Sequence[OrderEvent]) -> list[Step]:
    """The six steps from placing to delivery; `events` newest first.

    A held order is stopped where it stood before, a cancelled one skips what was ahead.
    """
    status = S(order.status)
    stood = _before_stop(events, status) if status in (S.ON_HOLD, S.CANCELLED) else status
    behind = _BEHIND.get(stood, 1)
    when = {event.to_status: event.created_at for event in events if event.to_status}
    steps = []
    for place, (label, marks) in enumerate(ROAD):
        at = next((when[mark] for mark in marks if mark in when), None)
        steps.append(
            Step(str(label), _state(place, behind, status), at if place < behind else None)
        )
    return steps


def _state(place: int, behind: int, status: OrderStatus) -> str:
    if place < behind:
        return "done"
    if status == S.CANCELLED:
        return "blocked" if place == behind else "skipped"
    if place == behind:
        return "blocked" if status in (S.ON_HOLD, S.BACKORDERED) else "current"
    return "todo"


def _before_stop(events: Sequence[OrderEvent], status: OrderStatus) -> OrderStatus:
    """The last status before the order was stopped (held, or cancelled, maybe after a hold)."""
    for event in events:
        source = event.from_status
        if (
            source
            and source not in (S.ON_HOLD, S.CANCELLED)
            and event.to_status in (S.ON_HOLD, status)
        ):
            return S(source)
    return S.PENDING_REVIEW
