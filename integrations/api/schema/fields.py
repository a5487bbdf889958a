"""Field types of request bodies. Strict: what is not exactly of the type is refused, never bent."""

import re
from datetime import UTC, date, datetime, timedelta
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
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_CONTROL_IN_PROSE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Body(BaseModel):
    """Base of everything a request may send."""

    model_config = ConfigDict(strict=True, extra="forbid")

    def sent(self) -> dict[str, Any]:
        """The fields that were sent, by name; for changes, where the others stay as they are."""
        return {name: getattr(self, name) for name in self.model_fields_set}


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


def read_day(value: Any) -> date:
    """A day as `2026-12-31`."""
    if type(value) is str and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise Wrong("not_a_day", "not a day")


def read_past_time(value: Any) -> datetime:
    """A time with its zone, this century, not in the future (a day's difference of clocks is let pass)."""
    moment = read_time(value)
    if moment.tzinfo is None:
        raise Wrong("no_zone", "no zone")
    if not _EARLIEST <= moment <= datetime.now(UTC) + timedelta(days=1):
        raise Wrong("time_out_of_range", "out of range")
    return moment


def _one_line(text: str) -> str:
    if _CONTROL.search(text):
        raise Wrong("control_character", "control character in text")
    return text


def _lines(text: str) -> str:
    if _CONTROL_IN_PROSE.search(text):
        raise Wrong("control_character", "control character in text")
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
_TIME_SCHEMA = WithJsonSchema(
    {"type": "string", "format": "date-time", "examples": ["2026-11-22T14:05:00+08:00"]}
)
Time = Annotated[datetime, PlainValidator(read_time), _TIME_SCHEMA]
PastTime = Annotated[datetime, PlainValidator(read_past_time), _TIME_SCHEMA]
Day = Annotated[
    date,
    PlainValidator(read_day),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-12-31"]}),
]
Text = Annotated[str, AfterValidator(_one_line)]
Prose = Annotated[str, AfterValidator(_lines)]
Code = Annotated[Text, Field(max_length=64)]

Money = Annotated[Decimal, WithJsonSchema({"type": "string", "examples": ["12.50"]})]
"""An amount in an answer."""

LEFT_OUT: Any = Field(default_factory=lambda: None)
"""Default of a field of changes: it may be left out, but not be null. See `Body.sent`."""
