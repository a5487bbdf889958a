"""Administration of customers; their contacts and addresses are kept on the customer page."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from customers.create import create_customer
from customers.edit import EDITABLE, check_field, check_level, edit_customer
from customers.forms import tags_in
from customers.identity import phone_key
from customers.models import Customer, CustomerIdentity
from oms.admin_lists import FastAdmin
from oms.display import masked_phone
from oms.models import User


class CustomerAdminForm(forms.ModelForm):
    """Goes through the verbs; a save upon an older version is refused."""

    seen_version = forms.IntegerField(label="", widget=forms.HiddenInput, required=False)
    tags = forms.CharField(label=_("Tags"), help_text=_("Commas between them"), required=False)

    class Meta:
        model = Customer
        fields = EDITABLE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["tags"] = ", ".join(self.instance.tags)
            self.initial["seen_version"] = self.instance.version
        else:
            # The model's defaults live in the database; a form shows them only when told.
            self.initial.update(kind=Customer.Kind.PERSON, level=Customer.Level.NORMAL)

    def clean_tags(self) -> list[str]:
        return tags_in(self.cleaned_data["tags"])

    def clean(self) -> dict[str, Any] | None:
        values = super().clean() or self.cleaned_data
        for name in EDITABLE:
            for error in check_field(name, values[name]) if name in values else ():
                self.add_error(name, error.message)
        self._check_level(values.get("level", ""))
        if self.instance.merged_into_id or self.instance.erased_at:
            raise forms.ValidationError(
                _("This customer was merged into another or erased and is changed no more.")
            )
        key = phone_key(values.get("phone", ""))
        if not self.instance.pk and CustomerIdentity.objects.filter(key=key).exists():
            self.add_error("phone", _("Another customer already has this phone."))
        if self.instance.pk and values.get("seen_version") != self.instance.version:
            raise forms.ValidationError(
                _("Somebody changed this customer while you were writing. Reload the page.")
            )
        return values

    def _check_level(self, level: str) -> None:
        old = self.initial.get("level", Customer.Level.NORMAL)
        for error in check_level(old, level) if level else ():
            self.add_error("level", error.message)


@admin.register(Customer)
class CustomerAdmin(FastAdmin):
    form = CustomerAdminForm
    fields = (
        "name", "kind", "phone", "email", "level", "credit_limit", "tags", "note", "seen_version",
    )  # fmt: skip
    list_display = ("name", "hidden_phone", "kind", "level", "created_at")
    list_filter = ("kind", "level")
    search_fields = ("name__startswith",)
    search_help_text = _("The name from its beginning")
    ordering = ("-id",)

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return () if cast(User, request.user).has_perm("orders.view_payment") else ("credit_limit",)

    @admin.display(description=_("Phone"))
    def hidden_phone(self, customer: Customer) -> str:
        return masked_phone(customer.phone)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        actor = cast(User, request.user)
        values = {name: form.cleaned_data[name] for name in EDITABLE if name in form.cleaned_data}
        if change:
            edit_customer(
                obj.pk, version=form.cleaned_data["seen_version"], changes=values, actor=actor
            )
        else:
            obj.pk = create_customer(values).pk

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
