"""Pinduoduo: a row is an order of one product.

What the platform pays on top (its own coupons) reaches the merchant, so the order's total is what the merchant
receives; only the shop's own discount lowers it.
"""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.intake.draft import ZERO, LineDraft, PaymentDraft
from orders.intake.files.order_reader import Cells, Shape, Sums, orders_of, priced, up_to_total
from orders.intake.files.preset import Preset


def _lines(row: Cells) -> list[LineDraft]:
    if "退款成功" in row.text("refund_status"):
        raise row.problem("refund_status", _("the order was refunded. Enter what remains by hand."))
    quantity = row.whole("quantity")
    price, discount = priced(row.number("goods_amount"), quantity)
    code = row.identifier("sku") or row.identifier("product_sku") or row.identifier("style_id")
    title = " ".join(filter(None, (row.text("title"), row.text("variant"))))
    return [LineDraft(code, quantity, price, discount, description=title[:200])]


def _sums(head: Cells, _rows: Sequence[Cells], goods: Decimal) -> Sums:
    shipping = head.number("shipping_fee", ZERO)
    if head.text("total"):
        return up_to_total(head, goods, shipping)
    return Sums(shipping, discount=head.number("shop_discount", ZERO))


def _payment(head: Cells, _rows: Sequence[Cells], total: Decimal) -> PaymentDraft | None:
    paid_at = head.moment("placed_at")
    is_paid = head.number("paid_amount", ZERO) > 0 and total > 0
    return PaymentDraft("pinduoduo", total, "", paid_at) if is_paid and paid_at else None


PINDUODUO = Preset(
    name="pinduoduo",
    title=gettext_lazy("Pinduoduo orders"),
    channel="pinduoduo",
    currency="CNY",
    zone="Asia/Shanghai",
    columns={
        "order_no": ("订单号",),
        "placed_at": ("订单成交时间", "成交时间"),
        "title": ("商品", "商品名称"),
        "variant": ("商品规格",),
        "sku": ("商家编码-规格维度",),
        "product_sku": ("商家编码-商品维度",),
        "style_id": ("样式ID",),
        "quantity": ("商品数量(件)", "商品数量"),
        "goods_amount": ("商品总价(元)", "商品总价"),
        "shipping_fee": ("邮费(元)", "邮费"),
        "shop_discount": ("店铺优惠折扣(元)", "店铺优惠折扣"),
        "paid_amount": ("用户实付金额(元)", "用户实付金额"),
        "total": ("商家实收金额(元)", "商家实收金额"),
        "status": ("订单状态",),
        "refund_status": ("售后状态",),
        "ship_name": ("收货人", "收件人"),
        "ship_phone": ("手机", "收件人手机"),
        "address": ("收货地址", "详细地址"),
        "note": ("商家备注",),
    },
    required=("order_no", "quantity", "goods_amount"),
    read=orders_of(
        Shape(
            _lines,
            _sums,
            _payment,
            closed=("已取消", "退款成功", "待付款", "待支付", "已关闭", "未支付"),
            sent=("已发货", "已签收", "已收货", "交易成功", "已完成"),
        )
    ),
)
