"""What the risk of an order is made of, in the administration: signals with their points, and remote areas."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from oms.admin_lists import FastAdmin
from oms.errors import FieldError
from oms.models import User
from orders.review.rules.admin.editor import LANGUAGES, Said
from orders.review.rules.admin.needs import needs
from orders.review.rules.admin.rows import FieldMenu, RowGroup, drawn, field_menus
from orders.review.rules.admin.typed import BLANK, Groups, arranged, typed_groups, without_blanks
from orders.review.rules.check import check_condition
from orders.review.rules.fields import RISK
from orders.review.rules.force import signals_changed
from orders.review.rules.models import RemoteArea, RiskSignal
from orders.review.rules.sentence import conditions_words
from orders.review.rules.signals import signal_from
from orders.review.rules.text import Needs, Outcome, RuleText
from orders.review.rules.words import labels_of


@dataclass(frozen=True, slots=True)
class SignalRows:
    """The conditions of a signal as the page draws them: one group."""

    rows: Groups
    errors: Sequence[FieldError] = ()
    has_groups = False

    @property
    def groups(self) -> list[RowGroup]:
        return drawn(self.rows, self.errors)

    @property
    def menus(self) -> list[FieldMenu]:
        return field_menus(without=[RISK.name])

    @property
    def needs(self) -> list[tuple[str, Any]]:
        return list(Needs.choices)

    @property
    def text(self) -> RuleText:
        return RuleText("", Outcome.MARK, groups=without_blanks(self.rows))

    @property
    def of_rows(self) -> list[str]:
        return [one.message for one in self.errors if one.field == "conditions"]

    @property
    def said(self) -> list[Said]:
        found = []
        for code, name in LANGUAGES:
            with translation.override(code):
                found.append(Said(code, name, words_of(self.text)))
        return found


def words_of(text: RuleText) -> str:
    return conditions_words(text, labels_of(one.field for one in text.conditions))


class SignalForm(forms.ModelForm):
    class Meta:
        model = RiskSignal
        fields = ("name", "points", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            rows = without_blanks(typed_groups(cast(QueryDict, self.data)))[:1]
            self.editor = SignalRows(rows, _wrong(rows))
        else:
            kept = signal_from(0, "", 0, self.instance.kept or {}).group
            # The blank row is for whoever has no scripts.
            self.editor = SignalRows((replace(kept, conditions=(*kept.conditions, BLANK)),))

    def clean_points(self) -> int:
        points: int = self.cleaned_data["points"]
        if not points:
            raise forms.ValidationError(_("Give points above or below 0; 0 changes nothing."))
        return points

    def clean(self) -> dict[str, Any] | None:
        for error in self.editor.errors:
            self.add_error(None, error.message)
        return super().clean()


def _wrong(rows: Groups) -> list[FieldError]:
    conditions = [row for group in rows for row in group.conditions]
    if not conditions:
        return [FieldError("conditions", "none", _("Add at least one condition."))]
    wrong = []
    for place, condition in enumerate(conditions):
        for error in check_condition(condition):
            wrong.append(FieldError(f"conditions-{place}-{error.field}", error.code, error.message))
        if condition.field == RISK.name:
            words = _("Choose another field: the risk is made of signals.")
            wrong.append(FieldError(f"conditions-{place}-field", "risk", words))
    return wrong


class _Weighing(FastAdmin):
    """Every change is told to the rules, which look at waiting orders again."""

    def _tell(self, request: HttpRequest, name: object) -> None:
        signals_changed(actor=cast(User, request.user), note=str(name))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        self._tell(request, obj)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        self._tell(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        names = ", ".join(str(one) for one in queryset)
        super().delete_queryset(request, queryset)
        self._tell(request, names)


@admin.register(RiskSignal)
class RiskSignalAdmin(_Weighing):
    form = SignalForm
    fields = ("name", "points", "is_active")
    list_display = ("name", "points", "when", "is_active")
    list_filter = ("is_active",)
    search_fields = ("name",)
    change_form_template = "admin/orders/risksignal/edit.html"

    @admin.display(description=gettext_lazy("When"))
    def when(self, signal: RiskSignal) -> str:
        group = signal_from(signal.pk, signal.name, signal.points, signal.kept).group
        return words_of(RuleText("", Outcome.MARK, groups=(group,)))

    def get_urls(self) -> list[URLPattern]:
        view = needs("orders.change_risksignal", require_POST(_preview))
        own = path("preview/", self.admin_site.admin_view(view), name="orders_risksignal_preview")
        return [own, *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        [group] = form.editor.rows
        obj.kept = asdict(group)
        super().save_model(request, obj, form, change)


def _preview(request: HttpRequest) -> HttpResponse:
    rows = arranged(typed_groups(request.POST), request.POST.get("do", ""))
    context = {"editor": SignalRows(rows[:1]), "may_change": True, "is_single": True}
    return render(request, "admin/orders/reviewrule/_fresh.html", context)


@admin.register(RemoteArea)
class RemoteAreaAdmin(_Weighing):
    list_display = ("country", "province", "city")
    search_fields = ("province", "city")
