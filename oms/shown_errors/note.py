"""What a page or an answer is about to show, noted on its request until it has gone out."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseForm, BaseFormSet
from django.forms.utils import ErrorList
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Shown:
    """One error as shown. `text` may hold what was typed: it is compared with our texts, and never kept."""

    field: str
    code: str
    text: str


def note_shown(request: HttpRequest, errors: Iterable[Shown]) -> None:
    """Remember `errors` for the count; the same one twice on a page is one."""
    cast(Any, request).shown_errors = noted = noted_on(request)
    noted.extend(errors)


def noted_on(request: HttpRequest) -> list[Shown]:
    return getattr(request, "shown_errors", [])


def shown_by(source: BaseForm | BaseFormSet) -> list[Shown]:
    """All errors of a form, or of a formset and its forms, that was judged; a row's have no number."""
    if isinstance(source, BaseFormSet):
        rows = [one for form in source.forms for one in shown_by(form)]
        return [*rows, *_of_field("", source.non_form_errors())]
    named = {
        ("" if name == NON_FIELD_ERRORS else name): list_ for name, list_ in source.errors.items()
    }
    return [one for name, errors in named.items() for one in _of_field(name, errors)]


def _of_field(name: str, errors: ErrorList) -> list[Shown]:
    return [Shown(name, error.code or "", error.messages[0]) for error in errors.as_data()]
