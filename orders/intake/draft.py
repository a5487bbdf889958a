"""The one shape in which every door hands over an order to be placed, and what is wrong with it.

Checking is pure: a draft and the catalogue of what exists go in, field errors come out. Codes that were looked up
come back in the catalogue, so that the writer needs no second look.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import md5

from django.utils.translation import gettext as _

from oms.errors import FieldError
from oms.money import CURRENCY_PLACES, round_amount

MAX_QUANTITY = 1_000_000
MAX_PRICE = Decimal(10_000_000)
MAX_LINES = 2_000
_FOUR_PLACES = Decimal("0.0001")
_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
ZERO = Decimal(0)


@dataclass(slots=True)
class CustomerDraft:
    name: str = ""
    phone: str = ""
    email: str = ""
    external_no: str = ""


@dataclass(slots=True)
class ShipTo:
    name: str = ""
    phone: str = ""
    country: str = ""
    province: str = ""
    city: str = ""
    district: str = ""
    street: str = ""
    postcode: str = ""


@dataclass(slots=True)
class LineDraft:
    """`unit_price` None takes the SKU's price. `kind` is `goods` for a SKU (a service SKU makes it `service`);
    `charge` and `discount` lines need no SKU and carry a `description`."""

    sku: str = ""
    quantity: int = 1
    unit_price: Decimal | None = None
    discount: Decimal = ZERO
    kind: str = "goods"
    description: str = ""


@dataclass(slots=True)
class PaymentDraft:
    method: str
    amount: Decimal
    reference: str = ""
    paid_at: datetime | None = None


@dataclass(slots=True)
class OrderDraft:
    """An order as a customer wants it. `channel` is the channel's code; `total`, when given, must be what we compute."""

    channel: str
    lines: list[LineDraft]
    external_no: str = ""
    placed_at: datetime | None = None
    currency: str = ""
    customer: CustomerDraft = field(default_factory=CustomerDraft)
    ship_to: ShipTo = field(default_factory=ShipTo)
    shipping_fee: Decimal = ZERO
    discount: Decimal = ZERO
    payment: PaymentDraft | None = None
    note: str = ""
    ship_complete: bool = True
    total: Decimal | None = None

    def fingerprint(self) -> str:
        """32 hex digits that two drafts share when they ask for the same order."""
        payment, placed_at = self.payment, self.placed_at
        content = (
            self.external_no, placed_at and placed_at.timestamp(), self.currency, repr(self.customer),
            repr(self.ship_to), _same(self.shipping_fee), _same(self.discount), self.note, self.ship_complete,
            payment and (payment.method, _same(payment.amount), payment.reference),
            [
                (line.sku.strip().upper(), line.quantity, _same(line.unit_price), _same(line.discount), line.kind,
                 line.description)
                for line in self.lines
            ],
        )  # fmt: skip
        return md5(repr(content).encode(), usedforsecurity=False).hexdigest()


def _same(amount: Decimal | None) -> Decimal | None:
    """One spelling for 1.5 and 1.50."""
    return amount.normalize() if amount is not None and amount.is_finite() else amount


@dataclass(frozen=True, slots=True)
class KnownChannel:
    id: int
    code: str
    currency: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class KnownSku:
    id: int
    code: str
    name: str
    kind: str
    price: Decimal
    is_active: bool


@dataclass(slots=True)
class Catalogue:
    """What the database knows of the codes in a set of drafts. `skus` is keyed by (channel code or "", SKU code)."""

    channels: Mapping[str, KnownChannel]
    skus: Mapping[tuple[str, str], KnownSku]

    def sku(self, channel: str, code: str) -> KnownSku | None:
        key = code.strip().upper()
        return self.skus.get((channel, key)) or self.skus.get(("", key))


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A checked line with its amount in the order's currency."""

    kind: str
    sku_id: int | None
    description: str
    quantity: int
    unit_price: Decimal
    discount: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PricedOrder:
    """A checked draft: what will be written."""

    draft: OrderDraft
    channel: KnownChannel
    currency: str
    lines: list[PricedLine]
    lines_amount: Decimal
    total_amount: Decimal


