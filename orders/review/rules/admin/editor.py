"""What somebody typed into the editor, judged or not yet, and what its page shows of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.forms.boundfield import BoundField
from django.http import HttpRequest, QueryDict
from django.utils import translation

from oms.errors import FieldError
from oms.ids import id_in
from oms.shown_errors.note import Shown, note_shown
from orders.review.rules.admin.form import RuleForm, initial_of, people_of
from orders.review.rules.admin.rows import FieldMenu, RowGroup, drawn, field_menus
from orders.review.rules.admin.typed import Groups, arranged, typed_groups, without_blanks
from orders.review.rules.check import check_text
from orders.review.rules.sentence import sentence
from orders.review.rules.text import Needs, RuleText

TRIAL_DAYS = (7, 30, 90)
_MARKS = ("tags", "owner", "notify", "priority", "ship_complete")
_LIMITS = ("channels", "valid_from", "valid_until")
LANGUAGES = (("zh-hans", "中文"), ("en", "English"))


@dataclass(frozen=True, slots=True)
class Said:
    """The sentence of a rule in one language."""

    language: str
    name: str
    words: str


def said_in_both(text: RuleText) -> list[Said]:
    said = []
    for code, name in LANGUAGES:
        with translation.override(code):
            said.append(Said(code, name, sentence(text)))
    return said


@dataclass(frozen=True)
class Editor:
    """The form with its rows. `base` is the number of the version that is being edited, 0 for a new rule.

    `errors` are those found when it was judged; `text` is what it says so far. `since` and `until` are the days of a
    trial as typed.
    """

    form: RuleForm
    rows: Groups
    base: int
    text: RuleText
    errors: Sequence[FieldError] = field(default_factory=tuple)
    since: str = ""
    until: str = ""
    trial_days = TRIAL_DAYS

    @cached_property
    def groups(self) -> list[RowGroup]:
        return drawn(self.rows, self.errors)

    @property
    def menus(self) -> list[FieldMenu]:
        return field_menus()

    @property
    def has_groups(self) -> bool:
        return len(self.groups) > 1

    @property
    def needs(self) -> list[tuple[str, Any]]:
        return list(Needs.choices)

    @property
    def said(self) -> list[Said]:
        return said_in_both(self.text)

    @property
    def of_rows(self) -> list[str]:
        """What is wrong with the conditions as a whole."""
        return [one.message for one in self.errors if one.field == "conditions"]

    @property
    def mark_fields(self) -> list[BoundField]:
        return [self.form[name] for name in _MARKS]

    @property
    def limit_fields(self) -> list[BoundField]:
        return [self.form[name] for name in _LIMITS]

    @property
    def has_limits(self) -> bool:
        """Whether any is set, or wrong."""
        text, wrong = self.text, {one.field for one in self.errors}
        return bool(text.channels or text.valid_from or text.valid_until or wrong & {*_LIMITS})

    @property
    def of_period(self) -> list[str]:
        return [one.message for one in self.errors if one.field in ("since", "until")]

    @property
    def of_marks(self) -> list[str]:
        return [one.message for one in self.errors if one.field == "marks"]

    @property
    def summary(self) -> list[tuple[str, str]]:
        """(id of the element, words) of every error."""
        return [(self._anchor(one.field), one.message) for one in self.errors]

    def _anchor(self, name: str) -> str:
        if name in ("conditions", "marks"):
            # Neither is one box.
            return f"rule-{name}"
        return f"id_{name}" if not name.startswith("conditions-") else self._box(name)

    def _box(self, name: str) -> str:
        """The element that takes the focus: a range and choices have several."""
        _head, place, part = name.split("-")
        box = next(
            (row.box for group in self.groups for row in group.rows if str(row.number) == place), ""
        )
        ending = {"numbers": "-from", "times": "-from", "choices": "s"}.get(box, "")
        return f"id_{name}{ending}" if part == "value" else f"id_{name}"


def opened(text: RuleText, base: int) -> Editor:
    """A rule as it stands."""
    form = RuleForm(initial=initial_of(text), people=people_of(text))
    return Editor(form, text.groups, base, text)


def unjudged(posted: QueryDict, act: str) -> Editor:
    """As typed, with the rows as `act` arranges them; nothing is called wrong yet."""
    rows = arranged(typed_groups(posted), act)
    bound = _bound(posted)
    form = RuleForm(
        initial={name: bound[name].data for name in bound.fields}, people=_people_in(posted)
    )
    text = bound.text(without_blanks(rows))
    return Editor(form, rows, base_in(posted), text, (), *_days(posted))


def judged(posted: QueryDict) -> Editor:
    """As typed, with what is wrong about it."""
    rows = without_blanks(typed_groups(posted))
    form = _bound(posted)
    text = form.text(rows)
    own = {name: list(words) for name, words in form.errors.items()}
    wrong = [FieldError(name, "invalid", str(one)) for name, words in own.items() for one in words]
    wrong += [one for one in check_text(text) if one.field not in own]
    return with_errors(Editor(form, rows, base_in(posted), text, (), *_days(posted)), wrong)


def with_errors(editor: Editor, errors: Sequence[FieldError]) -> Editor:
    for one in errors:
        if one.field in editor.form.fields and not editor.form.has_error(one.field):
            editor.form.add_error(one.field, one.message)
    return replace(editor, errors=tuple(errors))


def count_errors(request: HttpRequest, editor: Editor) -> None:
    """For the table of error texts that people see most."""
    shown = [Shown(one.field.rpartition("-")[2], one.code, one.message) for one in editor.errors]
    note_shown(request, shown)


def base_in(posted: QueryDict) -> int:
    return id_in(posted.get("base", ""))


def _days(posted: QueryDict) -> tuple[str, str]:
    return posted.get("since", ""), posted.get("until", "")


def _bound(posted: QueryDict) -> RuleForm:
    return RuleForm(posted, people=_people_in(posted))


def _people_in(posted: QueryDict) -> set[int]:
    """People whom the rule names already may have left; they are offered as long as the form says so."""
    return {id_in(pk) for pk in (*posted.getlist("notify"), posted.get("owner", ""))} - {0}
