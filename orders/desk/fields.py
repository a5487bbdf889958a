"""Form fields that take what people type: full-width digits, blanks, commas, +86."""

import re
import unicodedata
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_AMOUNT = re.compile(r"-?[0-9]{1,14}(\.[0-9]{1,8})?")
_WHOLE = re.compile(r"-?[0-9]{1,9}")
_PHONE = re.compile(r"\+?[0-9][0-9-]{2,38}")
_MOBILE = re.compile(r"(?:\+86|0086)?-?(1[0-9]{2})-?([0-9]{4})-?([0-9]{4}(?:-[0-9]+)?)")


def plain(text: object) -> str:
    """`text` with full-width letters and digits folded, and no blanks around."""
    return unicodedata.normalize("NFKC", str(text or "")).strip()


class TextField(forms.CharField):
    """One line of text. Its length is judged by the verb, for all doors alike."""

    def __init__(
        self,
        label: "StrPromise",
        *,
        required: "StrPromise | str" = "",
        hint: "StrPromise | str" = "",
        widget: forms.Widget | None = None,
        **attrs: str,
    ) -> None:
        super().__init__(
            label=label,
            help_text=hint,
            required=bool(required),
            widget=widget or forms.TextInput({"autocomplete": "off", **attrs}),
            error_messages={"required": required},
        )


class NumberField(TextField):
    """A decimal number; empty is None."""

    wrong = _("Give a number, for example 12.50")
    shape = _AMOUNT

    def __init__(self, label: "StrPromise", **options: Any) -> None:
        super().__init__(label, inputmode="decimal", **options)

    def to_python(self, value: Any) -> Any:
        text = re.sub(r"[\s,¥元]", "", plain(value)).replace("\N{MINUS SIGN}", "-")
        if not text:
            return None
        if not self.shape.fullmatch(text):
            raise ValidationError(self.wrong)
        return self.value_of(text)

    def value_of(self, text: str) -> Any:
        return Decimal(text)


class PiecesField(NumberField):
    """A whole number; empty is None."""

    wrong = _("Give a whole number, for example 3")
    shape = _WHOLE

    def value_of(self, text: str) -> Any:
        return int(text)


class PhoneField(TextField):
    """A telephone number without blanks and without +86; a relay number keeps its extension."""

    def __init__(self, label: "StrPromise", **options: Any) -> None:
        super().__init__(label, inputmode="tel", **options)

    def to_python(self, value: Any) -> str:
        text = re.sub(r"[\s()]", "", plain(value))
        if not text:
            return ""
        if not _PHONE.fullmatch(text):
            raise ValidationError(
                _(
                    "Give the digits of the number, for example 13800138000 "
                    "or 13800138000-1234 with an extension"
                )
            )
        mobile = _MOBILE.fullmatch(text)
        return "".join(mobile.groups()) if mobile else text


class MomentField(TextField):
    """A moment in store time: a day (2026-11-28, 2026年11月28日) with its time or meant to its end; empty is None."""

    def to_python(self, value: Any) -> Any:
        text = re.sub(r"[/年月]", "-", plain(value).replace("T", " ").replace("日", ""))
        if not text:
            return None
        for shape, is_day in (("%Y-%m-%d %H:%M", False), ("%Y-%m-%d", True)):
            with suppress(ValueError):
                moment = datetime.strptime(text, shape)  # noqa: DTZ007 - store time is put to it below
                if is_day:
                    moment = moment.replace(hour=23, minute=59)
                return _in_store_time(moment)
        raise ValidationError(_("Give a day and time, for example 2026-11-22 18:00"))


def _in_store_time(moment: datetime) -> datetime:
    if not 2000 <= moment.year < 2200:  # noqa: PLR2004 - what the list can be asked for
        raise ValidationError(_("Give a year between 2000 and 2199"))
    return moment.replace(tzinfo=get_default_timezone())
