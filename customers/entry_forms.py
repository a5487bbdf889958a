"""What people type about a contact or an address, turned into values; the verbs decide."""

import re
import unicodedata
from typing import Any

from django import forms
from django.utils.safestring import SafeString

from customers import addresses, contacts
from customers.models import Address, Contact
from oms.once import new_form_key


class EntryForm(forms.ModelForm):
    """Hidden copies of what the fields held tell which of them somebody touched."""

    form_key = forms.CharField(widget=forms.HiddenInput, max_length=80, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["form_key"].initial = new_form_key
        for name in self.content:
            self.fields[name].show_hidden_initial = True
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean_phone(self) -> str:
        return re.sub(r"\s", "", unicodedata.normalize("NFKC", self.cleaned_data["phone"]))

    def _post_clean(self) -> None:
        """The verb judges the whole; the model is not asked."""

    @property
    def content(self) -> list[str]:
        return [name for name in self.fields if name != "form_key"]

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.content}

    @property
    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.changed_data if name in self.content}

    @property
    def was(self) -> dict[str, Any]:
        """The fields as the page showed them."""
        shown = {name: self.data.get(self.add_initial_prefix(name)) for name in self.content}
        return {
            name: self.fields[name].to_python(text)
            for name, text in shown.items()
            if text is not None
        }

    @property
    def hidden_initials(self) -> SafeString:
        return SafeString("".join(self[name].as_hidden(only_initial=True) for name in self.content))


class ContactForm(EntryForm):
    class Meta:
        model = Contact
        fields = contacts.FIELDS


class AddressForm(EntryForm):
    class Meta:
        model = Address
        fields = addresses.FIELDS

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()
