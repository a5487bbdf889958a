"""Exports of the platforms, with their own headings and quirks, become orders."""

from decimal import Decimal

import pytest

from inventory.models import SkuAlias
from orders.models import Order
from tests.fixtures.company import create_sku
from tests.intake_files import platform_files as files
from tests.intake_files.conftest import outcomes, reasons
from tests.intake_files.platform_files import table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cup")]

TAOBAO = {
    "订单编号": '="2719861234567890123"', "买家会员名": "tb_小明", "买家应付货款": "59.70元", "买家应付邮费": "6.00",
    "总金额": "60.70", "买家实际支付金额": "60.70", "订单状态": "买家已付款，等待卖家发货", "买家留言": "-",
    "收货人姓名": "王小明", "收货地址": "浙江省 杭州市 西湖区 文三路 1 号(310000)", "联系手机": "'13800138001",
    "订单创建时间": "2026-11-01 10:00:00", "订单付款时间": "2026-11-01 10:01:00", "宝贝标题": "白瓷杯", "宝贝种类": "1",
    "宝贝总数量": "3", "店铺名称": "小店",
}  # fmt: skip
PINDUODUO = {
    "订单成交时间": "2026-11-01 10:00:00", "商品": "白瓷杯", "订单号": "\t261101-123456789012345", "订单状态": "待发货",
    "商品总价(元)": '"1,200.00"', "邮费(元)": "0", "店铺优惠折扣(元)": "100", "平台优惠折扣(元)": "50",
    "用户实付金额(元)": "1050", "商家实收金额(元)": "1100", "商品数量(件)": "120", "商品规格": "白色",
    "商家编码-规格维度": "CUP-1", "售后状态": "无售后或售后取消",
}  # fmt: skip


def only() -> Order:
    return Order.objects.get()


def lines(order: Order) -> list[tuple[object, ...]]:
    found = order.lines.order_by("position")
    return list(
        found.values_list(
            "kind", "sku__code", "quantity", "unit_price", "discount_amount", "amount"
        )
    )


@pytest.fixture
def cup_in_taobao(cup, take_in):
    """The title of the listing is a code of the cup in the channel, which the first import creates."""
    take_in(table(files.TAOBAO))
    channel = Order._meta.get_field("channel").related_model.objects.get(code="taobao")
    SkuAlias.objects.create(sku=cup, channel=channel, code="白瓷杯")


@pytest.mark.usefixtures("cup_in_taobao")
def test_taobao_orders_go_by_the_title_of_their_one_product(take_in) -> None:
    batch = take_in(table(files.TAOBAO, TAOBAO).encode("gb18030"))

    order = only()
    assert (batch.preset, order.channel.code, order.external_no) == (
        "taobao",
        "taobao",
        "2719861234567890123",
    )
    assert (order.total_amount, order.shipping_amount, order.discount_amount) == (
        Decimal("60.70"), Decimal(6), Decimal(5),
    )  # fmt: skip
    assert lines(order) == [("goods", "CUP-1", 3, Decimal("19.90"), 0, Decimal("59.70"))]
    assert (order.ship_province, order.ship_city, order.ship_district, order.ship_street) == (
        "浙江省", "杭州市", "西湖区", "文三路 1 号",
    )  # fmt: skip
    assert (order.ship_postcode, order.ship_phone, order.note) == ("310000", "13800138001", "")
    assert order.placed_at.isoformat() == "2026-11-01T02:00:00+00:00"
    assert order.payments.get().amount == Decimal("60.70")
    assert batch.account["amounts"]["gross"]["difference"] == "0.00"


@pytest.mark.usefixtures("cup_in_taobao")
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"宝贝种类": "2"}, "Column “宝贝种类”: the order has 2 products"),
        ({"订单状态": "交易关闭"}, "“交易关闭” is no order to be sent"),
        ({"订单编号": "2.71986E+18"}, "Column “订单编号”: “2.71986E+18” was rewritten by Excel"),
        ({"联系手机": "1.38E+10"}, "Column “联系手机”: “1.38E+10” was rewritten by Excel"),
        ({"宝贝总数量": "0"}, "Column “宝贝总数量”: “0” pieces cannot be ordered"),
        ({"总金额": "99"}, "Column “总金额”: the order comes to 99, but its lines"),
        ({"宝贝标题": "没有的杯子"}, "sku “没有的杯子”: There is no SKU"),
    ],
)
def test_a_taobao_row_that_cannot_be_taken_in_says_why(take_in, change, words) -> None:
    batch = take_in(table(files.TAOBAO, TAOBAO | change))

    assert words in reasons(batch)[2]
    assert not Order.objects.exists()


