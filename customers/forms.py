"""What people type about a customer, turned into values; the verb decides."""

import re
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from customers.edit import EDITABLE
from customers.models import Customer


class CustomerForm(forms.Form):
    """A customer's own data.

    Hidden copies of what the fields held tell which of them somebody touched; only those are
    saved, so that nobody undoes what a colleague wrote in another field.
    """

    name = forms.CharField(
        label=_("Name"), error_messages={"required": _("Give the customer a name.")}
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Customer.Kind.choices)
    phone = forms.CharField(
        label=_("Phone"), required=False, widget=forms.TextInput({"inputmode": "tel"})
    )
    email = forms.CharField(
        label=_("Email"), required=False, widget=forms.TextInput({"inputmode": "email"})
    )
    level = forms.ChoiceField(label=_("Level"), choices=Customer.Level.choices)
    tags = forms.CharField(label=_("Tags"), help_text=_("Commas between them"), required=False)
    note = forms.CharField(
        label=_("Note"), required=False, widget=forms.Textarea({"rows": 4}), strip=False
    )
    credit_limit = forms.DecimalField(
        label=_("Credit limit"),
        help_text=_("How much may stay unpaid over all orders; empty for no limit"),
        required=False,
        widget=forms.TextInput({"inputmode": "decimal"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args: Any, sees_money: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not sees_money:
            del self.fields["credit_limit"]

    def clean_tags(self) -> list[str]:
        return tags_in(self.cleaned_data["tags"])

    def clean_phone(self) -> str:
        return re.sub(r"\s", "", unicodedata.normalize("NFKC", self.cleaned_data["phone"]))

    def clean_note(self) -> str:
        # Browsers send CRLF; without this every save would look like a change.
        return str(self.cleaned_data["note"]).replace("\r\n", "\n").strip()

    @property
    def changes(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in EDITABLE if name in self.changed_data}


def tags_in(text: str) -> list[str]:
    """The tags of a typed line, once each, in their order."""
    parts = (part.strip() for part in re.split(r"[,，、;；\n]", text))
    return list(dict.fromkeys(part for part in parts if part))


def typed_from(customer: Customer) -> dict[str, str]:
    """What the form's fields show for a customer as it is now."""
    shown = {name: str(getattr(customer, name)) for name in EDITABLE if name != "tags"}
    limit = "" if customer.credit_limit is None else str(customer.credit_limit)
    own = {"tags": ", ".join(customer.tags), "credit_limit": limit}
    return {**shown, **own, "version": str(customer.version)}
