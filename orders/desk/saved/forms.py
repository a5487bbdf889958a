"""What people write about a view, turned into values; the verbs decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oms.models import User
from orders.desk.fields import TextField
from orders.desk.saved.sight import may_share


class ViewForm(forms.Form):
    """`asked`, `columns` and `density` come from the list that is saved; `version` from the view that is changed."""

    name = TextField(
        _("Name of the view"),
        required=_("Write a name for the view."),
        hint=_("For example: Large orders to Shanghai"),
        maxlength="40",
    )
    is_shared = forms.BooleanField(
        label=_("Share it with everybody who sees orders"),
        help_text=_("Each sees the orders that they may see."),
        required=False,
    )
    asked = forms.CharField(widget=forms.HiddenInput, required=False)
    columns = forms.CharField(widget=forms.HiddenInput, required=False)
    density = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, user: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **({"auto_id": "view_%s"} | options))
        if not may_share(user):
            del self.fields["is_shared"]