@pytest.mark.usefixtures("cup_in_taobao")
def test_what_was_sent_already_is_placed_and_held(take_in) -> None:
    take_in(table(files.TAOBAO, TAOBAO | {"订单状态": "卖家已发货，等待买家确认"}))

    order = only()
    assert (order.status, order.reason_code) == ("on_hold", "held_by_person")
    assert order.reason_detail == "Already sent according to the platform: 卖家已发货，等待买家确认"


def test_tmall_items_of_one_order_come_together(take_in) -> None:
    row = {
        "主订单编号": "'2719861234567890123", "标题": "白瓷杯", "价格": "10.00", "购买数量": "2", "商家编码": "",
        "外部系统编号": "cup-1", "订单状态": "等待卖家发货", "支付单号": "2026110122001", "买家应付货款": "18.00",
        "买家实际支付金额": "18.00", "退款状态": "没有申请退款", "订单创建时间": "2026-11-01 10:00:00",
        "订单付款时间": "2026-11-01 10:00:30",
    }  # fmt: skip

    take_in(
        table(
            files.TMALL, row, row | {"购买数量": "1", "买家应付货款": "10", "买家实际支付金额": "9"}
        )
    )

    assert lines(only()) == [
        ("goods", "CUP-1", 2, Decimal(10), Decimal(2), Decimal(18)),
        ("goods", "CUP-1", 1, Decimal(10), Decimal(0), Decimal(10)),
    ]
    assert only().payments.get().amount == Decimal(27)


def test_a_refunded_tmall_item_keeps_its_order_out(take_in) -> None:
    row = {"主订单编号": "1", "价格": "10", "购买数量": "1", "商家编码": "CUP-1"}

    batch = take_in(table(files.TMALL, row, row | {"退款状态": "退款成功"}))

    assert "the item was refunded" in reasons(batch)[3]
    assert not Order.objects.exists()


def test_pinduoduo_counts_what_the_merchant_receives(take_in) -> None:
    batch = take_in(table(files.PINDUODUO, PINDUODUO))

    order = only()
    assert (order.external_no, order.total_amount) == ("261101-123456789012345", Decimal(1100))
    assert lines(order) == [("goods", "CUP-1", 120, Decimal(10), 0, Decimal(1200))]
    assert order.discount_amount == Decimal(100)
    assert "快递公司" in batch.account["unused_columns"]


def test_a_pinduoduo_order_without_a_time_is_not_paid_and_may_come_again(take_in) -> None:
    row = PINDUODUO | {"订单成交时间": "-"}

    take_in(table(files.PINDUODUO, row))
    again = take_in(table(files.PINDUODUO, row, PINDUODUO | {"订单号": "2"}))

    assert outcomes(again) == ["duplicate", "goods"]
    assert not Order.objects.get(external_no="261101-123456789012345").payments.exists()


def test_jd_amounts_stand_in_every_row_of_the_order(take_in) -> None:
    row = {
        "订单号": "284756120938", "货号": "CUP-1", "订购数量": "2", "京东价": "10", "结算金额": "25",
        "运费金额": "6", "下单时间": "2026-11-01 10:00:00", "付款确认时间": "2026-11-01 10:00:09", "下单帐号": "jd_x",
        "客户姓名": "李雷", "客户地址": "上海市浦东新区世纪大道 100 号", "联系电话": "13800138002",
        "订单状态": "等待出库",
    }  # fmt: skip

    take_in(table(files.JD, row, row | {"订购数量": "1", "京东价": "1"}))

    order = only()
    assert (order.total_amount, order.discount_amount) == (Decimal(25), Decimal(2))
    assert (order.ship_province, order.ship_city, order.ship_district, order.ship_street) == (
        "上海市", "上海市", "浦东新区", "世纪大道 100 号",
    )  # fmt: skip


def test_douyin_sub_orders_joined_in_one_row_become_lines(take_in) -> None:
    create_sku("CUP-2")
    row = {
        "主订单编号": "\t6921234567890123456", "子订单编号": "\t1;2", "选购商品": "杯;大杯", "商品数量": "1;2",
        "商家编码": "CUP-1;CUP-2", "订单应付金额": "100", "运费": "-", "收件人": "王小明",
        "收件人手机号": "\t13800138001", "订单提交时间": "2026-11-01 10:00:00", "订单状态": "待发货",
    }  # fmt: skip

    batch = take_in(table(files.DOUYIN, row).encode("utf-8-sig"))

    assert lines(only()) == [
        ("goods", "CUP-1", 1, Decimal("33.33"), 0, Decimal("33.33")),
        ("goods", "CUP-2", 2, Decimal("33.335"), 0, Decimal("66.67")),
    ]
    assert batch.account["units"]["difference"] == 0
    wrong = take_in(table(files.DOUYIN, row | {"商品数量": "3"}))
    assert "the row joins 2 codes, but 1 quantities" in reasons(wrong)[2]


