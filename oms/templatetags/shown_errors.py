"""Tags of the two places that know about error texts: where they are shown, and where they are counted."""

from typing import Any

from django import template
from django.template.context import Context

from oms.shown_errors import top
from oms.shown_errors.note import note_shown, shown_by

register = template.Library()


@register.simple_tag(takes_context=True)
def count_errors_of(context: Context, *sources: Any) -> str:
    """Have the errors of forms and formsets counted as shown on this page."""
    request = context.get("request")
    if request is not None:
        note_shown(request, [one for source in sources if source for one in shown_by(source)])
    return ""


@register.simple_tag
def frequent_errors() -> list[top.Frequent]:
    return top.most_frequent()
