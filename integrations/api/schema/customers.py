"""Customers as they are sent and answered."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from integrations.api.schema.fields import LEFT_OUT, Body, Prose, Text

_Kind = Literal["person", "company"]
_Level = Literal["normal", "silver", "gold", "blocked"]
_Name = Annotated[Text, Field(min_length=1)]


class CustomerIn(Body):
    """A person or company. The phone recognises them in later orders."""

    name: _Name
    kind: _Kind = "person"
    phone: Text = ""
    email: Text = ""
    level: _Level = "normal"
    tags: list[Text] = []
    note: Prose = ""


class CustomerChanges(Body):
    """Changes of a customer as it was at `version`; what is left out stays."""

    version: Annotated[int, Field(ge=1)]
    name: _Name = LEFT_OUT
    kind: _Kind = LEFT_OUT
    phone: Text = LEFT_OUT
    email: Text = LEFT_OUT
    level: _Level = LEFT_OUT
    tags: list[Text] = LEFT_OUT
    note: Prose = LEFT_OUT


class CustomerSummary(BaseModel):
    """A customer in a list."""

    id: int
    name: str
    kind: str
    phone: str
    email: str
    level: str
    tags: list[str]
    version: int
    created_at: datetime


class AddressOut(BaseModel):
    name: str
    phone: str
    country: str
    province: str
    city: str
    district: str
    street: str
    postcode: str
    is_default: bool


class ContactOut(BaseModel):
    name: str
    role: str
    phone: str
    email: str


class CustomerDetail(CustomerSummary):
    """A customer with contacts and addresses."""

    note: str
    contacts: list[ContactOut]
    addresses: list[AddressOut]


class CustomerPage(BaseModel):
    results: list[CustomerSummary]
    next_cursor: str | None
