"""Taobao and Tmall: the list of orders (ExportOrderList) and the list of items (ExportOrderDetailList).

The list of orders names no product code. An order of one product is found by its title, which must be a channel code
of the SKU; one of several products needs the list of items.
"""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.intake.draft import ZERO, LineDraft, PaymentDraft
from orders.intake.files.order_reader import Cells, Shape, Sums, orders_of, priced, up_to_total
from orders.intake.files.preset import Preset

_CLOSED = ("交易关闭", "已关闭", "等待买家付款", "待付款", "定金已付")
_SENT = ("卖家已发货", "已发货", "交易成功", "已签收")
_CODE_LENGTH = 64


def _order_lines(row: Cells) -> list[LineDraft]:
    if row.text("kinds") and row.whole("kinds") > 1:
        raise row.problem(
            "kinds",
            _(
                "the order has %s products and this list does not name them. Import the list of items instead."
            )
            % row.text("kinds"),
        )
    quantity = row.whole("quantity")
    price, discount = priced(row.number("goods_amount"), quantity)
    title = row.text("title")
    return [LineDraft(title[:_CODE_LENGTH], quantity, price, discount, description=title[:200])]


def _order_sums(head: Cells, _rows: Sequence[Cells], goods: Decimal) -> Sums:
    return up_to_total(head, goods, head.number("shipping_fee", ZERO))


def _order_payment(head: Cells, _rows: Sequence[Cells], _total: Decimal) -> PaymentDraft | None:
    paid = head.number("paid_amount", ZERO)
    paid_at = head.moment("paid_at")
    return PaymentDraft("alipay", paid, "", paid_at) if paid and paid_at else None


def _item_lines(row: Cells) -> list[LineDraft]:
    if "成功" in row.text("refund_status"):
        raise row.problem("refund_status", _("the item was refunded. Enter what remains by hand."))
    quantity = row.whole("quantity")
    price = row.number("unit_price")
    discount = ZERO
    if row.text("goods_amount"):
        payable = row.number("goods_amount")
        discount = price * quantity - payable
        if discount < 0:
            price, discount = priced(payable, quantity)
    title = " ".join(filter(None, (row.text("title"), row.text("variant"))))
    code = row.identifier("sku") or row.identifier("outer_sku")
    return [LineDraft(code, quantity, price, discount, description=title[:200])]


def _item_payment(head: Cells, rows: Sequence[Cells], _total: Decimal) -> PaymentDraft | None:
    paid = sum((row.number("paid_amount", ZERO) for row in rows), ZERO)
    paid_at = head.moment("paid_at")
    reference = head.identifier("payment_reference")
    return PaymentDraft("alipay", paid, reference, paid_at) if paid and paid_at else None


TAOBAO = Preset(
    name="taobao",
    title=gettext_lazy("Taobao orders (ExportOrderList)"),
    channel="taobao",
    currency="CNY",
    zone="Asia/Shanghai",
    columns={
        "order_no": ("订单编号",),
        "title": ("宝贝标题",),
        "quantity": ("宝贝总数量",),
        "goods_amount": ("买家应付货款",),
        "shipping_fee": ("买家应付邮费",),
        "total": ("总金额",),
        "paid_amount": ("买家实际支付金额", "支付金额"),
        "kinds": ("宝贝种类",),
        "status": ("订单状态",),
        "customer_no": ("买家会员名",),
        "ship_name": ("收货人姓名", "收货人"),
        "address": ("收货地址",),
        "new_address": ("修改后的收货地址",),
        "ship_phone": ("联系手机",),
        "customer_phone": ("联系电话",),
        "placed_at": ("订单创建时间",),
        "paid_at": ("订单付款时间",),
        "note": ("买家留言",),
    },
    required=("order_no", "title", "quantity", "goods_amount"),
    read=orders_of(Shape(_order_lines, _order_sums, _order_payment, _CLOSED, _SENT)),
)

TMALL = Preset(
    name="tmall",
    title=gettext_lazy("Tmall or Taobao items (ExportOrderDetailList)"),
    channel="tmall",
    currency="CNY",
    zone="Asia/Shanghai",
    columns={
        "order_no": ("主订单编号",),
        "sku": ("商家编码",),
        "outer_sku": ("外部系统编号",),
        "title": ("标题",),
        "variant": ("商品属性",),
        "quantity": ("购买数量",),
        "unit_price": ("价格",),
        "goods_amount": ("买家应付货款",),
        "paid_amount": ("买家实际支付金额",),
        "refund_status": ("退款状态",),
        "status": ("订单状态",),
        "payment_reference": ("支付单号",),
        "placed_at": ("订单创建时间",),
        "paid_at": ("订单付款时间",),
        "note": ("备注",),
    },
    required=("order_no", "quantity", "unit_price"),
    read=orders_of(Shape(_item_lines, payment=_item_payment, closed=_CLOSED, sent=_SENT)),
)
