"""Administration of people, channels and API tokens."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.db.models import Field, ForeignKey, ManyToManyField, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from oms.admin_lists import FastAdmin, ReadOnlyAdmin, column
from oms.admin_words import (
    PersonPasswordForm,
    RightField,
    RoleField,
    RoleFilter,
    right_words,
    role_words,
)
from oms.display import NOTHING
from oms.models import ApiToken, Channel, ShownError, User
from oms.money import CURRENCY_PLACES
from oms.roles import ROLES
from oms.scopes import SCOPES
from oms.shown_errors.words import spoken

admin.site.site_title = _("Order desk")
admin.site.site_header = _("Administration")
admin.site.index_title = _("Settings")

CURRENCIES = [(code, code) for code in CURRENCY_PLACES]
_ONLY_SUPERUSERS_GIVE = ("is_superuser", "user_permissions")
_ONLY_OTHERS_GIVE = ("groups", "is_staff", "is_active")

admin.site.unregister(Group)


@admin.register(User)
class PersonAdmin(UserAdmin):
    """Log-ins and their roles. Only a superuser makes superusers or changes one; nobody changes
    their own roles."""

    change_password_form = PersonPasswordForm
    list_display = ("username", "first_name", "last_name", "roles", "is_active", "last_login")
    list_filter = (("groups", RoleFilter), "is_active")
    search_fields = ("username", "first_name", "last_name", "email")
    show_full_result_count = False
    fieldsets = (
        *(UserAdmin.fieldsets or ()),
        (_("Screens"), {"fields": ("language", "theme", "hotkeys_enabled")}),
    )

    @admin.display(description=_("Roles"))
    def roles(self, user: User) -> str:
        return ", ".join(role_words(group.name) for group in user.groups.all())

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def formfield_for_manytomany(
        self, db_field: "ManyToManyField[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "groups":
            kwargs |= {"form_class": RoleField, "widget": forms.CheckboxSelectMultiple}
        else:
            kwargs["form_class"] = RightField
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fields = tuple(super().get_readonly_fields(request, obj))
        if _is_superuser(request):
            return fields
        own = _ONLY_OTHERS_GIVE if obj == request.user else ()
        return (*fields, *_ONLY_SUPERUSERS_GIVE, *own)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and obj.is_superuser and not _is_superuser(request):
            return False
        return super().has_change_permission(request, obj)


def _is_superuser(request: HttpRequest) -> bool:
    return bool(cast(User, request.user).is_superuser)


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """Roles. Those of the house follow their table and are not changed here; others may be added."""

    list_display = ("role",)
    show_full_result_count = False

    @admin.display(description=_("Role"), ordering="name")
    def role(self, group: Group) -> str:
        return role_words(group.name)

    @admin.display(description=_("Rights"))
    def rights(self, group: Group) -> SafeString:
        rights = group.permissions.select_related("content_type")
        return format_html_join(mark_safe("<br>"), "{}", ((right_words(one),) for one in rights))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("role", "rights") if _is_ours(obj) else super().get_fields(request, obj)

    def formfield_for_manytomany(
        self,
        db_field: "ManyToManyField[Any, Any]",
        request: HttpRequest | None = None,
        **kwargs: Any,
    ) -> Any:
        kwargs["form_class"] = RightField
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not _is_ours(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_ours(obj)


def _is_ours(group: Group | None) -> bool:
    return group is not None and group.name in ROLES


@admin.register(Channel)
class ChannelAdmin(FastAdmin):
    list_display = ("code", "name", "currency", "ship_within_hours", "merge_parcels", "is_active")
    list_filter = ("is_active",)
    search_fields = ("code", "name")

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> tuple[str, ...]:
        # Orders, aliases and connected systems know the channel by its code.
        return ("code",) if obj else ()

    def formfield_for_dbfield(
        self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "currency":
            return forms.ChoiceField(label=_("Currency"), choices=CURRENCIES, initial="CNY")
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(ShownError)
class ShownErrorAdmin(ReadOnlyAdmin):
    list_display = (
        "on", "count", "told", "screen", "field", "code", column("last_shown_at", _("last shown")),
    )  # fmt: skip
    list_filter = ("day",)
    search_fields = ("screen", "field", "code", "words")
    ordering = ("-day", "-count", "pk")

    @admin.display(description=_("day"), ordering="day")
    def on(self, error: ShownError) -> str:
        return error.day.isoformat()

    @admin.display(description=_("error text"), ordering="words")
    def told(self, error: ShownError) -> str:
        return spoken(error.words) or NOTHING


class TokenForm(forms.ModelForm):
    """A new token: for whom, for what, and what it may do within that person's role."""

    scopes = forms.MultipleChoiceField(
        label=_("Scopes"),
        choices=[(scope, scope) for scope in SCOPES],
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = ApiToken
        fields = ("user", "name", "scopes")


@admin.register(ApiToken)
class TokenAdmin(FastAdmin):
    """API tokens: the secret is shown once, right after making one, and never kept."""

    list_display = ("name", "user", "shown_scopes", "created_at", "revoked_at")
    list_filter = (("revoked_at", admin.EmptyFieldListFilter),)
    list_select_related = ("user",)
    search_fields = ("name", "user__username")
    actions = ("revoke",)

    @admin.display(description=_("Scopes"))
    def shown_scopes(self, token: ApiToken) -> str:
        return ", ".join(token.scopes)

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        if obj:
            return ("name", "user", "shown_scopes", "created_at", "revoked_at")
        return ("user", "name", "scopes")

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> tuple[str, ...]:
        return ("user", "shown_scopes", "created_at", "revoked_at") if obj else ()

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj is None:
            kwargs["form"] = TokenForm
        return super().get_form(request, obj, change, **kwargs)

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "user":
            people = User.objects.filter(is_active=True).order_by("username")
            # A token must not open more than the person who makes it could.
            kwargs["queryset"] = (
                people if _is_superuser(request) else people.exclude(is_superuser=True)
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            secret = ApiToken.new_secret()
            obj.digest = ApiToken.digest_of(secret)
            cast(Any, request).new_token_secret = secret
        super().save_model(request, obj, form, change)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """The page with the secret. Not a message: those are put into a cookie."""
        secret = cast(Any, request).new_token_secret
        context = {
            **self.admin_site.each_context(request),
            "title": _("Token created"),
            "opts": self.opts,
            "token": obj,
            "secret": secret,
        }
        return render(request, "admin/token_created.html", context)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @admin.action(description=_("Revoke the selected tokens"), permissions=["change"])
    def revoke(self, request: HttpRequest, tokens: QuerySet[ApiToken]) -> None:
        count = tokens.filter(revoked_at=None).update(revoked_at=timezone.now())
        self.message_user(
            request, ngettext("%d token revoked.", "%d tokens revoked.", count) % count
        )
