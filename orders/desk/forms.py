"""What people type on the page of an order, turned into values; the verbs decide."""

from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from oms.once import new_form_key
from orders.desk.fields import NumberField, PhoneField, TextField
from orders.desk.methods import METHODS
from orders.models import Order

COUNTRY_LENGTH = 2


class PaymentForm(forms.Form):
    """Money received. `form_key` keeps a second click from booking it twice."""

    method = forms.ChoiceField(label=_("Paid by"))
    amount = NumberField(_("Amount"), required=_("Give the amount received"))
    reference = TextField(_("Reference"), hint=_("Number of the transfer or receipt"))
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=80)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["method"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(METHODS.items())
        self.fields["form_key"].initial = new_form_key


class CountryField(TextField):
    """Two letters, in whatever case they come."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").upper()


class AddressForm(forms.Form):
    """Where an order goes, in Chinese or international form, and its note.

    Hidden copies of what the fields held tell which of them somebody touched; only those are
    saved, so that nobody undoes what a colleague wrote in another field.
    """

    ship_name = TextField(_("Recipient"))
    ship_phone = PhoneField(_("Phone"))
    ship_country = CountryField(_("Country"), hint=_("Two letters, for example CN"))
    ship_province = TextField(_("Province or state"))
    ship_city = TextField(_("City"))
    ship_district = TextField(_("District"))
    ship_street = TextField(_("Street, building, room"))
    ship_postcode = TextField(_("Postcode"))
    note = TextField(_("Note"), widget=forms.Textarea({"rows": 3}))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in self.content:
            self.fields[name].show_hidden_initial = True

    @classmethod
    def of(cls, order: Order) -> "AddressForm":
        """The form filled with what stands in the order now."""
        return cls(initial={name: getattr(order, name) for name in cls.base_fields})

    def again_on(self, order: Order) -> "AddressForm":
        """What was typed, on top of what stands in the order now."""
        touched = set(self.changed_data)
        data = {"version": str(order.version)}
        for name in self.content:
            stands = getattr(order, name)
            data[f"initial-{name}"] = stands
            data[name] = self.data.get(name, "") if name in touched else stands
        return AddressForm(data)

    @property
    def content(self) -> list[str]:
        return [name for name in self.fields if name != "version"]

    @property
    def changes(self) -> dict[str, str]:
        """The fields that somebody touched, with what they typed."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name in self.content}

    @property
    def hidden_initials(self) -> SafeString:
        return SafeString("".join(self[name].as_hidden(only_initial=True) for name in self.content))
