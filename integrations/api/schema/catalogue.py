"""Products and SKUs as they are sent and answered."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from integrations.api.schema.fields import LEFT_OUT, Amount, Body, Money, Text

_Name = Annotated[Text, Field(min_length=1, max_length=200)]
_Code = Annotated[Text, Field(min_length=1, max_length=64)]
_Unit = Annotated[Text, Field(min_length=1, max_length=20)]
_Kind = Literal["goods", "service"]
_Tracking = Literal["none", "lot", "serial"]


class ProductIn(Body):
    """What customers think of as one thing; each size or colour of it is a SKU."""

    name: _Name
    category: Annotated[Text, Field(max_length=80)] = ""
    is_active: bool = True


class ProductChanges(Body):
    """The fields to change; the others stay."""

    name: _Name = LEFT_OUT
    category: Annotated[Text, Field(max_length=80)] = LEFT_OUT
    is_active: bool = LEFT_OUT


class SkuIn(Body):
    """A SKU. Without `product` it gets a product of its own name. Codes are kept in upper case."""

    code: _Code
    name: _Name
    product: int | None = None
    kind: _Kind = "goods"
    tracking: _Tracking = "none"
    unit: _Unit = "pcs"
    weight_grams: int = 0
    price: Amount = Decimal(0)
    currency: Text = "CNY"
    is_active: bool = True
    barcodes: Annotated[list[_Code], Field(max_length=50)] = []


class SkuChanges(Body):
    """The fields to change; the others stay. Code and kind stay once the SKU has stock or orders, tracking once
    it has lain in a warehouse."""

    code: _Code = LEFT_OUT
    name: _Name = LEFT_OUT
    product: int = LEFT_OUT
    kind: _Kind = LEFT_OUT
    tracking: _Tracking = LEFT_OUT
    unit: _Unit = LEFT_OUT
    weight_grams: int = LEFT_OUT
    price: Amount = LEFT_OUT
    currency: Text = LEFT_OUT
    is_active: bool = LEFT_OUT


class SkuOut(BaseModel):
    id: int
    code: str
    name: str
    product: int
    kind: str
    tracking: str
    unit: str
    weight_grams: int
    price: Money
    currency: str
    is_active: bool
    barcodes: list[str]


class SkuPage(BaseModel):
    results: list[SkuOut]
    next_cursor: str | None


class ProductOut(BaseModel):
    id: int
    name: str
    category: str
    is_active: bool
    skus: list[str]


class ProductPage(BaseModel):
    results: list[ProductOut]
    next_cursor: str | None
