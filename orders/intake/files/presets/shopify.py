"""Shopify: the CSV export, and the REST orders laid out under the same headings.

`Subtotal` is what the lines come to after every discount, `Total` what the customer owes; what lies between, beyond
carriage, is tax (nothing, where prices include it).
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.intake.draft import ZERO, LineDraft, PaymentDraft
from orders.intake.files.order_reader import Cells, Shape, Sums, orders_of
from orders.intake.files.preset import Preset

HEADER = (
    "Name", "Email", "Phone", "Financial Status", "Fulfillment Status", "Paid at", "Currency", "Subtotal", "Shipping",
    "Total", "Discount Amount", "Created at", "Lineitem quantity", "Lineitem name", "Lineitem price", "Lineitem sku",
    "Shipping Name", "Shipping Address1", "Shipping Address2", "Shipping City", "Shipping Zip", "Shipping Province",
    "Shipping Country", "Shipping Phone", "Notes", "Payment Method", "Cancelled at",
)  # fmt: skip


def _lines(row: Cells) -> list[LineDraft]:
    if row.text("cancelled_at"):
        raise row.problem("cancelled_at", _("the order was cancelled; there is nothing to send."))
    if row.text("paid_status").casefold() in ("refunded", "voided"):
        raise row.problem("paid_status", _("the order was refunded; there is nothing to send."))
    code = row.identifier("sku") or row.text("title")[:64]
    title = row.text("title")[:200]
    return [LineDraft(code, row.whole("quantity"), row.number("unit_price"), description=title)]


def _sums(head: Cells, _rows: Sequence[Cells], goods: Decimal) -> Sums:
    shipping = head.number("shipping_fee", ZERO)
    subtotal = head.number("subtotal", goods - head.number("discount", ZERO))
    total = head.number("total", subtotal + shipping)
    tax = total - subtotal - shipping
    if subtotal > goods or tax < 0:
        raise head.problem(
            "total",
            _(
                "the order's amounts do not add up: lines %(goods)s, subtotal %(subtotal)s, total %(total)s."
            )
            % {"goods": goods, "subtotal": subtotal, "total": total},
        )
    return Sums(shipping, tax, goods - subtotal)


def _payment(head: Cells, _rows: Sequence[Cells], total: Decimal) -> PaymentDraft | None:
    if head.text("paid_status").casefold() != "paid" or total <= 0:
        return None
    return PaymentDraft(
        head.text("payment_method")[:40] or "shopify", total, "", head.moment("paid_at")
    )


def lay_out(order: dict[str, Any]) -> Iterator[list[str]]:
    """A REST order as rows under HEADER."""
    ship_to = order.get("shipping_address") or {}
    gateways = order.get("payment_gateway_names") or [""]
    shipping = sum((Decimal(one["price"]) for one in order.get("shipping_lines") or []), ZERO)
    for item in order["line_items"]:
        values = (
            order["name"], order.get("email"), order.get("phone"), order.get("financial_status"),
            order.get("fulfillment_status"), order.get("processed_at"), order.get("currency"),
            order.get("subtotal_price"), str(shipping), order["total_price"], order.get("total_discounts"),
            order.get("created_at"), item["quantity"], item.get("name"), item["price"], item.get("sku"),
            ship_to.get("name"), ship_to.get("address1"), ship_to.get("address2"), ship_to.get("city"),
            ship_to.get("zip"), ship_to.get("province"), ship_to.get("country_code"), ship_to.get("phone"),
            order.get("note"), gateways[0], order.get("cancelled_at"),
        )  # fmt: skip
        yield ["" if value is None else str(value) for value in values]


SHOPIFY = Preset(
    name="shopify",
    title=gettext_lazy("Shopify orders (CSV or REST JSON)"),
    channel="shopify",
    currency="USD",
    columns={
        "order_no": ("Name",),
        "sku": ("Lineitem sku",),
        "title": ("Lineitem name",),
        "quantity": ("Lineitem quantity",),
        "unit_price": ("Lineitem price",),
        "currency": ("Currency",),
        "subtotal": ("Subtotal",),
        "shipping_fee": ("Shipping",),
        "discount": ("Discount Amount",),
        "total": ("Total",),
        "placed_at": ("Created at",),
        "paid_status": ("Financial Status",),
        "paid_at": ("Paid at",),
        "payment_method": ("Payment Method",),
        "status": ("Fulfillment Status",),
        "cancelled_at": ("Cancelled at", "Canceled at"),
        "customer_no": ("Email",),
        "customer_email": ("Email",),
        "customer_phone": ("Phone", "Billing Phone"),
        "customer_name": ("Billing Name",),
        "ship_name": ("Shipping Name",),
        "ship_phone": ("Shipping Phone",),
        "ship_street": ("Shipping Address1", "Shipping Street"),
        "ship_street_2": ("Shipping Address2",),
        "ship_city": ("Shipping City",),
        "ship_postcode": ("Shipping Zip",),
        "ship_province": ("Shipping Province Name", "Shipping Province"),
        "ship_country": ("Shipping Country",),
        "note": ("Notes",),
    },
    required=("order_no", "quantity", "unit_price"),
    read=orders_of(Shape(_lines, _sums, _payment, sent=("fulfilled", "shipped"))),
)
