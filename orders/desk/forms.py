"""What people type on the page of an order, turned into values; the verbs decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oms.once import new_form_key
from orders.desk.fields import NumberField, TextField
from orders.desk.methods import METHODS

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
