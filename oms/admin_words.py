"""The words of roles and rights in the administration."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.contrib.auth.models import Permission
from django.db.models import Field, Model
from django.http import HttpRequest
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from oms import roles

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

ROLE_WORDS: "dict[str, StrPromise]" = {
    roles.CLERK: pgettext_lazy("role", "Clerk"),
    roles.REVIEWER: pgettext_lazy("role", "Reviewer"),
    roles.WAREHOUSE: pgettext_lazy("role", "Warehouse"),
    roles.PURCHASING: pgettext_lazy("role", "Purchasing"),
    roles.FINANCE: pgettext_lazy("role", "Finance"),
    roles.MANAGER: pgettext_lazy("role", "Manager"),
    roles.ADMIN: pgettext_lazy("role", "Administrator"),
    roles.AUDITOR: pgettext_lazy("role", "Auditor"),
}
_ACTIONS: "dict[str, StrPromise]" = {
    "add": _("Can add: %s"),
    "change": _("Can change: %s"),
    "delete": _("Can delete: %s"),
    "view": _("Can view: %s"),
}


def role_words(name: str) -> str:
    """The group's name as staff say it; that of another group as it is."""
    return str(ROLE_WORDS.get(name, name))


def right_words(right: Permission) -> str:
    """What the permission allows; Django keeps its name in the database, in English only."""
    model = right.content_type.model_class()
    action, _line, of = right.codename.partition("_")
    if model is not None and action in _ACTIONS and of == model._meta.model_name:
        return str(_ACTIONS[action]) % model._meta.verbose_name
    return gettext(right.name)


class PersonPasswordForm(AdminPasswordChangeForm):
    # Django's own hint is glued together when the module loads, in English for good.
    usable_password_help_text: Any = _(
        "Disabled: this person cannot log in with a password, and the present one is lost."
    )


class RoleField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Model) -> str:
        return role_words(str(obj))


class RightField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Model) -> str:
        assert isinstance(obj, Permission)
        return f"{obj.content_type.app_labeled_name} | {right_words(obj)}"


class RoleFilter(admin.RelatedFieldListFilter):
    def field_choices(
        self, field: "Field[object, object]", request: HttpRequest, model_admin: object
    ) -> "list[tuple[str, str | StrPromise]]":
        choices = super().field_choices(field, request, model_admin)  # type: ignore[arg-type]
        return [(pk, role_words(str(name))) for pk, name in choices]
