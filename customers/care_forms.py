"""What people type on a customer's page, turned into values; the verbs decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from customers import block, comment
from customers.edit import TAG_LENGTH
from customers.models import Customer
from oms.once import new_form_key


class CommentForm(forms.Form):
    """`form_key` keeps a second click from writing it twice."""

    text = forms.CharField(
        label=_("Note"),
        help_text=_("For colleagues; it stays in the history"),
        error_messages={"required": _("Write the note first.")},
        widget=forms.Textarea(
            {
                "rows": 3,
                "maxlength": comment.LONGEST,
                "data-hotkey": "n",
                "aria-keyshortcuts": "n",
            }
        ),
    )
    is_complaint = forms.BooleanField(label=_("It is a complaint of the customer"), required=False)
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=80)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **({"auto_id": "comment_%s"} | options))
        self.fields["form_key"].initial = new_form_key


class TagForm(forms.Form):
    tag = forms.CharField(
        label=_("Add a tag"),
        error_messages={"required": _("Write the tag first, one word or a few.")},
        widget=forms.TextInput({"maxlength": TAG_LENGTH, "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **({"auto_id": "tag_%s"} | options))


class BlockForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is the customer blocked?"),
        help_text=_("Colleagues see it on every order of this customer"),
        error_messages={"required": _("Write why the customer is blocked.")},
        widget=forms.TextInput({"maxlength": block.LONGEST, "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **({"auto_id": "block_%s"} | options))


class ConsentForm(forms.Form):
    consents = forms.MultipleChoiceField(
        label=_("May be told of offers by"),
        choices=Customer.Consent.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **({"auto_id": "consent_%s"} | options))
