"""What lists can be narrowed by."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from integrations.api.field_errors import Wrong
from integrations.api.pages import DEFAULT_LIMIT, LONGEST_CURSOR, MAX_LIMIT
from integrations.api.schema.fields import Code, Text, Time
from inventory.purchasing.states import PurchaseStatus
from orders.exceptions.models import ExceptionKind
from orders.states import OrderStatus

LONGEST_SEARCH = 100
_DIGITS = "0123456789"


def _statuses(text: str) -> str:
    if any(word not in OrderStatus.values for word in text.split(",") if word):
        raise Wrong("literal_error", "no status", {"expected": ", ".join(OrderStatus.values)})
    return text


def _purchase_statuses(text: str) -> str:
    if any(word not in PurchaseStatus.values for word in text.split(",") if word):
        raise Wrong("literal_error", "no status", {"expected": ", ".join(PurchaseStatus.values)})
    return text


def _kind(text: str) -> str:
    return _one_of(text, ExceptionKind.values)


def _owner(text: str) -> str:
    return _one_of(text, ("me", "none"))


def _one_of(text: str, words: Sequence[str]) -> str:
    if text and text not in words:
        raise Wrong("literal_error", "no such word", {"expected": ", ".join(words)})
    return text


def _phone(text: str) -> str:
    digits = "".join(char for char in text if char in _DIGITS)
    if text and len(digits) < 4:  # noqa: PLR2004 - a shorter tail means half of all orders
        raise Wrong("too_few_digits", "too few digits")
    return digits


class Paging(BaseModel):
    """Every list."""

    cursor: Annotated[Text, Field(max_length=LONGEST_CURSOR)] = ""
    limit: int = Field(default=DEFAULT_LIMIT, ge=1, le=MAX_LIMIT)


class OrderFilters(Paging):
    status: Annotated[
        Text,
        AfterValidator(_statuses),
        Field(description="One status, or several with commas between"),
    ] = ""
    channel: Code = ""
    placed_from: Time | None = Field(default=None, description="This moment or later")
    placed_to: Time | None = Field(default=None, description="Before this moment")
    external_no: Code = ""
    number: Code = ""
    phone: Annotated[
        Text,
        Field(max_length=40, description="The recipient's number or its last digits"),
        AfterValidator(_phone),
    ] = ""
    q: Annotated[
        Text,
        Field(
            max_length=LONGEST_SEARCH,
            description="What people type: a number, a name, a phone, a SKU",
        ),
    ] = ""


class ExceptionFilters(Paging):
    kind: Annotated[Text, AfterValidator(_kind)] = ""
    owner: Annotated[
        Text, AfterValidator(_owner), Field(description="`me`, or `none` for those of nobody")
    ] = ""
    order: Code = ""
    waiting: bool = Field(default=False, description="Those that were put off, instead of the rest")


class StockFilters(Paging):
    sku: Code = ""
    warehouse: Code = ""
    channel: Annotated[
        Text, Field(max_length=40, description="Tells what this channel may sell, too")
    ] = ""


class PurchaseFilters(Paging):
    status: Annotated[
        Text,
        AfterValidator(_purchase_statuses),
        Field(description="One status, or several with commas between"),
    ] = ""
    warehouse: Code = ""


class SellableFilters(BaseModel):
    channel: Annotated[Text, Field(max_length=40)]
    sku: Annotated[list[Code], Field(min_length=1, max_length=200)]


class ProductFilters(Paging):
    is_active: bool | None = None


class SkuFilters(ProductFilters):
    code: Code = ""
    q: Annotated[Text, Field(max_length=LONGEST_SEARCH)] = ""


class CustomerFilters(Paging):
    phone: Annotated[Text, Field(max_length=40), AfterValidator(_phone)] = ""
    q: Annotated[Text, Field(max_length=LONGEST_SEARCH)] = ""
