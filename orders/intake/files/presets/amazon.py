"""Amazon seller reports (TAB separated): a row is an item; price, tax and carriage are those of all its pieces."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext_lazy

from orders.intake.draft import ZERO, LineDraft, PaymentDraft
from orders.intake.files.order_reader import Cells, Shape, Sums, orders_of, priced
from orders.intake.files.preset import Preset


def _lines(row: Cells) -> list[LineDraft]:
    quantity = row.whole("quantity")
    price, discount = priced(row.number("item_price"), quantity)
    title = row.text("title")[:200]
    return [LineDraft(row.identifier("sku"), quantity, price, discount, description=title)]


def _sums(_head: Cells, rows: Sequence[Cells], _goods: Decimal) -> Sums:
    shipping = sum((row.number("shipping_fee", ZERO) for row in rows), ZERO)
    tax = sum(
        (row.number("item_tax", ZERO) + row.number("shipping_tax", ZERO) for row in rows), ZERO
    )
    return Sums(shipping, tax)


def _payment(head: Cells, _rows: Sequence[Cells], total: Decimal) -> PaymentDraft | None:
    paid_at = head.moment("paid_at")
    return PaymentDraft("amazon", total, "", paid_at) if paid_at and total > 0 else None


AMAZON = Preset(
    name="amazon",
    title=gettext_lazy("Amazon seller orders"),
    channel="amazon",
    currency="USD",
    zone="UTC",
    columns={
        "order_no": ("order-id",),
        "sku": ("sku",),
        "title": ("product-name",),
        "quantity": ("quantity-purchased",),
        "item_price": ("item-price",),
        "item_tax": ("item-tax",),
        "shipping_fee": ("shipping-price",),
        "shipping_tax": ("shipping-tax",),
        "currency": ("currency",),
        "placed_at": ("purchase-date",),
        "paid_at": ("payments-date",),
        "customer_email": ("buyer-email",),
        "customer_name": ("buyer-name",),
        "customer_phone": ("buyer-phone-number",),
        "ship_name": ("recipient-name",),
        "ship_street": ("ship-address-1",),
        "ship_street_2": ("ship-address-2",),
        "ship_street_3": ("ship-address-3",),
        "ship_city": ("ship-city",),
        "ship_province": ("ship-state",),
        "ship_postcode": ("ship-postal-code",),
        "ship_country": ("ship-country",),
        "ship_phone": ("ship-phone-number",),
        "note": ("delivery-Instructions",),
    },
    required=("order_no", "sku", "quantity", "item_price"),
    read=orders_of(Shape(_lines, _sums, _payment)),
)
