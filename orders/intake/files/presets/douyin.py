"""Douyin (抖店): a row is a sub-order, or several of them joined with ";" whose amount is given together."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oms.tables import cells
from oms.tables.cells import CellProblem
from orders.intake.draft import ZERO, LineDraft, PaymentDraft
from orders.intake.files.order_reader import Cells, Shape, Sums, orders_of, priced
from orders.intake.files.preset import Preset

_CENT = Decimal("0.01")


def _lines(row: Cells) -> list[LineDraft]:
    codes = _parts(row.text("sku"))
    quantities = _quantities(row)
    if len(codes) != len(quantities):
        raise row.problem(
            "sku",
            _("the row joins %(codes)d codes, but %(quantities)d quantities.")
            % {"codes": len(codes), "quantities": len(quantities)},
        )
    titles = _parts(row.text("title")) + [""] * len(codes)
    left = row.number("goods_amount")
    pieces = sum(quantities)
    lines = []
    for at, (code, quantity) in enumerate(zip(codes, quantities, strict=True)):
        # The amount is shared out by pieces; the last code takes what rounding leaves.
        is_last = at == len(codes) - 1 or pieces == 0
        share = left if is_last else (left * quantity / pieces).quantize(_CENT)
        price, discount = priced(share, quantity)
        lines.append(LineDraft(code, quantity, price, discount, description=titles[at][:200]))
        left -= share
        pieces -= quantity
    return lines


def _quantities(row: Cells) -> list[int]:
    try:
        return [cells.whole(part) for part in _parts(row.text("quantity"))]
    except CellProblem as problem:
        raise row.problem("quantity", problem.words) from None


def _parts(text: str) -> list[str]:
    return [cells.clean(part) for part in text.replace("；", ";").split(";")]


def _sums(head: Cells, _rows: Sequence[Cells], _goods: Decimal) -> Sums:
    return Sums(head.number("shipping_fee", ZERO))


def _payment(head: Cells, _rows: Sequence[Cells], total: Decimal) -> PaymentDraft | None:
    placed_at = head.moment("placed_at")
    return PaymentDraft("douyin", total, "", placed_at) if total > 0 else None


DOUYIN = Preset(
    name="douyin",
    title=gettext_lazy("Douyin orders"),
    channel="douyin",
    currency="CNY",
    zone="Asia/Shanghai",
    columns={
        "order_no": ("主订单编号",),
        "sku": ("商家编码",),
        "title": ("选购商品",),
        "quantity": ("商品数量",),
        "goods_amount": ("订单应付金额",),
        "shipping_fee": ("运费",),
        "status": ("订单状态",),
        "ship_name": ("收件人",),
        "ship_phone": ("收件人手机号",),
        "address": ("详细地址",),
        "placed_at": ("订单提交时间",),
        "note": ("商家备注",),
    },
    required=("order_no", "sku", "quantity", "goods_amount"),
    read=orders_of(
        Shape(
            _lines,
            _sums,
            _payment,
            closed=("已关闭", "已取消", "待支付", "待付款", "未支付"),
            sent=("已发货", "已完成", "已签收", "已收货"),
        )
    ),
)
