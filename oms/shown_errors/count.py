"""Counting what was shown, and forgetting it again."""

import logging
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from oms.shown_errors.note import Shown
from oms.shown_errors.words import source_words
from oms.sql import query, rows_json

log = logging.getLogger(__name__)

KEPT_DAYS = 90
LONGEST_NAME = 80

# In one order for all, so that two pages never wait for each other in a ring; and nobody waits for long.
_COUNT = """
SET LOCAL lock_timeout = '500ms';
INSERT INTO oms_shownerror (day, screen, field, code, words, count, last_shown_at)
SELECT %(day)s, %(screen)s, shown.field, shown.code, shown.words, 1, now()
FROM json_to_recordset(%(rows)s) AS shown(field text, code text, words text)
ORDER BY shown.field, shown.code, shown.words
ON CONFLICT (day, screen, field, code, words)
DO UPDATE SET count = oms_shownerror.count + 1, last_shown_at = now()
"""
_FORGET = "DELETE FROM oms_shownerror WHERE day < %s RETURNING id"


def count_shown(screen: str, errors: Iterable[Shown]) -> None:
    """Count each of `errors` once for `screen` today. What goes wrong is logged: a count is worth no page."""
    try:
        rows = {(one.field, one.code, source_words(one.text)) for one in errors}
        names = [
            {"field": field[:LONGEST_NAME], "code": code[:LONGEST_NAME], "words": words}
            for field, code, words in sorted(rows)
        ]
        values = {
            "day": timezone.localdate(),
            "screen": screen[:LONGEST_NAME],
            "rows": rows_json(names),
        }
        with transaction.atomic():
            query(_COUNT, values)
    except Exception:
        log.exception("The errors shown on %s were not counted", screen)


def forget_old_shown() -> int:
    """Delete what was counted more than `KEPT_DAYS` ago; returns how many rows it were."""
    oldest = timezone.localdate() - timedelta(days=KEPT_DAYS)
    return len(query(_FORGET, [oldest]))
