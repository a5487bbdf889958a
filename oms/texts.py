"""What may stand in one line of text: judged by the verbs, for every door alike."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from oms.errors import FieldError

CONTROL = re.compile(r"[\x00-\x1f\x7f]")
CONTROL_IN_PROSE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""As `CONTROL`, but lines may break."""

SHOWN = 80
"""Characters of a bad value that are quoted back."""


def check_text(
    field: str, text: str, limit: int, forbidden: re.Pattern[str] = CONTROL
) -> Iterator[FieldError]:
    """What keeps `text` from being stored: control characters, more than `limit` characters."""
    if forbidden.search(text):
        words = _("Remove the control character from this text.")
        yield FieldError(field, "control_character", words, forbidden.sub("␀", text)[:SHOWN])
    if len(text) > limit:
        words = _("Shorten this to %d characters.") % limit
        yield FieldError(field, "too_long", words, CONTROL.sub("␀", text)[:SHOWN])
