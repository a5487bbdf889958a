"""JD (京东): a row is an item; the order's amounts stand in each of its rows."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext_lazy

from orders.intake.draft import ZERO, LineDraft, PaymentDraft
from orders.intake.files.order_reader import Cells, Shape, Sums, orders_of, up_to_total
from orders.intake.files.preset import Preset


def _lines(row: Cells) -> list[LineDraft]:
    code = row.identifier("sku") or row.identifier("product_id")
    title = row.text("title")[:200]
    return [LineDraft(code, row.whole("quantity"), row.number("unit_price"), description=title)]


def _sums(head: Cells, _rows: Sequence[Cells], goods: Decimal) -> Sums:
    return up_to_total(head, goods, head.number("shipping_fee", ZERO))


def _payment(head: Cells, _rows: Sequence[Cells], total: Decimal) -> PaymentDraft | None:
    paid_at = head.moment("paid_at")
    return PaymentDraft("jd", total, "", paid_at) if paid_at and total > 0 else None


JD = Preset(
    name="jd",
    title=gettext_lazy("JD orders"),
    channel="jd",
    currency="CNY",
    zone="Asia/Shanghai",
    columns={
        "order_no": ("订单号",),
        "sku": ("货号",),
        "product_id": ("商品ID",),
        "title": ("商品名称",),
        "quantity": ("订购数量",),
        "unit_price": ("京东价",),
        "total": ("结算金额",),
        "shipping_fee": ("运费金额",),
        "status": ("订单状态",),
        "placed_at": ("下单时间",),
        "paid_at": ("付款确认时间",),
        "customer_no": ("下单帐号", "下单账号"),
        "ship_name": ("客户姓名",),
        "address": ("客户地址",),
        "ship_phone": ("联系电话",),
        "note": ("订单备注",),
    },
    required=("order_no", "quantity", "unit_price"),
    read=orders_of(
        Shape(
            _lines,
            _sums,
            _payment,
            closed=("取消", "等待付款", "待付款", "已删除", "锁定"),
            sent=("等待确认收货", "已出库", "已发货", "完成", "已收货"),
        )
    ),
)
