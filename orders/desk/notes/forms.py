"""What people write beside an order, turned into values; the verbs decide."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oms.models import User
from oms.once import new_form_key
from orders.desk.fields import TextField
from orders.desk.notes.comment import LONGEST, tidy


class PlainTextField(TextField):
    """Text as it was typed, fit to be kept."""

    def to_python(self, value: Any) -> str:
        return tidy(str(value or ""))


class CommentForm(forms.Form):
    """`form_key` keeps a second click from writing it twice."""

    text = PlainTextField(
        _("Comment"),
        required=_("Write the comment first."),
        hint=_("For colleagues. @ and a log-in name tells one of them."),
        widget=forms.Textarea(
            {"rows": 3, "maxlength": LONGEST, "data-hotkey": "n", "aria-keyshortcuts": "n"}
        ),
    )
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=80)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **({"auto_id": "comment_%s"} | options))
        self.fields["form_key"].initial = new_form_key


class TagForm(forms.Form):
    tag = PlainTextField(_("Add a tag"), required=_("Write the tag first, one word or a few."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **({"auto_id": "tag_%s"} | options))
        self.fields["tag"].widget.attrs.update({"list": "known-tags", "maxlength": "30"})


class GiveForm(forms.Form):
    to = forms.IntegerField(
        label=_("Give to"),
        widget=forms.Select,
        min_value=1,
        max_value=2**31 - 1,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("Choose a colleague.")
        ),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **({"auto_id": "give_%s"} | options))

    def offer(self, people: Iterable[User]) -> None:
        widget = self.fields["to"].widget
        assert isinstance(widget, forms.Select)
        widget.choices = [("", "–"), *((one.pk, one.display_name) for one in people)]
