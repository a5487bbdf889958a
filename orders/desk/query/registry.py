"""Every qualifier of the query line. A new one is an entry here and a reader beside those of its kind."""

from django.utils.translation import gettext_lazy as _

from orders.desk.query import days, names, numbers, states, things
from orders.desk.query.qualifier import Qualifier

QUALIFIERS = (
    Qualifier(("status", "状态"), _("Status"), _("a status such as to-review or shipped"),
              states.status, states.statuses),
    Qualifier(("amount", "金额"), _("Amount"), _("a number such as 500, >500, <=500 or 100..500"),
              numbers.amount, numbers.amounts, keeps_thousands=True),
    Qualifier(("phone", "电话", "手机"), _("Phone"), _("the last four digits of a phone, or more"),
              names.phone),
    Qualifier(("sku", "货号", "商品"), _("SKU"), _("a SKU code or barcode, or its beginning and *"),
              things.sku, things.skus),
    Qualifier(("date", "日期", "下单"), _("Placed"),
              _("a day such as today, yesterday, 7d, 2026-11-01 or 2026-11-01..2026-11-05"),
              days.placed, days.named_days),
    Qualifier(("tag", "标签"), _("Tag"), _("a tag"), things.tag, things.tags),
    Qualifier(("priority", "优先级"), _("Priority"), _("urgent, high, normal or low"),
              states.priority, states.priorities),
    Qualifier(("city", "城市"), _("City"), _("the beginning of a city"), names.city),
    Qualifier(("province", "省", "省份"), _("Province"), _("the beginning of a province"), names.province),
    Qualifier(("owner", "负责人"), _("Owner"), _("me, none, or a colleague by log-in name"),
              names.owner, names.owners, needs_names=True),
    Qualifier(("channel", "渠道"), _("Channel"), _("a channel by its code or name"),
              names.channel, names.channels, needs_names=True),
    Qualifier(("customer", "客户"), _("Customer"), _("a piece of a name"), names.customer),
    Qualifier(("paid", "付款"), _("Payment"), _("unpaid, part or paid"),
              numbers.paid, numbers.paid_states, permission="orders.view_payment"),
    Qualifier(("external", "平台单号"), _("Platform no."), _("the beginning of a platform number"),
              things.external),
    Qualifier(("waybill", "运单", "运单号"), _("Waybill no."), _("the beginning of a waybill number"),
              things.waybill),
    Qualifier(("parcel", "包裹"), _("Parcel"), _("merged, or mergeable: same recipient and not merged"),
              things.parcel, things.parcels),
    Qualifier(("reason", "原因"), _("Reason"), _("a reason, or a piece of its words"),
              states.reason, states.reasons),
)  # fmt: skip

BY_WORD = {word: one for one in QUALIFIERS for word in one.words}


def offered_to(permissions: frozenset[str]) -> list[Qualifier]:
    return [one for one in QUALIFIERS if not one.permission or one.permission in permissions]
