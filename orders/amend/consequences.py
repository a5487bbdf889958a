"""Everything that a change of an order brings with it, in words, each with before → after. Pure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import md5
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from oms.display import money_text, time_text
from orders.amend.state import ADDRESS, LineState, OrderState, ParcelState
from orders.desk.history import LINE_WORDS, field_words
from orders.reasons import why_of
from orders.review.again import Looked
from orders.states import OrderStatus

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

S = OrderStatus

TITLES: "dict[str, StrPromise]" = {
    "change": gettext_lazy("You change"),
    "money": gettext_lazy("Money"),
    "stock": gettext_lazy("Stock"),
    "shipment": gettext_lazy("Shipments"),
    "document": gettext_lazy("Documents"),
    "review": gettext_lazy("Review"),
    "status": gettext_lazy("Status"),
}
_COMPARED = {"wanted": "quantity", "unit_price": "unit_price", "discount": "discount"}


@dataclass(frozen=True, slots=True)
class Consequence:
    """One thing that follows. `subject` is what it happens to; `note` says what to do or why."""

    kind: str
    subject: str
    before: str = ""
    after: str = ""
    note: str = ""
    tone: str = ""

    @property
    def mark(self) -> str:
        """The same for the same consequence, whenever it is computed."""
        text = repr((self.kind, self.subject, self.before, self.after, self.note))
        return md5(text.encode(), usedforsecurity=False).hexdigest()[:12]


def consequences(before: OrderState, after: OrderState, looked: Looked) -> list[Consequence]:
    """In the order of `TITLES`; empty when nothing was changed."""
    return [
        *_changes(before, after),
        *_money(before, after),
        *_stock(before, after),
        *_shipments(before, after),
        *_partings(before, after),
        *_documents(before, after),
        *_review(before, after, looked),
        *_status(before, after),
    ]


def _changes(before: OrderState, after: OrderState) -> Iterator[Consequence]:
    for name, was in before.head.items():
        now = after.head[name]
        if was != now:
            shown = [_shown(one, before.currency) for one in (was, now)]
            yield Consequence("change", field_words(name), shown[0], shown[1])
    for pk, line in after.lines.items():
        if line.bundle:
            continue  # told with its bundle
        old = before.lines.get(pk)
        if old is None:
            price = money_text(line.unit_price, after.currency)
            yield Consequence(
                "change", line.name, _("not in the order"), f"{line.wanted} × {price}"
            )
        else:
            yield from _line_changes(old, line, before.currency)


def _line_changes(old: LineState, new: LineState, currency: str) -> Iterator[Consequence]:
    if not new.wanted and old.wanted:
        yield Consequence("change", new.name, str(old.wanted), _("taken off the order"))
        return
    for name, called in _COMPARED.items():
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            subject = _("%(line)s, %(field)s") % {"line": new.name, "field": LINE_WORDS[called]}
            yield Consequence("change", subject, _shown(was, currency), _shown(now, currency))


def _shown(value: Any, currency: str) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return time_text(value)
    if value is None or isinstance(value, str | int):
        return "–" if value in ("", None) else str(value)
    return money_text(value, currency)


def _money(before: OrderState, after: OrderState) -> Iterator[Consequence]:
    if before.total == after.total:
        return
    total, total_now = (money_text(one.total, one.currency) for one in (before, after))
    yield Consequence("money", _("Total"), total, total_now)
    due, due_now = _due(before), _due(after)
    if after.due < 0:
        back = money_text(-after.due, after.currency)
        note = _("Overpaid: give %s back.") % back
        yield Consequence("money", _("To be paid"), due, due_now, note, "warn")
    else:
        yield Consequence("money", _("To be paid"), due, due_now)


def _due(state: OrderState) -> str:
    if state.due < 0:
        return _("%s too much") % money_text(-state.due, state.currency)
    return money_text(state.due, state.currency)


def _stock(before: OrderState, after: OrderState) -> Iterator[Consequence]:
    was, now = _by_code(before), _by_code(after)
    for code in sorted({*was, *now}):
        old, new = was.get(code, _NONE), now.get(code, _NONE)
        if old["held"] != new["held"]:
            free = old["held"] - new["held"]
            freed = ngettext("%d piece is free again.", "%d pieces are free again.", free) % free
            note = freed if free > 0 else ""
            yield Consequence(
                "stock", _("%s, reserved") % code, str(old["held"]), str(new["held"]), note
            )
        if after.status in _LOOKED_FOR and new["lacking"] != old["lacking"]:
            tone = "danger" if new["lacking"] else ""
            note = _("Waits for goods.") if new["lacking"] else ""
            yield Consequence(
                "stock", _("%s, short") % code, str(old["lacking"]), str(new["lacking"]), note, tone
            )
        elif after.status not in _LOOKED_FOR and new["wanted"] > old["wanted"]:
            note = _("%d are free now; reserved after approval.") % new["available"]
            tone = "warn" if new["available"] < new["wanted"] else ""
            yield Consequence(
                "stock", _("%s, wanted") % code, str(old["wanted"]), str(new["wanted"]), note, tone
            )


_LOOKED_FOR = frozenset({S.BACKORDERED, S.ALLOCATED, S.IN_FULFILMENT, S.PARTIALLY_SHIPPED})
_NONE: Counter[str] = Counter()


def _by_code(state: OrderState) -> dict[str, Counter[str]]:
    """Pieces per SKU: held in parcels, lacking, wanted; free for anybody."""
    found: dict[str, Counter[str]] = {}
    for line in state.lines.values():
        if line.is_goods:
            sums = found.setdefault(line.code, Counter())
            sums["held"] += line.ready + line.begun
            sums["lacking"] += line.lacking
            sums["wanted"] += line.wanted
            sums["available"] = line.available
    return found


def _shipments(before: OrderState, after: OrderState) -> Iterator[Consequence]:
    """Parcels that nobody has begun are made anew; the others stay as they are."""
    for pk, parcel in before.parcels.items():
        if pk not in after.parcels:
            subject = f"{parcel.number} · {parcel.warehouse}"
            yield Consequence("shipment", subject, _contents(parcel), _("cancelled"), "", "warn")
    for pk, parcel in after.parcels.items():
        if pk not in before.parcels:
            # The number is only fixed when it is saved.
            subject = _("New shipment from %s") % parcel.warehouse
            yield Consequence("shipment", subject, "", _contents(parcel))


def _partings(before: OrderState, after: OrderState) -> Iterator[Consequence]:
    """Merged parcels that the order leaves: it goes elsewhere now."""
    for pk, parcel in before.parcels.items():
        now = after.parcels.get(pk)
        if parcel.together and now and not now.together:
            was = _("with %s") % ", ".join(parcel.together)
            note = _("The others travel on without it.")
            yield Consequence("shipment", parcel.number, was, _("alone"), note, "warn")


def _contents(parcel: ParcelState) -> str:
    return ", ".join(f"{code} ×{pieces}" for code, pieces in parcel.contents)


def _documents(before: OrderState, after: OrderState) -> Iterator[Consequence]:
    """What may have been printed and is wrong from now on."""
    gone = [parcel.number for pk, parcel in before.parcels.items() if pk not in after.parcels]
    for number in gone:
        note = _("A printed pick list is void; print it again.")
        yield Consequence("document", _("Pick list of %s") % number, note=note, tone="warn")
    if any(before.head[name] != after.head[name] for name in ADDRESS):
        for parcel in after.parcels.values():
            if parcel.pk in before.parcels and parcel.status in ("picking", "packed", "ready"):
                note = _("A label with the old address is void; print it again.")
                tone = "warn" if parcel.is_begun else ""
                yield Consequence(
                    "document", _("Label of %s") % parcel.number, note=note, tone=tone
                )


def _review(before: OrderState, after: OrderState, looked: Looked) -> Iterator[Consequence]:
    names = ", ".join(looked.rules)
    if looked.is_stopped:
        why = why_of(after.status, after.reason_code, after.reason_detail)
        note = _("A reviewer must release it again.")
        yield Consequence("review", _("Stopped for review"), "", why.text, note, "warn")
    elif before.status == S.PENDING_REVIEW and names:
        yield Consequence("review", _("Rules look again"), "", names)
    elif names and before.status != S.ON_HOLD and before != after:
        yield Consequence("review", _("Rules looked again"), "", names, _("The approval stands."))
    elif before.is_confirmed and before.status not in (S.ON_HOLD, S.CANCELLED) and before != after:
        note = _("No rule reads what you changed; the approval stands.")
        yield Consequence("review", _("Approval"), note=note)


def _status(before: OrderState, after: OrderState) -> Iterator[Consequence]:
    if before.status != after.status:
        tone = "danger" if after.status == S.BACKORDERED else ""
        yield Consequence(
            "status", _("Order"), str(S(before.status).label), str(S(after.status).label), "", tone
        )
