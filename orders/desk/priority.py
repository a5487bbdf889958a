"""How soon an order is served, as the screens show it; the usual priority is not shown."""

from django.utils.safestring import SafeString

from oms.templatetags.shell import tone_tag
from orders.review.rules.text import Priority

_TONES = {Priority.URGENT: "danger", Priority.HIGH: "warn"}


def priority_tag(priority: int) -> SafeString:
    """ "Urgent" as a tag; nothing for the usual priority."""
    if not priority:
        return SafeString("")
    known = Priority(priority) if priority in Priority.values else Priority.URGENT
    return tone_tag(_TONES.get(known, "neutral"), str(known.label))
