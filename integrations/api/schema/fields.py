"""Field types of request bodies. Strict: what is not exactly of the type is refused, never bent."""

import re
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, WithJsonSchema

from integrations.api.field_errors import Wrong

_AMOUNT = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?")
_MOST_DIGITS = 20
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
    r"([Zz]|[+-][0-9]{2}:[0-9]{2})?"
)


class Body(BaseModel):
    """Base of everything a request may send."""

    model_config = ConfigDict(strict=True, extra="forbid")


def read_amount(value: Any) -> Decimal:
    """An amount from JSON text or number; numbers came as int or Decimal, never through a float."""
    if type(value) is str and _AMOUNT.fullmatch(value):
        return Decimal(value)
    if type(value) is Decimal or type(value) is int:
        amount = Decimal(value)
        if not amount:
            return Decimal(0)
        if abs(amount.adjusted()) <= _MOST_DIGITS:
            return amount
    raise Wrong("not_an_amount", "not an amount")


def read_time(value: Any) -> datetime:
    """A time as RFC 3339 writes it. One without a zone passes, for the verb to refuse in its words."""
    if type(value) is str and _TIME.fullmatch(value):
        try:
            return datetime.fromisoformat(value.upper())
        except ValueError:
            pass
    raise Wrong("not_a_time", "not a time")


def _without_nul(text: str) -> str:
    if "\x00" in text:
        raise Wrong("nul", "NUL in text")
    return text


Amount = Annotated[
    Decimal,
    PlainValidator(read_amount),
    WithJsonSchema(
        {
            "anyOf": [{"type": "string", "pattern": f"^{_AMOUNT.pattern}$"}, {"type": "number"}],
            "examples": ["12.50"],
        }
    ),
]
Time = Annotated[
    datetime,
    PlainValidator(read_time),
    WithJsonSchema(
        {"type": "string", "format": "date-time", "examples": ["2026-11-22T14:05:00+08:00"]}
    ),
]
Text = Annotated[str, AfterValidator(_without_nul)]
Code = Annotated[Text, Field(max_length=64)]
Line = Annotated[Text, Field(max_length=200)]
Note = Annotated[Text, Field(max_length=2000)]

Money = Annotated[Decimal, WithJsonSchema({"type": "string", "examples": ["12.50"]})]
"""An amount in an answer."""
