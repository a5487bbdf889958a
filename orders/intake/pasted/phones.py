"""Telephone numbers and postcodes, wherever they stand in the text."""

import re

from orders.intake.pasted.sheet import Kind, Sheet

_EXTENSION = r"(?:[ ]?(?:-|转|#|ext\.?)[ ]?(?P<{name}>\d{{1,6}}))?(?!\d)"
_MOBILE = re.compile(
    r"(?<![\d])(?:\(?(?:\+|00)?86\)?[- ]?)?(?P<mobile>1[3-9]\d[- ]?\d{4}[- ]?\d{4})"
    + _EXTENSION.format(name="mobile_extension"),
    re.IGNORECASE,
)
_LANDLINE = re.compile(
    r"(?<![\d-])(?:\(?(?:\+|00)?86\)?[- ]?)?"
    r"(?:\(?(?P<area>0\d{2,3})\)?[- ]?(?P<line>\d{7,8})|(?P<service>[48]00-?\d{3,4}-?\d{3,4}))"
    + _EXTENSION.format(name="line_extension"),
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"(?<![\dA-Za-z-])(?!000000)[0-8]\d{5}(?![\dA-Za-z-]|号|室|栋|弄|幢|楼|座)")
# In running text six digits are a house number sooner than a postcode.
_AFTER = re.compile(r"$|[\s,;|。、)\]\x00]|[\u4e00-\u9fff]{2,3}(?:省|市|自治)")


def mark_phone(sheet: Sheet) -> str:
    """Take the first mobile number, else the first landline; the number as it is kept, or ""."""
    text = sheet.open()
    match = _MOBILE.search(text) or _LANDLINE.search(text)
    if match is None:
        return ""
    sheet.mark(*match.span(), Kind.PHONE)
    found = match.groupdict()
    number = re.sub(r"[- ]", "", found.get("mobile") or "")
    extension = found.get("mobile_extension") or found.get("line_extension") or ""
    if not number:
        number = found["service"] or f"{found['area']}-{found['line']}"
    return f"{number}-{extension}" if extension else number


def mark_postcode(sheet: Sheet) -> str:
    text = sheet.open()
    for match in _POSTCODE.finditer(text):
        if _AFTER.match(text, match.end()):
            sheet.mark(*match.span(), Kind.POSTCODE)
            return match[0]
    return ""