def price_draft(draft: OrderDraft, catalogue: Catalogue) -> PricedOrder | list[FieldError]:
    """The draft priced, or everything that is wrong with it."""
    errors = list(_check_head(draft, catalogue))
    channel = catalogue.channels.get(draft.channel)
    currency = draft.currency or (channel.currency if channel else "")
    places = CURRENCY_PLACES.get(currency)
    if places is None and channel:
        errors.append(
            FieldError(
                "currency",
                "unknown",
                _("Choose a currency that is in use, for example CNY."),
                draft.currency,
            )
        )
    if errors or channel is None or places is None:
        errors.extend(_check_lines(draft, catalogue))
        return errors
    errors.extend(_check_lines(draft, catalogue))
    if errors:
        return errors
    lines = [
        _price_line(line, catalogue.sku(draft.channel, line.sku), currency) for line in draft.lines
    ]
    lines_amount = sum((line.amount for line in lines), ZERO)
    total = lines_amount + draft.shipping_fee - draft.discount
    errors.extend(_check_totals(draft, lines, total, places))
    if errors:
        return errors
    return PricedOrder(draft, channel, currency, lines, lines_amount, total)


def _price_line(line: LineDraft, sku: KnownSku | None, currency: str) -> PricedLine:
    price = line.unit_price if line.unit_price is not None else (sku.price if sku else ZERO)
    amount = round_amount(price * line.quantity - line.discount, currency)
    return PricedLine(
        kind=sku.kind if sku and line.kind == "goods" else line.kind,
        sku_id=sku.id if sku else None,
        description=line.description or (sku.name if sku else line.sku),
        quantity=line.quantity,
        unit_price=price,
        discount=line.discount,
        amount=amount,
    )


def _check_head(draft: OrderDraft, catalogue: Catalogue) -> Iterator[FieldError]:
    channel = catalogue.channels.get(draft.channel)
    if channel is None:
        yield FieldError(
            "channel",
            "unknown",
            _("There is no channel %s. Use the code of a channel in the settings.") % draft.channel,
            draft.channel,
        )
    elif not channel.is_active:
        yield FieldError(
            "channel",
            "inactive",
            _("Channel %s is switched off. Switch it on or use another.") % draft.channel,
            draft.channel,
        )
    for name, text, limit in _texts(draft):
        if len(text) > limit:
            yield FieldError(
                name, "too_long", _("Shorten this to %d characters.") % limit, text[:80]
            )
        if "\x00" in text:
            yield FieldError(
                name,
                "nul",
                _("Remove the NUL character from this text."),
                text.replace("\x00", "␀")[:80],
            )
    if draft.placed_at is not None:
        yield from _check_time("placed_at", draft.placed_at)
    if draft.payment is not None:
        yield from _check_money("payment.amount", draft.payment.amount)
        if draft.payment.amount == 0:
            yield FieldError(
                "payment.amount", "zero", _("Give the amount paid, or leave the payment out."), 0
            )
        if draft.payment.paid_at is not None:
            yield from _check_time("payment.paid_at", draft.payment.paid_at)
    yield from _check_money("shipping_fee", draft.shipping_fee)
    yield from _check_money("discount", draft.discount)


def _texts(draft: OrderDraft) -> Iterator[tuple[str, str, int]]:
    """Every free text of the head with the room there is for it."""
    yield "external_no", draft.external_no, 64
    yield "note", draft.note, 2000
    customer, ship_to = draft.customer, draft.ship_to
    yield "customer.name", customer.name, 120
    yield "customer.phone", customer.phone, 40
    yield "customer.email", customer.email, 254
    yield "customer.external_no", customer.external_no, 64
    yield "ship_to.name", ship_to.name, 120
    yield "ship_to.phone", ship_to.phone, 40
    yield "ship_to.country", ship_to.country, 2
    yield "ship_to.province", ship_to.province, 80
    yield "ship_to.city", ship_to.city, 80
    yield "ship_to.district", ship_to.district, 80
    yield "ship_to.street", ship_to.street, 200
    yield "ship_to.postcode", ship_to.postcode, 20
    if draft.payment is not None:
        yield "payment.method", draft.payment.method, 40
        yield "payment.reference", draft.payment.reference, 80


