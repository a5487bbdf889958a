"""Tags and filters of all our templates. docs/screens.md shows each in use."""

import datetime as dt
from collections import Counter
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.utils.html import avoid_wrapping, escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import is_aware, now
from django.utils.translation import get_language, gettext, ngettext_lazy

from oms import display
from oms.icons import icon_markup
from oms.status import status_look

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """An inline drawing. Decorative (hidden from screen readers) unless it has a label."""
    return _drawing(name, str(label), css)


# A page draws the same few again and again, row by row. `typed`: safe text is not the same as text.
@lru_cache(maxsize=1024, typed=True)
def _drawing(name: str, label: str, css: str) -> SafeString:
    shape = name.startswith("st-")
    return format_html(
        '<svg class="{}" viewBox="{}" {}>{}</svg>',
        f"icon {css}".strip() if not shape else "st-shape",
        "0 0 12 12" if shape else "0 0 24 24",
        format_html('role="img" aria-label="{}"', label)
        if label
        else mark_safe('aria-hidden="true"'),
        mark_safe(icon_markup(name)),  # noqa: S308 our own files
    )


@register.simple_tag
def status_tag(status: str, label: str = "") -> SafeString:
    """The status as shape + word. `label` replaces the fixed word, not the look."""
    return _status_markup(str(status), label and str(label), get_language())


@lru_cache(maxsize=1024, typed=True)
def _status_markup(status: str, label: str, _language: str | None) -> SafeString:
    look = status_look(status)
    word = label or str(look.word)
    return format_html('<span class="st st-{}">{}{}</span>', look.token, icon(look.icon), word)


@register.simple_tag
def tone_tag(tone: str, label: str) -> SafeString:
    """A tag that is no status: `tone` is a token (neutral, info, progress, warn, danger …)."""
    return format_html('<span class="st st-{}">{}</span>', tone, label)


@register.filter
def money(amount: Decimal | int | None, currency: str = "") -> SafeString:
    """`{{ order.total|money:order.currency }}` → ¥1,234.00 in tabular figures."""
    return format_html('<span class="num">{}</span>', display.money_text(amount, currency))


@register.filter
def qty(quantity: Decimal | int | None) -> SafeString:
    return format_html('<span class="num">{}</span>', display.quantity_text(quantity))


@register.filter
def masked_phone(phone: str | None) -> str:
    return display.masked_phone(phone)


@register.filter("dt")
def moment(value: dt.datetime | dt.date | None) -> SafeString | str:
    """`2026-11-22 14:05` in store time, with how long ago as tooltip."""
    if value is None:
        return display.NOTHING
    age = ago(value) if isinstance(value, dt.datetime) and is_aware(value) else ""
    # Digits need no escaping, and a list has many.
    return SafeString(
        f'<time class="num" datetime="{value.isoformat()}" title="{escape(age)}">'
        f"{display.time_text(value)}</time>"
    )


# Django has these words too; its Chinese of some is not what people say.
SPANS: dict[str, Any] = {
    "year": ngettext_lazy("%(num)d year", "%(num)d years", "num"),
    "month": ngettext_lazy("%(num)d month", "%(num)d months", "num"),
    "week": ngettext_lazy("%(num)d week", "%(num)d weeks", "num"),
    "day": ngettext_lazy("%(num)d day", "%(num)d days", "num"),
    "hour": ngettext_lazy("%(num)d hour", "%(num)d hours", "num"),
    "minute": ngettext_lazy("%(num)d minute", "%(num)d minutes", "num"),
}


@register.filter
def ago(value: dt.datetime | None) -> str:
    """How long ago or until, in its largest unit: `3 hours ago`, `in 2 days`."""
    if value is None:
        return display.NOTHING
    here = now()
    unit, count = display.largest_unit(min(value, here), max(value, here))
    return _distance(unit, count, value > here, get_language())


# The rows of a page are of much the same age.
@lru_cache(maxsize=1024)
def _distance(unit: str, count: int, is_ahead: bool, _language: str | None) -> str:
    if not count:
        return gettext("just now")
    words = {"time": avoid_wrapping(SPANS[unit] % {"num": count})}
    return (gettext("in %(time)s") if is_ahead else gettext("%(time)s ago")) % words


CONTROL_CLASS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "form-check-input"),
    (forms.Select, "form-select"),
)


@register.simple_tag
def control(field: BoundField, **attrs: Any) -> SafeString:
    """The field's widget in the shell's look, tied to its hint and error for screen readers.

    Extra arguments become attributes, `_` turning into `-`:
    `{% control form.phone inputmode="tel" %}`.
    """
    widget = field.field.widget
    css = next((name for kind, name in CONTROL_CLASS if isinstance(widget, kind)), "form-control")
    css = " ".join(
        filter(None, [css, widget.attrs.get("class"), "is-invalid" if field.errors else ""])
    )
    described = [f"{field.id_for_label}_hint"] if field.help_text else []
    if field.errors:
        described.append(f"{field.id_for_label}_error")
    extra = {name.replace("_", "-"): value for name, value in attrs.items() if value != ""}
    if described:
        extra["aria-describedby"] = " ".join(described)
    return field.as_widget(attrs={**extra, "class": css})


@register.simple_tag(takes_context=True)
def with_query(context: Context, **changes: Any) -> str:
    """This page's query string with some parts replaced; an empty value drops the part."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = value
    return f"?{query.urlencode()}" if query else "."


@register.simple_tag
def errors_of(*sources: Any) -> list[dict[str, Any]]:
    """Every error of forms and formsets as {text, target}; target is the control's id or "".

    Words that do not tell one place from another (a row's, or the same twice) name their field.
    """
    found: list[dict[str, Any]] = []
    for source in sources:
        rows = getattr(source, "forms", None)
        forms = rows if rows is not None else [form for form in (source,) if form]
        for row, form in enumerate(forms, start=1):
            found += [{"text": text, "target": ""} for text in form.non_field_errors()]
            for field in form:
                where = gettext("Line %(row)d, %(field)s") % {"row": row, "field": field.label}
                place = {"target": field.id_for_label, "where": where if rows else field.label}
                found += [{"text": text, "in_row": rows, **place} for text in field.errors]
        if hasattr(source, "non_form_errors"):
            found += [{"text": text, "target": ""} for text in source.non_form_errors()]
    count = Counter(one["text"] for one in found)
    for one in found:
        if one.get("where") and (one["in_row"] or count[one["text"]] > 1):
            words = {"where": one["where"], "error": one["text"]}
            one["text"] = gettext("%(where)s: %(error)s") % words
    return found


@register.simple_tag
def keys(hotkey: str) -> SafeString:
    """`{% keys "g o" %}` → the keys as small caps, one box each; hidden when keys are off."""
    return format_html_join(" ", "<kbd>{}</kbd>", ((part.upper(),) for part in hotkey.split()))
