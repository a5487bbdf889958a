"""The refusal, for the OpenAPI description."""

from typing import Any

from pydantic import BaseModel


class FieldProblem(BaseModel):
    """One thing wrong with the input. `code` is stable; `message` is in the caller's language."""

    field: str
    code: str
    message: str
    value: Any = None


class ProblemDetails(BaseModel):
    """A refusal (RFC 9457). `code` is stable; `title` and `detail` are in the caller's language."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[FieldProblem] = []
