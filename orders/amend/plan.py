"""From what somebody wants changed to what the order would then say, or to everything that is wrong. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from oms.errors import FieldError
from oms.money import CURRENCY_PLACES, round_amount
from oms.texts import CONTROL, CONTROL_IN_PROSE, SHOWN, check_text
from orders.amend.bundles import component_fault, pieces_of_components
from orders.amend.state import AMOUNTS, HEAD, TEXTS, LineState, OrderState
from orders.intake.checks import (
    MAX_LINES,
    MAX_QUANTITY,
    check_amount,
    check_lines,
    check_quantity_and_price,
    check_totals,
)
from orders.intake.draft import ZERO, Catalogue, LineDraft, OrderDraft, PricedLine
from orders.intake.pricing import component_lines, price_line
from orders.models import Order
from orders.states import OrderStatus

_NOTE_LENGTH = 2000
# Where a draft's field stands in an order, when its name is not the same.
_FIELD_OF = {"discount": "discount_amount", "shipping_fee": "shipping_amount", "lines": ""}
_NOTHING_TO_SHIP = frozenset(
    {OrderStatus.BACKORDERED, OrderStatus.ALLOCATED, OrderStatus.IN_FULFILMENT}
)


@dataclass(frozen=True, slots=True)
class LineChange:
    """What a line is to say; None leaves it. A quantity of 0 takes the line off the order."""

    line_id: int
    quantity: int | None = None
    unit_price: Decimal | None = None
    discount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What somebody wants changed: fields of the order (see `HEAD`), its lines, and lines to be added."""

    head: Mapping[str, Any] = field(default_factory=dict)
    lines: Sequence[LineChange] = ()
    added: Sequence[LineDraft] = ()


@dataclass(frozen=True, slots=True)
class LineAfter:
    """A line as it would then be; `line_id` None for one that is added. `key` is its name in error messages."""

    line_id: int | None
    key: str
    priced: PricedLine
    before: LineState | None = None
    bundle: str = ""  # the key of the bundle's line, for a component that is added with it

    @property
    def is_component(self) -> bool:
        return bool(self.bundle or self.before and self.before.bundle)

    @property
    def wanted(self) -> int:
        return self.priced.quantity

    @property
    def differs(self) -> bool:
        was = self.before
        return was is None or (was.wanted, was.unit_price, was.discount) != (
            self.wanted, self.priced.unit_price, self.priced.discount,
        )  # fmt: skip

    @property
    def lacking(self) -> int:
        held = self.before.ready + self.before.begun if self.before else 0
        return max(self.wanted - held, 0) if self.priced.kind == "goods" else 0


@dataclass(frozen=True, slots=True)
class Planned:
    """The order as it would then be. `head` holds only what differs from before; added components stand last."""

    head: dict[str, Any]
    lines: list[LineAfter]
    lines_amount: Decimal
    total: Decimal
    ship_complete: bool

    @property
    def changed_lines(self) -> list[LineAfter]:
        return [line for line in self.lines if line.before and line.differs]

    @property
    def added_lines(self) -> list[LineAfter]:
        return [line for line in self.lines if line.before is None]

    @property
    def is_empty(self) -> bool:
        return not (self.head or any(line.differs for line in self.lines))

    @property
    def touches_lines(self) -> bool:
        """Money or goods, in contrast to address and note."""
        return bool(
            {*AMOUNTS, "ship_complete"} & self.head.keys()
            or any(line.differs for line in self.lines)
        )

    @property
    def changes_goods(self) -> bool:
        return any(
            line.priced.kind == "goods"
            and line.wanted != (line.before.wanted if line.before else 0)
            for line in self.lines
        )

    @property
    def lacking(self) -> int:
        return sum(line.lacking for line in self.lines)

    @property
    def has_surplus(self) -> bool:
        """More is in parcels than is wanted."""
        return any(
            line.before and line.before.ready + line.before.begun > line.wanted
            for line in self.lines
            if line.priced.kind == "goods"
        )


def plan(before: OrderState, changes: Changes, skus: Catalogue, channel: str) -> Planned:
    """What the order would then say, as far as it can be understood; `faults` tells what is wrong with it."""
    wanted = {one.line_id: one for one in changes.lines}
    typed = {pk: one.quantity for pk, one in wanted.items() if one.quantity is not None}
    followers = pieces_of_components(before, typed)
    wanted |= {pk: LineChange(pk, pieces) for pk, pieces in followers.items()}
    lines = [
        _line_after(line, wanted.get(line.pk), before.currency) for line in before.lines.values()
    ]
    added = [
        LineAfter(
            None, f"added[{index}]", price_line(one, skus.sku(channel, one.sku), before.currency)
        )
        for index, one in enumerate(changes.added)
    ]
    lines += added
    for line in added:
        parts = component_lines(line.priced)
        lines += [LineAfter(None, line.key, one, bundle=line.key) for one in parts]
    amount = sum((line.priced.amount for line in lines), ZERO)
    now = {**before.head, **{k: v for k, v in changes.head.items() if k in HEAD}}
    return Planned(
        head={name: now[name] for name in HEAD if now[name] != before.head[name]},
        lines=lines,
        lines_amount=amount,
        total=amount + now["shipping_amount"] - now["discount_amount"],
        ship_complete=now["ship_complete"],
    )


def _line_after(line: LineState, change: LineChange | None, currency: str) -> LineAfter:
    change = change or LineChange(line.pk)
    wanted = line.wanted if change.quantity is None else change.quantity
    price = line.unit_price if change.unit_price is None else change.unit_price
    discount = line.discount if change.discount is None else change.discount
    charged = wanted + line.credited
    if not charged:
        discount = ZERO
    amount = round_amount(price * charged - discount, currency)
    priced = PricedLine(line.kind, line.sku_id, line.description, wanted, price, discount, amount)
    return LineAfter(line.pk, f"lines[{line.pk}]", priced, line)


