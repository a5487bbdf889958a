"""From a draft to a priced order, or to everything that is wrong with it. Pure."""

from oms.errors import FieldError
from oms.money import CURRENCY_PLACES, round_amount
from orders.intake.checks import check_currency, check_head, check_lines, check_totals
from orders.intake.draft import (
    ZERO,
    Catalogue,
    KnownSku,
    LineDraft,
    OrderDraft,
    PricedLine,
    PricedOrder,
)


def price_draft(draft: OrderDraft, catalogue: Catalogue) -> PricedOrder | list[FieldError]:
    """The draft priced, or everything that is wrong with it."""
    channel = catalogue.channels.get(draft.channel)
    currency = draft.currency or (channel.currency if channel else "")
    skus = [catalogue.sku(draft.channel, line.sku) for line in draft.lines]
    errors = [
        *check_head(draft, channel),
        *check_currency(currency, channel),
        *check_lines(draft, skus),
    ]
    if errors or channel is None:
        return errors
    lines = [price_line(line, sku, currency) for line, sku in zip(draft.lines, skus, strict=True)]
    lines_amount = sum((line.amount for line in lines), ZERO)
    total = lines_amount + draft.shipping_fee - draft.discount
    errors = list(check_totals(draft, lines, total, CURRENCY_PLACES[currency]))
    return errors or PricedOrder(draft, channel, currency, lines, lines_amount, total)


def price_line(line: LineDraft, sku: KnownSku | None, currency: str) -> PricedLine:
    price = line.unit_price if line.unit_price is not None else (sku.price if sku else ZERO)
    return PricedLine(
        sku.kind if sku and line.kind == "goods" else line.kind,
        sku.id if sku else None,
        line.description or (sku.name if sku else line.sku),
        line.quantity,
        price,
        line.discount,
        round_amount(price * line.quantity - line.discount, currency),
        sku.components if sku else (),
    )


def component_lines(bundle: PricedLine) -> list[PricedLine]:
    """What a line of a bundle has the warehouse send: goods at no price, for the money stands in the bundle's line."""
    return [
        PricedLine("goods", one.sku_id, one.name, one.quantity * bundle.quantity, ZERO, ZERO, ZERO)
        for one in bundle.components
    ]
