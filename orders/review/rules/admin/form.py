"""The fields of a rule beside its conditions: what it does, what it leaves, where and when it holds."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oms.models import Channel, User
from orders.desk.notes.tag import LONGEST as LONGEST_TAG
from orders.review.rules.admin.typed import Groups
from orders.review.rules.save import LONGEST_NAME
from orders.review.rules.text import Marks, Needs, Outcome, Priority, RuleText
from orders.review.rules.values import words_of

LONGEST_REASON = 200
MOST_TAGS = 10
_MOMENT = "%Y-%m-%dT%H:%M"
_AS_IT_IS = gettext_lazy("Leave as it is")


class MomentInput(forms.DateTimeInput):
    """A day and a time on the house's clock."""

    input_type = "datetime-local"


def _moment(label: Any, hint: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label, help_text=hint, required=False, widget=MomentInput(format=_MOMENT),
        error_messages={"invalid": gettext_lazy("Give day and time, for example 2026-12-31 18:00.")},
    )  # fmt: skip


class RuleForm(forms.Form):
    """`people` are ids that are offered even when they have left, because the rule names them."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=LONGEST_NAME, required=False,
        help_text=gettext_lazy("Staff find the rule by it."),
    )  # fmt: skip
    outcome = forms.ChoiceField(
        label=gettext_lazy("What happens to the order"), choices=Outcome.choices
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=LONGEST_REASON, required=False,
        help_text=gettext_lazy("Staff read it beside the order: what made it stop or pass."),
    )  # fmt: skip
    needs = forms.ChoiceField(
        label=gettext_lazy("Of the groups"), choices=Needs.choices, required=False
    )
    tags = forms.CharField(
        label=gettext_lazy("Tags"), required=False, help_text=gettext_lazy("Commas between them")
    )
    owner = forms.TypedChoiceField(
        label=gettext_lazy("Owner"), required=False, coerce=int, empty_value=None,
        help_text=gettext_lazy("Given to orders that have none."),
    )  # fmt: skip
    notify = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Tell"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    priority = forms.TypedChoiceField(
        label=gettext_lazy("Priority"), required=False, coerce=int, empty_value=None,
        choices=[("", _AS_IT_IS), *Priority.choices],
    )  # fmt: skip
    ship_complete = forms.TypedChoiceField(
        label=gettext_lazy("Shipping"), required=False, coerce=lambda word: word == "yes", empty_value=None,
        choices=[
            ("", _AS_IT_IS), ("yes", gettext_lazy("Only complete")), ("no", gettext_lazy("May ship in parts")),
        ],
    )  # fmt: skip
    channels = forms.MultipleChoiceField(
        label=gettext_lazy("Channels"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: orders of every channel."),
    )  # fmt: skip
    valid_from = _moment(gettext_lazy("Valid from"), gettext_lazy("Empty: at once"))
    valid_until = _moment(gettext_lazy("Valid until before"), gettext_lazy("Empty: for good"))

    use_required_attribute = False

    def __init__(self, *args: Any, people: Collection[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        known = User.objects.filter(Q(is_active=True) | Q(pk__in=people)).order_by("username")
        offered = [(one.pk, one.display_name) for one in known]
        self._choices("owner").choices = [("", _AS_IT_IS), *offered]
        self._choices("notify").choices = offered
        self._choices("channels").choices = list(
            Channel.objects.order_by("name").values_list("code", "name")
        )

    def _choices(self, name: str) -> Any:
        return self.fields[name]

    def clean_tags(self) -> tuple[str, ...]:
        tags = words_of(self.cleaned_data["tags"].replace("\x00", ""))
        if len(tags) > MOST_TAGS:
            raise forms.ValidationError(_("Take out tags: a rule leaves at most %d.") % MOST_TAGS)
        if any(len(tag) > LONGEST_TAG for tag in tags):
            raise forms.ValidationError(_("Shorten the tag to %d characters.") % LONGEST_TAG)
        return tuple(tags)

    def clean_valid_until(self) -> datetime | None:
        first, last = self.cleaned_data.get("valid_from"), self.cleaned_data["valid_until"]
        if first and last and last <= first:
            raise forms.ValidationError(_("Give an end that lies after the beginning."))
        return last  # type: ignore[no-any-return]

    def text(self, groups: Groups) -> RuleText:
        """What the form says, with `groups`; of a field that was refused, nothing."""
        self.is_valid()
        given = self.cleaned_data.get
        return RuleText(
            given("name") or "",
            given("outcome") or Outcome.HOLD,
            given("reason") or "",
            groups,
            given("needs") or Needs.ALL,
            tuple(given("channels") or ()),
            _iso(given("valid_from")),
            _iso(given("valid_until")),
            Marks(
                given("tags") or (), given("owner"), tuple(given("notify") or ()),
                given("priority"), given("ship_complete"),
            ),
        )  # fmt: skip


def initial_of(text: RuleText) -> dict[str, Any]:
    """What the form shows of a rule."""
    marks = text.marks
    ship = {None: "", True: "yes", False: "no"}[marks.ship_complete]
    return {
        "name": text.name, "outcome": text.outcome, "reason": text.reason, "needs": text.needs,
        "tags": ", ".join(marks.tags), "owner": marks.owner, "notify": list(marks.notify),
        "priority": marks.priority, "ship_complete": ship, "channels": list(text.channels),
        "valid_from": _moment_in(text.valid_from), "valid_until": _moment_in(text.valid_until),
    }  # fmt: skip


def people_of(text: RuleText) -> set[int]:
    return {pk for pk in (*text.marks.notify, text.marks.owner) if pk}


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _moment_in(iso: str) -> datetime | None:
    return timezone.localtime(datetime.fromisoformat(iso)) if iso else None
