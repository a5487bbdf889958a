"""Administration of the review rules: rows of field, operator, value under one outcome."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import F
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from oms.admin_lists import FastAdmin
from orders import nudge
from orders.review.compile import check_condition
from orders.review.judge_again import judge_again
from orders.review.models import ReviewRule, RuleCondition


class ConditionForm(forms.ModelForm):
    class Meta:
        model = RuleCondition
        fields = ("field", "operator", "value")

    def clean(self) -> dict[str, Any] | None:
        values = super().clean() or self.cleaned_data
        if "field" in values and "operator" in values:
            wrong = check_condition(values["field"], values["operator"], values.get("value", ""))
            for error in wrong:
                self.add_error(error.field, error.message)
        return values


class ConditionFormSet(BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        kept = [
            form
            for form in self.forms
            if form not in self.deleted_forms and (form.instance.pk or form.has_changed())
        ]
        if not kept:
            raise forms.ValidationError(
                _("Add at least one condition; a rule without any applies to no order.")
            )


class ConditionInline(admin.TabularInline):
    model = RuleCondition
    form = ConditionForm
    formset = ConditionFormSet
    extra = 1
    verbose_name_plural = _("Conditions (all of them must hold)")


@admin.register(ReviewRule)
class RuleAdmin(FastAdmin):
    """Each save that changes something makes a new version; decisions name the version they used."""

    list_display = ("name", "outcome", "sentence", "is_active", "version")
    list_filter = ("is_active", "outcome")
    search_fields = ("name",)
    fields = ("name", "outcome", "reason", "is_active", "version")
    readonly_fields = ("version",)
    inlines = (ConditionInline,)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("conditions")

    @admin.display(description=_("When"))
    def sentence(self, rule: ReviewRule) -> SafeString:
        return format_html_join(" · ", "{}", ((str(one),) for one in rule.conditions.all()))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if change and (form.has_changed() or any(one.has_changed() for one in formsets)):
            ReviewRule.objects.filter(pk=form.instance.pk).update(version=F("version") + 1)
        _ask_again()

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        super().delete_queryset(request, queryset)
        _ask_again()

    def delete_model(self, request: HttpRequest, obj: ReviewRule) -> None:
        super().delete_model(request, obj)
        _ask_again()


def _ask_again() -> None:
    """The rules are others now: what they left to a person they look at once more."""
    judge_again()
    nudge.after_commit()
