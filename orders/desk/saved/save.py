"""Keeping a list under a name, and changing what is kept."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import QueryDict
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from oms.errors import FieldError, InvalidInput, NotPossible
from oms.models import User
from orders.desk.asked import asked_text
from orders.desk.columns.layout import tidy_columns, tidy_density
from orders.desk.saved.models import SavedView
from orders.desk.saved.sight import Known, may_change, may_share

LONGEST_NAME = 40
LONGEST_ASKED = 1000
MOST_OF_ONE = 50
# Without letters that are taken for others when somebody reads the address out.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class ViewDraft:
    """A view to be kept; no columns and no density: as its reader likes it."""

    name: str
    asked: str
    columns: Sequence[str] = field(default_factory=tuple)
    density: str = ""
    is_shared: bool = False


def save_view(draft: ViewDraft, *, actor: User) -> SavedView:
    """Keep a list of one's own under a name.

    Raises InvalidInput for a name that is none or taken and a query that is too long; NotPossible for one view too
    many, and for sharing without the right to.
    """
    view = SavedView(
        user=actor,
        slug=get_random_string(8, _LETTERS),
        name=_name(draft.name),
        asked=_asked(draft.asked),
        columns=tidy_columns(draft.columns, actor) if draft.columns else [],
        density=tidy_density(draft.density) if draft.density else "",
        is_shared=draft.is_shared,
    )
    if draft.is_shared:
        _check_sharing(actor)
    if SavedView.objects.filter(user=actor).count() >= MOST_OF_ONE:
        raise NotPossible(
            _("You have %d views. Delete one of them first; nothing was saved.") % MOST_OF_ONE
        )
    with _one_of_a_name():
        view.save(force_insert=True)
    return view


def change_view(view: Known, *, version: int, actor: User, **changes: Any) -> None:
    """Set some of `name`, `asked`, `columns`, `density`, `is_shared`.

    Raises as `save_view`; NotPossible, too, when somebody else changed the view meanwhile, and when it is not the
    actor's to change.
    """
    _check_may_change(view, actor)
    values = _tidy(view, changes, actor)
    kept = SavedView.objects.filter(pk=view.pk, version=version)
    with _one_of_a_name():
        changed = kept.update(version=F("version") + 1, **values)
    if not changed:
        words = _("The view “%s” was changed by somebody else meanwhile. Nothing was saved.")
        raise NotPossible(words % view.name, code="stale")


def delete_view(view: Known, *, actor: User) -> None:
    """Take it away, for everybody. Raises NotPossible when it is not the actor's to delete."""
    _check_may_change(view, actor)
    SavedView.objects.filter(pk=view.pk).delete()


@contextmanager
def _one_of_a_name() -> Iterator[None]:
    """One transaction; a name that is taken is an error of the name."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "saved_view_name_once" not in str(error):
            raise
        words = _("There is a view of this name already. Write another name.")
        raise InvalidInput([FieldError("name", "duplicate", words)]) from error


def _tidy(view: Known, changes: dict[str, Any], actor: User) -> dict[str, Any]:
    values = dict(changes)
    if "name" in values:
        values["name"] = _name(values["name"])
    if "asked" in values:
        values["asked"] = _asked(values["asked"])
    if "columns" in values:
        values["columns"] = tidy_columns(values["columns"], actor)
    if "density" in values:
        values["density"] = tidy_density(values["density"])
    if values.get("is_shared", view.is_shared) != view.is_shared:
        _check_sharing(actor)
    return values


def _check_may_change(view: Known, actor: User) -> None:
    if not may_change(actor, view):
        words = _(
            "Only %(owner)s, or somebody who may share views, can change “%(name)s”. "
            "Nothing was changed."
        )
        raise NotPossible(words % {"owner": view.owner, "name": view.name}, code="not_yours")


def _check_sharing(actor: User) -> None:
    if not may_share(actor):
        raise NotPossible(_("Your role does not include sharing views. Nothing was saved."))


def _name(text: str) -> str:
    name = " ".join(text.replace("\x00", "").split())
    if not name:
        raise InvalidInput([FieldError("name", "blank", _("Write a name for the view."))])
    if len(name) > LONGEST_NAME:
        words = _("Shorten the name to %d characters.") % LONGEST_NAME
        raise InvalidInput([FieldError("name", "too_long", words, name[:80])])
    return name


def _asked(text: str) -> str:
    """The list's address as it is kept; what is no part of one is left out."""
    asked = asked_text(QueryDict(text[: LONGEST_ASKED * 10]))
    if len(asked) > LONGEST_ASKED:
        words = _("The query is too long to be kept. Shorten it in the list, then save it again.")
        raise InvalidInput([FieldError("asked", "too_long", words)])
    return asked
