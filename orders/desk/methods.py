from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

METHODS: "Mapping[str, StrPromise]" = {
    "alipay": _("Alipay"),
    "wechat": _("WeChat Pay"),
    "bank": _("Bank transfer"),
    "card": _("Card"),
    "cash": _("Cash"),
    "platform": _("Through the platform"),
}
"""The ways of paying that our forms offer; an order from elsewhere may name another."""


def method_words(method: str) -> str:
    return str(METHODS.get(method, method))
