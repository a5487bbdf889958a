"""Our own template: what `GET /import/template.csv` gives, in English or Chinese headings. A row is an item."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.intake.draft import ZERO, LineDraft, PaymentDraft
from orders.intake.files.order_reader import Cells, Shape, Sums, orders_of
from orders.intake.files.preset import Preset

COLUMNS: dict[str, tuple[str, ...]] = {
    "order_no": ("order_no", "订单号", "订单编号"),
    "placed_at": ("placed_at", "下单时间"),
    "customer_no": ("customer_no", "客户编号"),
    "customer_name": ("customer_name", "客户", "客户姓名"),
    "customer_phone": ("customer_phone", "客户电话"),
    "customer_email": ("customer_email", "邮箱"),
    "ship_name": ("ship_name", "收货人"),
    "ship_phone": ("ship_phone", "收货电话", "联系手机"),
    "ship_country": ("ship_country", "国家"),
    "ship_province": ("ship_province", "省"),
    "ship_city": ("ship_city", "市"),
    "ship_district": ("ship_district", "区县"),
    "ship_street": ("ship_street", "详细地址"),
    "ship_postcode": ("ship_postcode", "邮编"),
    "address": ("address", "收货地址"),
    "sku": ("sku", "商品编码", "SKU编码"),
    "quantity": ("quantity", "数量"),
    "unit_price": ("unit_price", "单价"),
    "line_discount": ("line_discount", "行优惠"),
    "shipping_fee": ("shipping_fee", "运费"),
    "discount": ("discount", "整单优惠"),
    "total": ("total", "订单金额"),
    "currency": ("currency", "币种"),
    "payment_method": ("payment_method", "付款方式"),
    "payment_amount": ("payment_amount", "付款金额"),
    "payment_reference": ("payment_reference", "付款流水号"),
    "paid_at": ("paid_at", "付款时间"),
    "note": ("note", "备注"),
}


def _lines(row: Cells) -> list[LineDraft]:
    return [
        LineDraft(
            row.identifier("sku"), row.whole("quantity"), row.number("unit_price"), row.number("line_discount", ZERO)
        )
    ]  # fmt: skip


def _sums(head: Cells, _rows: Sequence[Cells], goods: Decimal) -> Sums:
    sums = Sums(shipping=head.number("shipping_fee", ZERO), discount=head.number("discount", ZERO))
    computed = goods + sums.shipping - sums.discount
    if head.text("total") and head.number("total") != computed:
        raise head.problem(
            "total",
            _("the lines add up to %(computed)s, not %(given)s. Correct them or leave it empty.")
            % {"computed": computed, "given": head.text("total")[:40]},
        )
    return sums


def _payment(head: Cells, _rows: Sequence[Cells], total: Decimal) -> PaymentDraft | None:
    if not head.text("payment_method") and not head.text("payment_amount"):
        return None
    return PaymentDraft(
        head.text("payment_method"),
        head.number("payment_amount", total),
        head.identifier("payment_reference"),
        head.moment("paid_at"),
    )


OWN = Preset(
    name="oms",
    title=gettext_lazy("Own template"),
    channel="file",
    currency="CNY",
    columns=COLUMNS,
    required=("order_no", "sku", "quantity", "unit_price"),
    read=orders_of(Shape(_lines, _sums, _payment)),
    refuses_unknown_columns=True,
)
