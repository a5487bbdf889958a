"""Which column is what, guessed from headings in two languages and from the values below them."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from oms.tables.cells import clean
from oms.tables.columns import folded
from orders.intake.files.presets import PRESETS
from orders.intake.files.presets.own import COLUMNS

SURE, LIKELY, PERHAPS = "sure", "likely", "perhaps"

# What people write over their own tables, beside the headings of the platforms.
_MORE: dict[str, tuple[str, ...]] = {
    "order_no": ("单号", "订单", "订单ID", "平台单号", "外部单号", "order", "order id", "order number",
                 "order #", "po number", "reference"),
    "placed_at": ("日期", "订单日期", "下单日期", "创建时间", "date", "order date", "created at", "ordered at"),
    "customer_no": ("客户编码", "会员号", "customer id", "customer number"),
    "customer_name": ("客户名称", "买家", "买家姓名", "会员名", "customer", "buyer", "client", "buyer name"),
    "customer_phone": ("买家电话", "客户手机", "customer phone", "buyer phone"),
    "customer_email": ("电子邮箱", "email", "e-mail", "mail"),
    "ship_name": ("收件人", "收货人姓名", "收件人姓名", "姓名", "recipient", "ship to", "consignee", "receiver",
                  "name"),
    "ship_phone": ("收件人电话", "手机", "手机号", "电话", "联系电话", "收货人电话", "phone", "mobile", "tel",
                   "telephone"),
    "ship_country": ("国家地区", "country", "country code"),
    "ship_province": ("省份", "州", "province", "state", "region"),
    "ship_city": ("城市", "city", "town"),
    "ship_district": ("区", "县区", "区域", "district", "county"),
    "ship_street": ("街道", "街道地址", "street", "address line 1", "address 1"),
    "ship_postcode": ("邮政编码", "postcode", "zip", "zip code", "postal code"),
    "address": ("地址", "收件地址", "收件人地址", "full address", "shipping address", "delivery address"),
    "sku": ("货号", "商品编号", "商家编码", "产品编码", "编码", "条码", "规格编码", "item", "item no", "item code",
            "product code", "article", "part number", "stock code"),
    "quantity": ("件数", "个数", "购买数量", "qty", "pcs", "pieces", "units", "count"),
    "unit_price": ("价格", "售价", "商品单价", "price", "unit cost", "rate"),
    "line_discount": ("优惠", "商品优惠", "line discount"),
    "shipping_fee": ("邮费", "快递费", "shipping", "freight", "postage", "delivery fee"),
    "discount": ("优惠金额", "订单优惠", "discount amount"),
    "total": ("总金额", "合计", "总价", "应付金额", "order total", "amount", "grand total"),
    "currency": ("货币", "currency code"),
    "payment_method": ("支付方式", "paid by", "payment type"),
    "payment_amount": ("实付金额", "支付金额", "已付金额", "amount paid", "paid"),
    "payment_reference": ("交易号", "支付单号", "流水号", "transaction id", "payment id"),
    "paid_at": ("支付时间", "付款日期", "payment date"),
    "note": ("买家留言", "留言", "说明", "remark", "remarks", "comment", "comments", "notes", "memo"),
}  # fmt: skip
_PHONE = re.compile(r"(?:\+?86[- ]?)?1[3-9]\d{9}(?:-\d{1,5})?|0\d{2,3}-?\d{7,8}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w+")
_TIME = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}.*")
_ADDRESS = re.compile(r".*[省市区县].*[\u4e00-\u9fff]{2,}.*\d*.*")
_PIECES = re.compile(r"\d{1,4}(?:\.0)?")
_PRICE = re.compile(r"[¥￥$€£]?\d{1,7}\.\d{1,4}")
_NUMBER = re.compile(r"(?=.*\d)[A-Za-z0-9][\w/-]{5,}")
_SHORTEST_PART = 2
_ALIKE = 0.84


@dataclass(frozen=True, slots=True)
class Guess:
    place: int
    sureness: str


def guess(
    header: Sequence[str], rows: Sequence[Sequence[str]], known_skus: Collection[str]
) -> dict[str, Guess]:
    """Our word → where it probably stands, the surest first; no column is given to two words.

    `rows` are some rows of the file, `known_skus` those of its values that are codes of ours.
    """
    keys = [folded(heading) for heading in header]
    found: dict[str, Guess] = {}
    free = dict.fromkeys(range(len(header)))
    for sureness, fits in ((SURE, _is_it), (LIKELY, _is_like_it)):
        for word, place in _by_heading(keys, free, found, fits):
            found[word] = Guess(place, sureness)
            free.pop(place)
    for word, is_value in _by_value(known_skus):
        fitting = next((one for one in free if _all_are(is_value, one, rows)), None)
        if word not in found and fitting is not None:
            found[word] = Guess(fitting, PERHAPS)
            free.pop(fitting)
    return found


def _by_heading(
    keys: Sequence[str],
    free: dict[int, None],
    found: dict[str, Guess],
    fits: Callable[[str, str], bool],
) -> Iterator[tuple[str, int]]:
    for word, names in _SYNONYMS.items():
        if word in found:
            continue
        places = (one for name in names for one in free if keys[one] and fits(keys[one], name))
        place = next(places, None)
        if place is not None:
            yield word, place


def _is_it(key: str, name: str) -> bool:
    return key == name


def _is_like_it(key: str, name: str) -> bool:
    if len(name) >= (_SHORTEST_PART if not name.isascii() else 2 * _SHORTEST_PART) and name in key:
        return True
    return SequenceMatcher(None, key, name).ratio() >= _ALIKE


def _by_value(known_skus: Collection[str]) -> Iterator[tuple[str, Callable[[str], bool]]]:
    yield "sku", lambda value: value.upper() in known_skus
    yield "ship_phone", lambda value: bool(_PHONE.fullmatch(value))
    yield "customer_email", lambda value: bool(_EMAIL.fullmatch(value))
    yield "placed_at", lambda value: bool(_TIME.fullmatch(value))
    yield "address", lambda value: bool(_ADDRESS.fullmatch(value))
    yield "unit_price", lambda value: bool(_PRICE.fullmatch(value))
    yield "quantity", lambda value: bool(_PIECES.fullmatch(value))
    yield "order_no", lambda value: bool(_NUMBER.fullmatch(value))


def _all_are(is_value: Callable[[str], bool], place: int, rows: Sequence[Sequence[str]]) -> bool:
    values = [clean(row[place]) for row in rows if place < len(row)]
    told = [value for value in values if value]
    return bool(told) and all(map(is_value, told))


def _synonyms() -> dict[str, tuple[str, ...]]:
    """Ours first, then what the platforms call it, then what people do."""
    names: dict[str, dict[str, None]] = {}
    for word, ours in COLUMNS.items():
        theirs = [one.columns.get(word, ()) for one in PRESETS.values()]
        every = [*ours, *(name for some in theirs for name in some), *_MORE.get(word, ())]
        names[word] = dict.fromkeys(map(folded, every))
    return {word: tuple(some) for word, some in names.items()}


_SYNONYMS = _synonyms()