def _check_time(name: str, moment: datetime) -> Iterator[FieldError]:
    if moment.tzinfo is None:
        yield FieldError(
            name,
            "no_zone",
            _("Give the time with its zone, for example 2026-11-22T14:05:00+08:00."),
            moment.isoformat(),
        )
    elif not _EARLIEST <= moment <= datetime.now(UTC) + timedelta(days=1):
        yield FieldError(
            name,
            "out_of_range",
            _("Give a time after the year 2000 and not in the future."),
            moment.isoformat(),
        )


def _check_money(name: str, amount: Decimal) -> Iterator[FieldError]:
    if not amount.is_finite() or not 0 <= amount <= MAX_PRICE * 1000:
        yield FieldError(
            name, "out_of_range", _("Give an amount of zero or more."), str(amount)[:40]
        )


def _check_lines(draft: OrderDraft, catalogue: Catalogue) -> Iterator[FieldError]:
    if not draft.lines:
        yield FieldError("lines", "empty", _("Add at least one line."))
    if len(draft.lines) > MAX_LINES:
        yield FieldError(
            "lines",
            "too_many",
            _("Split the order: at most %d lines fit in one.") % MAX_LINES,
            len(draft.lines),
        )
        return
    for index, line in enumerate(draft.lines):
        yield from _check_line(f"lines[{index}].", line, catalogue.sku(draft.channel, line.sku))


def _check_line(at: str, line: LineDraft, sku: KnownSku | None) -> Iterator[FieldError]:
    if line.sku and sku is None:
        code = line.sku.replace("\x00", "␀")[:64]
        yield FieldError(
            at + "sku",
            "unknown",
            _("There is no SKU %s. Check the code or create it first.") % code,
            code,
        )
    elif sku is not None and not sku.is_active:
        yield FieldError(
            at + "sku",
            "inactive",
            _("SKU %s is no longer sold. Choose another.") % sku.code,
            sku.code,
        )
    elif not line.sku and line.kind in ("goods", "service"):
        yield FieldError(at + "sku", "empty", _("Give the SKU of this line."), "")
    if not 1 <= line.quantity <= MAX_QUANTITY:
        yield FieldError(
            at + "quantity",
            "out_of_range",
            _("Give a whole quantity from 1 to %d.") % MAX_QUANTITY,
            str(line.quantity)[:40],
        )
    price = line.unit_price
    if price is not None:
        lowest = -MAX_PRICE if line.kind == "discount" else ZERO
        if not price.is_finite() or not lowest <= price <= MAX_PRICE:
            yield FieldError(
                at + "unit_price",
                "out_of_range",
                _("Give a price from 0 to %d.") % MAX_PRICE,
                str(price)[:40],
            )
        elif price != price.quantize(_FOUR_PLACES):
            yield FieldError(
                at + "unit_price",
                "too_precise",
                _("Give the price with at most four decimals."),
                str(price)[:40],
            )
    if len(line.description) > 200:  # noqa: PLR2004 - the column's width
        yield FieldError(
            at + "description",
            "too_long",
            _("Shorten this to %d characters.") % 200,
            line.description[:80],
        )
    yield from _check_money(at + "discount", line.discount)


def _check_totals(
    draft: OrderDraft, lines: list[PricedLine], total: Decimal, places: int
) -> Iterator[FieldError]:
    for index, line in enumerate(lines):
        if line.kind != "discount" and line.amount < 0:
            yield FieldError(
                f"lines[{index}].discount",
                "too_large",
                _("The discount is larger than the line; lower it."),
                str(line.discount),
            )
    coins = Decimal(1).scaleb(-places)
    amounts = [("shipping_fee", draft.shipping_fee), ("discount", draft.discount)]
    amounts += [(f"lines[{i}].discount", line.discount) for i, line in enumerate(lines)]
    if draft.payment is not None:
        amounts.append(("payment.amount", draft.payment.amount))
    for name, amount in amounts:
        if amount != amount.quantize(coins):
            yield FieldError(
                name,
                "too_precise",
                _("Give the amount with at most %d decimals.") % places,
                str(amount),
            )
    if total < 0:
        yield FieldError(
            "discount",
            "too_large",
            _("The discount is larger than the order; lower it."),
            str(draft.discount),
        )
    if draft.total is not None and draft.total != total:
        yield FieldError(
            "total",
            "differs",
            _(
                "The lines add up to %(computed)s, not %(given)s. Correct the lines or leave the total out."
            )
            % {"computed": total, "given": draft.total},
            str(draft.total),
        )
