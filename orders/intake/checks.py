"""What can be wrong with a draft, part by part: each check yields an error that names field, value and remedy."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from oms.errors import FieldError
from oms.money import CURRENCY_PLACES
from oms.texts import CONTROL, CONTROL_IN_PROSE, SHOWN, check_text
from orders.intake.draft import (
    ZERO,
    KnownChannel,
    KnownSku,
    LineDraft,
    OrderDraft,
    PricedLine,
)

MAX_QUANTITY = 1_000_000
MAX_PRICE = Decimal(10_000_000)
MAX_AMOUNT = Decimal(10) ** 12
MAX_LINES = 2_000
DESCRIPTION_LENGTH = 200
_FOUR_PLACES = Decimal("0.0001")
LONGEST_HOLD_HOURS = 720
FARTHEST_PROMISE = timedelta(days=730)
_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


def check_head(draft: OrderDraft, channel: KnownChannel | None) -> Iterator[FieldError]:
    """Channel, texts, times and amounts of the order itself."""
    yield from _check_channel(draft.channel, channel)
    for field, text, limit in _texts(draft):
        if text:
            forbidden = CONTROL_IN_PROSE if field == "note" else CONTROL
            yield from check_text(field, text, limit, forbidden)
    if draft.customer.email and draft.customer.email.count("@") != 1:
        yield FieldError(
            "customer.email",
            "shape",
            _("Give an address such as name@example.com."),
            draft.customer.email[:SHOWN],
        )
    if draft.placed_at is not None:
        yield from check_time("placed_at", draft.placed_at)
    if draft.promised_at is not None:
        yield from _check_promise(draft)
    if not 0 <= draft.hold_hours <= LONGEST_HOLD_HOURS:
        words = _("Give whole hours from 0 to %d.") % LONGEST_HOLD_HOURS
        yield FieldError("hold_hours", "out_of_range", words, str(draft.hold_hours)[:SHOWN])
    yield from check_amount("shipping_fee", draft.shipping_fee)
    yield from check_amount("discount", draft.discount)
    if draft.payment is not None:
        yield from _check_payment(draft)


def _check_channel(code: str, channel: KnownChannel | None) -> Iterator[FieldError]:
    shown = CONTROL.sub("␀", code)[:SHOWN]
    if channel is None:
        words = _("There is no channel %s. Use the code of a channel in the settings.") % shown
        yield FieldError("channel", "unknown", words, shown)
    elif not channel.is_active:
        words = _("Channel %s is switched off. Switch it on or use another.") % shown
        yield FieldError("channel", "inactive", words, shown)


def check_currency(currency: str, channel: KnownChannel | None) -> Iterator[FieldError]:
    if (channel or currency) and currency not in CURRENCY_PLACES:
        words = _("Choose a currency that is in use, for example CNY.")
        yield FieldError("currency", "unknown", words, currency[:SHOWN])


def _texts(draft: OrderDraft) -> Iterator[tuple[str, str, int]]:
    """Every free text of the head with the room there is for it."""
    customer, ship_to = draft.customer, draft.ship_to
    yield "external_no", draft.external_no, 64
    yield "note", draft.note, 2000
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


def check_time(field: str, moment: datetime) -> Iterator[FieldError]:
    if moment.tzinfo is None:
        words = _("Give the time with its zone, for example 2026-11-22T14:05:00+08:00.")
        yield FieldError(field, "no_zone", words, moment.isoformat())
    elif not _EARLIEST <= moment <= datetime.now(UTC) + timedelta(days=1):
        words = _("Give a time after the year 2000 and not in the future.")
        yield FieldError(field, "out_of_range", words, moment.isoformat())


def check_amount(field: str, amount: Decimal) -> Iterator[FieldError]:
    if not amount.is_finite() or not 0 <= amount <= MAX_AMOUNT:
        yield FieldError(
            field, "out_of_range", _("Give an amount of zero or more."), str(amount)[:SHOWN]
        )


def _check_payment(draft: OrderDraft) -> Iterator[FieldError]:
    payment = draft.payment
    if payment is None:
        return
    if not payment.method:
        yield FieldError("payment.method", "empty", _("Say how it was paid."), "")
    if payment.amount == 0:
        words = _("Give the amount paid, or leave the payment out.")
        yield FieldError("payment.amount", "zero", words, "0")
    yield from check_amount("payment.amount", payment.amount)
    if payment.paid_at is not None:
        yield from check_time("payment.paid_at", payment.paid_at)


def _check_promise(draft: OrderDraft) -> Iterator[FieldError]:
    """A promise may lie ahead, but not so far that it is a slip of the hand."""
    promised_at = draft.promised_at
    assert promised_at is not None
    if promised_at.tzinfo is None:
        words = _("Give the time with its zone, for example 2026-11-22T14:05:00+08:00.")
        yield FieldError("promised_at", "no_zone", words, promised_at.isoformat())
        return
    if promised_at > datetime.now(UTC) + FARTHEST_PROMISE:
        words = _("Promise a time within two years.")
        yield FieldError("promised_at", "out_of_range", words, promised_at.isoformat())
    if promised_at < (draft.placed_at or _EARLIEST):
        words = _("Promise a time after the order was placed.")
        yield FieldError("promised_at", "out_of_range", words, promised_at.isoformat())


def check_lines(draft: OrderDraft, skus: Sequence[KnownSku | None]) -> Iterator[FieldError]:
    """Every line by itself; `skus[i]` is what line i names, None when nobody knows it."""
    if not draft.lines:
        yield FieldError("lines", "empty", _("Add at least one line."))
    if len(draft.lines) > MAX_LINES:
        words = _("Split the order: at most %d lines fit in one.") % MAX_LINES
        yield FieldError("lines", "too_many", words, len(draft.lines))
        return
    for index, (line, sku) in enumerate(zip(draft.lines, skus, strict=True)):
        at = f"lines[{index}]."
        yield from _check_sku(at, line, sku)
        yield from check_quantity_and_price(at, line)
        if sku is not None and sku.kind == "bundle":
            yield from _check_bundle(at, line, sku)


def _check_bundle(at: str, line: LineDraft, sku: KnownSku) -> Iterator[FieldError]:
    if line.kind != "goods":
        words = _("%s is a bundle; give it as goods.") % sku.code
        yield FieldError(at + "sku", "bundle", words, sku.code)
    elif not sku.components:
        words = _("Bundle %s has no components yet. Add them to it first.") % sku.code
        yield FieldError(at + "sku", "no_components", words, sku.code)
    for one in sku.components:
        if not one.is_active:
            words = _("%(component)s in bundle %(bundle)s is no longer sold. Choose another.")
            names = {"component": one.code, "bundle": sku.code}
            yield FieldError(at + "sku", "inactive", words % names, sku.code)
        elif line.quantity * one.quantity > MAX_QUANTITY:
            words = _("Order fewer: so many bundles hold more than %d pieces of one SKU.")
            yield FieldError(at + "quantity", "out_of_range", words % MAX_QUANTITY, line.quantity)
            break


def _check_sku(at: str, line: LineDraft, sku: KnownSku | None) -> Iterator[FieldError]:
    if line.sku and sku is None:
        code = CONTROL.sub("␀", line.sku)[:SHOWN]
        words = _("There is no SKU %s. Check the code or create it first.") % code
        yield FieldError(at + "sku", "unknown", words, code)
    elif sku is not None and not sku.is_active:
        words = _("SKU %s is no longer sold. Choose another.") % sku.code
        yield FieldError(at + "sku", "inactive", words, sku.code)
    elif not line.sku and line.kind in ("goods", "service"):
        yield FieldError(at + "sku", "empty", _("Give the SKU of this line."), "")
    if line.description:
        yield from check_text(at + "description", line.description, DESCRIPTION_LENGTH)


def check_quantity_and_price(at: str, line: LineDraft) -> Iterator[FieldError]:
    if not 1 <= line.quantity <= MAX_QUANTITY:
        words = _("Give a whole quantity from 1 to %d.") % MAX_QUANTITY
        yield FieldError(at + "quantity", "out_of_range", words, str(line.quantity)[:SHOWN])
    price = line.unit_price
    if price is not None:
        lowest = -MAX_PRICE if line.kind == "discount" else ZERO
        if not price.is_finite() or not lowest <= price <= MAX_PRICE:
            words = _("Give a price from 0 to %d.") % MAX_PRICE
            yield FieldError(at + "unit_price", "out_of_range", words, str(price)[:SHOWN])
        elif price != price.quantize(_FOUR_PLACES):
            words = _("Give the price with at most four decimals.")
            yield FieldError(at + "unit_price", "too_precise", words, str(price)[:SHOWN])
    if line.discount:
        yield from check_amount(at + "discount", line.discount)


def check_totals(
    draft: OrderDraft, lines: list[PricedLine], total: Decimal, places: int
) -> Iterator[FieldError]:
    """What can only be seen once the lines are priced. `places`: decimals of the currency."""
    wrong_lines = list(_check_signs(lines))
    yield from wrong_lines
    yield from _check_coins(draft, places)
    if total < 0 and not wrong_lines:
        words = _("The discount is larger than the order; lower it.")
        yield FieldError("discount", "too_large", words, str(draft.discount))
    if total > MAX_AMOUNT:
        words = _("The order adds up to more than can be booked; split it.")
        yield FieldError("lines", "too_large", words, str(total))
    if draft.total is not None and draft.total != total:
        words = _(
            "The lines add up to %(computed)s, not %(given)s. Correct the lines or leave the total out."
        )
        given = str(draft.total)[:SHOWN]
        yield FieldError("total", "differs", words % {"computed": total, "given": given}, given)


def _check_signs(lines: list[PricedLine]) -> Iterator[FieldError]:
    for index, line in enumerate(lines):
        if line.kind == "discount" and line.amount > 0:
            words = _("A discount line takes away; give a negative price.")
            yield FieldError(
                f"lines[{index}].unit_price", "wrong_sign", words, str(line.unit_price)
            )
        elif line.kind != "discount" and line.amount < 0:
            words = _("The discount is larger than the line; lower it.")
            yield FieldError(f"lines[{index}].discount", "too_large", words, str(line.discount))


def _check_coins(draft: OrderDraft, places: int) -> Iterator[FieldError]:
    coin = Decimal(1).scaleb(-places)
    amounts = [("shipping_fee", draft.shipping_fee), ("discount", draft.discount)]
    amounts += [
        (f"lines[{index}].discount", line.discount)
        for index, line in enumerate(draft.lines)
        if line.discount
    ]
    if draft.payment is not None:
        amounts.append(("payment.amount", draft.payment.amount))
    for field, amount in amounts:
        if amount and amount != amount.quantize(coin):
            words = _("Give the amount with at most %d decimals.") % places
            yield FieldError(field, "too_precise", words, str(amount)[:SHOWN])