def faults(
    before: OrderState, changes: Changes, planned: Planned, skus: Catalogue, channel: str
) -> Iterator[FieldError]:
    """Everything that keeps the change from being made, at the field where it was typed."""
    found = list(_parts_wrong(before, changes, planned, skus, channel))
    yield from found
    if not found:
        yield from _check_sum(before, planned)
        yield from _check_whole(before, planned)


def _parts_wrong(
    before: OrderState, changes: Changes, planned: Planned, skus: Catalogue, channel: str
) -> Iterator[FieldError]:
    """Each field by itself."""
    yield from _check_head(before, changes.head)
    yield from _check_known(before, changes)
    yield from _check_touched(before, planned)
    if changes.added:
        draft = OrderDraft(channel=channel, lines=list(changes.added))
        found = check_lines(draft, [skus.sku(channel, one.sku) for one in changes.added])
        yield from (_renamed(error, planned.added_lines) for error in found)


def _check_head(before: OrderState, head: Mapping[str, Any]) -> Iterator[FieldError]:
    for name, value in head.items():
        if name in TEXTS:
            limit = getattr(Order._meta.get_field(name), "max_length", None) or _NOTE_LENGTH
            yield from check_text(
                name, value, limit, CONTROL_IN_PROSE if name == "note" else CONTROL
            )
        elif name in AMOUNTS:
            yield from check_amount(name, value)
        elif name == "promised_at":
            if value is not None and value < before.placed_at:
                words = _("Give a time after the order was placed.")
                yield FieldError(name, "out_of_range", words, value.isoformat())
        elif name != "ship_complete":
            yield FieldError(name, "read_only", _("This field cannot be changed here."), value)


def _check_known(before: OrderState, changes: Changes) -> Iterator[FieldError]:
    for one in changes.lines:
        if one.line_id not in before.lines:
            words = _("This line is not in the order. Open the order again.")
            yield FieldError(f"lines[{one.line_id}].quantity", "unknown", words, one.line_id)
        elif fault := component_fault(before, one.line_id):
            yield fault


def _check_touched(before: OrderState, planned: Planned) -> Iterator[FieldError]:
    for line in planned.changed_lines:
        one, was = line.priced, line.before
        assert was is not None
        at = f"lines[{was.bundle or was.pk}]."
        in_range = min(max(line.wanted, 1), MAX_QUANTITY)
        draft = LineDraft("", in_range, one.unit_price, one.discount, one.kind)
        yield from check_quantity_and_price(at, draft)
        if not 0 <= line.wanted <= MAX_QUANTITY:
            words = _("Give a whole quantity from 0 (takes the line off) to %d.") % MAX_QUANTITY
            yield FieldError(at + "quantity", "out_of_range", words, str(line.wanted)[:SHOWN])
        elif line.wanted < min(was.begun, was.wanted):
            words = _("Leave at least %d: so many are picked, packed or gone.") % was.begun
            yield FieldError(at + "quantity", "begun", words, line.wanted)
        elif line.wanted < min(was.waiting, was.wanted):
            words = _("Leave at least %d: so many are in a return that waits.") % was.waiting
            yield FieldError(at + "quantity", "returned", words, line.wanted)


def _check_sum(before: OrderState, planned: Planned) -> Iterator[FieldError]:
    """Signs, coins and the total, by the rules of a new order."""
    rows = [line.priced for line in planned.lines]
    head = {**before.head, **planned.head}
    draft = OrderDraft(
        channel="",
        lines=[LineDraft("", one.quantity, one.unit_price, one.discount, one.kind) for one in rows],
        shipping_fee=head["shipping_amount"],
        discount=head["discount_amount"],
    )
    places = CURRENCY_PLACES[before.currency]
    for error in check_totals(draft, rows, planned.total, places):
        yield _renamed(error, planned.lines)


def _renamed(error: FieldError, lines: Sequence[LineAfter]) -> FieldError:
    """The error with the name of its field in this form: `lines[2].sku` is the third of `lines`."""
    place, bracket, name = error.field.removeprefix("lines[").partition("].")
    if not bracket:
        return FieldError(
            _FIELD_OF.get(error.field, error.field), error.code, error.message, error.value
        )
    return FieldError(f"{lines[int(place)].key}.{name}", error.code, error.message, error.value)


def _check_whole(before: OrderState, planned: Planned) -> Iterator[FieldError]:
    """What only the order as a whole can tell."""
    if not planned.touches_lines:
        return
    if len(planned.lines) > MAX_LINES:
        words = _("Split the order: at most %d lines fit in one.") % MAX_LINES
        yield FieldError("", "too_many", words, len(planned.lines))
    if not any(line.wanted for line in planned.lines):
        yield FieldError("", "empty", _("Keep at least one line, or cancel the order instead."))
    elif before.status in _NOTHING_TO_SHIP and not any(
        line.wanted for line in planned.lines if line.priced.kind == "goods"
    ):
        words = _("Nothing would be left to ship. Keep some goods, or cancel the order instead.")
        yield FieldError("", "nothing_to_ship", words)
    if before.has_begun and planned.ship_complete and _lacks_more(before, planned):
        words = _(
            "Picking has begun. Untick “Ship only when complete” to send the further pieces in another parcel, "
            "or place a new order for them."
        )
        yield FieldError("ship_complete", "begun", words)


def _lacks_more(before: OrderState, planned: Planned) -> bool:
    lacked = sum(line.lacking for line in before.lines.values())
    return planned.lacking > (0 if "ship_complete" in planned.head else lacked)