def test_amazon_prices_are_those_of_all_pieces(take_in) -> None:
    row = {
        "order-id": "113-1234567-1234567", "purchase-date": "2026-11-01T02:00:00+00:00",
        "payments-date": "2026-11-01T02:00:05+00:00", "buyer-name": "John Doe", "sku": "CUP-1",
        "quantity-purchased": "3", "currency": "USD", "item-price": "10.00", "item-tax": "0.80",
        "shipping-price": "4.00", "shipping-tax": "0.20", "recipient-name": "Jane Doe", "ship-address-1": "1 Main St",
        "ship-address-2": "Apt 2", "ship-city": "Austin", "ship-state": "TX", "ship-country": "US",
    }  # fmt: skip

    batch = take_in(table(files.AMAZON, row, delimiter="\t"))

    order = only()
    assert (order.currency, order.total_amount, order.ship_street) == (
        "USD",
        Decimal(15),
        "1 Main St Apt 2",
    )
    assert lines(order) == [
        ("goods", "CUP-1", 3, Decimal("3.34"), Decimal("0.02"), Decimal(10)),
        ("charge", None, 1, Decimal(1), 0, Decimal(1)),
    ]
    assert batch.account["units"] == {
        "source": 3, "booked": 3, "financial": 0, "not_booked": 0, "difference": 0,
    }  # fmt: skip


def test_shopify_tells_the_order_in_its_first_row(take_in) -> None:
    first = {
        "Name": "#1001", "Email": "jane@example.com", "Financial Status": "paid", "Fulfillment Status": "unfulfilled",
        "Paid at": "2026-11-01 09:00:00 -0500", "Currency": "EUR", "Subtotal": "18.00", "Shipping": "5.00",
        "Taxes": "1.80", "Total": "24.80", "Discount Amount": "2.00", "Created at": "2026-11-01 08:59:00 -0500",
        "Lineitem quantity": "1", "Lineitem name": "Cup", "Lineitem price": "10.00", "Lineitem sku": "CUP-1",
        "Shipping Name": "Jane", "Shipping Zip": "'00123", "Shipping Country": "FR",
    }  # fmt: skip
    second = {
        "Name": "#1001", "Email": "jane@example.com", "Lineitem quantity": "1", "Lineitem price": "10.00",
        "Lineitem sku": "CUP-1",
    }  # fmt: skip

    take_in(table(files.SHOPIFY, first, second))

    order = only()
    assert (order.external_no, order.currency, order.total_amount) == (
        "#1001",
        "EUR",
        Decimal("24.80"),
    )
    assert (order.discount_amount, order.ship_postcode, order.status) == (
        Decimal(2), "00123", "pending_review",
    )  # fmt: skip
    assert [line[5] for line in lines(order)] == [Decimal(10), Decimal(10), Decimal("1.80")]
    assert order.placed_at.isoformat() == "2026-11-01T13:59:00+00:00"


def test_our_template_takes_chinese_headings_and_checks_the_total(take_in) -> None:
    header = "订单号,商品编码,数量,单价,行优惠,运费,整单优惠,订单金额,付款方式,客户电话,收货地址"
    row = {
        "订单号": "A1", "商品编码": "cup-1", "数量": "2", "单价": "9.99", "行优惠": "1", "运费": "8",
        "订单金额": "26.98", "付款方式": "wechat", "客户电话": "13800138001", "收货地址": "某地",
    }  # fmt: skip

    batch = take_in(table(header, row, row | {"订单号": "A2", "订单金额": "27"}))

    assert outcomes(batch) == ["goods", "rejected"]
    assert "the lines add up to 26.98, not 27" in reasons(batch)[3]
    assert (only().total_amount, only().ship_street) == (Decimal("26.98"), "某地")
    assert only().payments.get().amount == Decimal("26.98")


def test_an_unknown_currency_is_said(take_in) -> None:
    batch = take_in(table("order_no,sku,quantity,unit_price,currency", {
        "order_no": "1", "sku": "CUP-1", "quantity": "1", "unit_price": "1", "currency": "XXX",
    }))  # fmt: skip

    assert reasons(batch)[2].startswith("currency “XXX”: Choose a currency that is in use")
