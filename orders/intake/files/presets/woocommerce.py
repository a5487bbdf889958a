"""WooCommerce: REST orders (/wc/v3/orders), laid out as rows: one an item, and one a fee.

Woo's line totals are after coupons and before tax. An item without a SKU goes by its product number.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy

from orders.intake.draft import ZERO, LineDraft, PaymentDraft
from orders.intake.files.order_reader import Cells, Shape, Sums, orders_of, priced, up_to_total
from orders.intake.files.preset import Preset

_ORDER = (
    "number", "status", "currency", "date_created_gmt", "date_paid_gmt", "payment_method", "transaction_id", "total",
    "total_tax", "shipping_total", "customer_id", "customer_note",
)  # fmt: skip
_BILLING = ("phone", "email")
_SHIPPING = ("company", "address_1", "address_2", "city", "state", "postcode", "country")
HEADER = (
    *_ORDER, "billing.name", *(f"billing.{name}" for name in _BILLING), "shipping.name",
    *(f"shipping.{name}" for name in _SHIPPING), "row", "line.sku", "line.name", "line.quantity", "line.subtotal",
    "line.total",
)  # fmt: skip


def lay_out(order: dict[str, Any]) -> Iterator[list[str]]:
    """A REST order as rows under HEADER."""
    billing = order["billing"]
    shipping = order["shipping"] if any(order["shipping"].values()) else billing
    # Guests all have the number 0.
    order = order | {
        "customer_id": "" if order.get("customer_id") == "0" else order.get("customer_id")
    }
    head = [
        *(order.get(name) for name in _ORDER), _name(billing), *(billing.get(name) for name in _BILLING),
        _name(shipping), *(shipping.get(name) for name in _SHIPPING),
    ]  # fmt: skip
    for item in order["line_items"]:
        yield _texts(
            [
                *head,
                "item",
                _code(item),
                item["name"],
                item["quantity"],
                item["subtotal"],
                item["total"],
            ]
        )
    for fee in order.get("fee_lines") or []:
        yield _texts([*head, "fee", "", fee["name"], 1, fee["total"], fee["total"]])


def _name(address: dict[str, Any]) -> str:
    return f"{address.get('first_name') or ''} {address.get('last_name') or ''}".strip()


def _code(item: dict[str, Any]) -> str:
    if item.get("sku"):
        return str(item["sku"])
    variation = str(item.get("variation_id") or "0")
    return f"{item['product_id']}-{variation}" if variation != "0" else str(item["product_id"])


def _texts(values: list[Any]) -> list[str]:
    return ["" if value is None else str(value) for value in values]


def _lines(row: Cells) -> list[LineDraft]:
    total = row.number("line_total")
    title = row.text("title")[:200]
    if row.text("row") == "fee":
        kind = "discount" if total < 0 else "charge"
        return [LineDraft("", 1, total, ZERO, kind, title)]
    quantity = row.whole("quantity")
    price, discount = priced(row.number("line_subtotal", total), quantity)
    discount += price * quantity - discount - total
    return [LineDraft(row.identifier("sku"), quantity, price, discount, description=title)]


def _sums(head: Cells, _rows: Sequence[Cells], goods: Decimal) -> Sums:
    shipping = head.number("shipping_fee", ZERO)
    return up_to_total(head, goods, shipping, tax=head.number("tax", ZERO))


def _payment(head: Cells, _rows: Sequence[Cells], total: Decimal) -> PaymentDraft | None:
    paid_at = head.moment("paid_at")
    if paid_at is None or total <= 0:
        return None
    method = head.text("payment_method")[:40] or "woocommerce"
    return PaymentDraft(method, total, head.text("payment_reference")[:80], paid_at)


WOOCOMMERCE = Preset(
    name="woocommerce",
    title=gettext_lazy("WooCommerce orders (REST JSON)"),
    channel="woocommerce",
    currency="USD",
    zone="UTC",
    columns={
        "order_no": ("number",),
        "status": ("status",),
        "currency": ("currency",),
        "placed_at": ("date_created_gmt",),
        "paid_at": ("date_paid_gmt",),
        "payment_method": ("payment_method",),
        "payment_reference": ("transaction_id",),
        "total": ("total",),
        "tax": ("total_tax",),
        "shipping_fee": ("shipping_total",),
        "customer_no": ("customer_id",),
        "note": ("customer_note",),
        "customer_name": ("billing.name",),
        "customer_phone": ("billing.phone",),
        "customer_email": ("billing.email",),
        "ship_name": ("shipping.name",),
        "ship_street": ("shipping.address_1",),
        "ship_street_2": ("shipping.address_2",),
        "ship_city": ("shipping.city",),
        "ship_province": ("shipping.state",),
        "ship_postcode": ("shipping.postcode",),
        "ship_country": ("shipping.country",),
        "row": ("row",),
        "sku": ("line.sku",),
        "title": ("line.name",),
        "quantity": ("line.quantity",),
        "line_subtotal": ("line.subtotal",),
        "line_total": ("line.total",),
    },
    required=("order_no", "row", "quantity", "line_total"),
    read=orders_of(
        Shape(
            _lines,
            _sums,
            _payment,
            closed=("cancelled", "refunded", "failed", "pending", "trash", "checkout-draft"),
            sent=("completed", "shipped"),
        )
    ),
)
