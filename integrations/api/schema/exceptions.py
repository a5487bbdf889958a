"""What needs a person, as it is answered, and to whom it is given."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from integrations.api.schema.fields import Body, Text


class AssignIn(Body):
    """Whose it is from now on."""

    to: Annotated[Text, Field(min_length=1, max_length=150, description="`me`, or a log-in name")]


class ExceptionOut(BaseModel):
    """A problem of one order or of one imported file; `text` says it in the language asked for.

    `other` is the order that a duplicate is the twin of; `waiting_until` is set while somebody has put it off.
    """

    id: int
    kind: str
    cause: str
    text: str
    order: str | None
    file: str | None
    other: str | None
    owner: str | None
    opened_at: datetime
    deadline_at: datetime
    waiting_until: datetime | None


class ExceptionPage(BaseModel):
    results: list[ExceptionOut]
    next_cursor: str | None
