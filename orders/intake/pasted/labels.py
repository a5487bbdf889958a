"""Labels such as 收货人： and 电话：, which say what follows them."""

import re

from orders.intake.pasted.sheet import BLOCK, Kind, Sheet

_NAMES = "收货人姓名|收件人姓名|收货人|收件人|联系人|姓名|昵称|名字|recipient|name"
_PHONES = "收货人电话|收件人电话|联系电话|联系方式|手机号码|电话号码|手机号|手机|电话|telephone|phone|mobile|tel"
_PLACES = (
    "收货地址|收件地址|详细地址|街道地址|联系地址|所在地区|所在区域|所在省份|所在城市|省市区|地区|地址"
    "|address|region"
)
_COLON_ONLY = "省份|省|城市|市|区县|区/县|区|县|街道|乡镇|邮政编码|邮编|postcode|zip"
# Without a colon a label counts only where a word may begin.
_LABEL = re.compile(
    rf"(?:(?P<name>{_NAMES})|(?P<phone>{_PHONES})|(?P<place>{_PLACES})|(?P<other>{_COLON_ONLY}))[ ]*:[ ]*"
    rf"|(?:(?<![^\s,;|\d{BLOCK}]))(?:(?P<bare_name>收货人|收件人|联系人|姓名)|(?P<bare_place>收货地址|详细地址|所在地区|地址)"
    rf")[ ]*|(?:联系电话|手机号码|手机号|手机|电话)[ ]*(?={BLOCK})",
    re.IGNORECASE,
)
_END_OF_NAME = re.compile(rf"[\n,;|{BLOCK}]")


def mark_labels(sheet: Sheet) -> str:
    """Take the labels, and the name that one of them announces; returns that name, or ""."""
    name = ""
    text = sheet.open()
    labels = list(_LABEL.finditer(text))
    for at, label in enumerate(labels):
        sheet.mark(*label.span(), Kind.BETWEEN)
        if (label["name"] or label["bare_name"]) and not name:
            following = labels[at + 1].start() if at + 1 < len(labels) else len(text)
            name = _take_name(sheet, text, label.end(), following)
    return name


def _take_name(sheet: Sheet, text: str, start: int, following: int) -> str:
    stop = _END_OF_NAME.search(text, start, following)
    end = stop.start() if stop else following
    while end > start and text[end - 1] in " (":
        end -= 1
    # Longer than any name: the label announces everything that follows.
    if end - start > LONGEST_NAME:
        return ""
    sheet.mark(start, end, Kind.NAME)
    return " ".join(sheet.text[start:end].split())


LONGEST_NAME = 30
