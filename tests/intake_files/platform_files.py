"""Exports as the platforms write them: real headings, made-up people."""

from collections.abc import Mapping

TAOBAO = (
    "订单编号,买家会员名,买家支付宝账号,买家应付货款,买家应付邮费,买家支付积分,总金额,返点积分,买家实际支付金额,"
    "买家实际支付积分,订单状态,买家留言,收货人姓名,收货地址,运送方式,联系电话,联系手机,订单创建时间,订单付款时间,"
    "宝贝标题,宝贝种类,物流单号,物流公司,订单备注,宝贝总数量,店铺Id,店铺名称,订单关闭原因,卖家服务费,买家服务费,"
    "发票抬头,是否手机订单,分阶段订单信息,特权订金订单id,定金排名,修改后的sku,修改后的收货地址,异常信息,天猫卡券抵扣,"
    "集分宝抵扣,是否是O2O交易"
)
TMALL = (
    "子订单编号,主订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,订单状态,商家编码,支付单号,"
    "买家应付货款,买家实际支付金额,退款状态,退款金额,订单创建时间,订单付款时间"
)
PINDUODUO = (
    "订单成交时间,商品,订单号,订单状态,商品总价(元),邮费(元),店铺优惠折扣(元),平台优惠折扣(元),多多支付立减金额(元),"
    "用户实付金额(元),商家实收金额(元),商品数量(件),发货时间,确认收货时间,商品id,商品规格,样式ID,商家编码-规格维度,"
    "商家编码-商品维度,商家备注,售后状态,快递单号,快递公司"
)
JD = (
    "订单号,商品ID,商品名称,货号,订购数量,下单时间,付款确认时间,订单完成时间,京东价,订单金额,结算金额,余额支付,应付金额,"
    "运费金额,服务费,订单状态,订单类型,订单来源,订单渠道,下单帐号,客户姓名,客户地址,联系电话,订单备注,商家备注,"
    "商家备注等级（等级1-5为由高到低）,发票类型,发票抬头,发票内容,增值税发票,送装服务,仓库id,仓库名称"
)
DOUYIN = (
    "主订单编号,子订单编号,选购商品,商品规格,商品数量,商家编码,订单应付金额,运费,收件人,收件人手机号,详细地址,"
    "订单提交时间,商家备注,订单完成时间,订单状态,售后状态,取消原因,发货时间,平台实际承担优惠金额,商家实际承担优惠金额,"
    "达人实际承担优惠金额"
)
AMAZON = (
    "order-id,order-item-id,purchase-date,payments-date,buyer-email,buyer-name,buyer-phone-number,sku,product-name,"
    "quantity-purchased,currency,item-price,item-tax,shipping-price,shipping-tax,ship-service-level,recipient-name,"
    "ship-address-1,ship-address-2,ship-address-3,ship-city,ship-state,ship-postal-code,ship-country,"
    "ship-phone-number,delivery-start-date,delivery-end-date,delivery-time-zone,delivery-Instructions"
)
SHOPIFY = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,"
    "Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,"
    "Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,"
    "Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,"
    "Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,"
    "Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,"
    "Shipping Country,Shipping Phone,Notes,Cancelled at,Payment Method"
)


def table(header: str, *rows: Mapping[str, object], delimiter: str = ",") -> str:
    """The export's text: each row says only the cells that matter; the others are empty."""
    headings = header.split(",")
    for row in rows:
        assert not row.keys() - set(headings)
    texts = [delimiter.join(str(row.get(one, "")) for one in headings) for row in rows]
    return "\n".join([delimiter.join(headings), *texts, ""])
