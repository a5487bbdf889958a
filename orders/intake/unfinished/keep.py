"""Keeping what is typed of a new order until it is placed, so that no interruption costs it."""

from collections.abc import Mapping

from oms.models import User
from oms.sql import query, rows_json

MOST_CHARACTERS = 200_000
"""Of all fields together; an order of 200 lines has about 10,000."""

KEPT_DAYS = 30

# What stands in a form before anybody has typed; opening the page leaves nothing behind.
_GIVEN = frozenset({"channel", "ship_country", "ship_complete", "form_key", "payment_method"})
_NOT_TYPED = ("csrfmiddlewaretoken", "lines-TOTAL_FORMS", "lines-INITIAL_FORMS")

# A form that has placed its order keeps nothing: the last save may be slower than the placing.
_KEEP = """
INSERT INTO orders_unfinishedorder (user_id, form_key, typed, saved_at)
SELECT %(user)s, %(key)s, %(typed)s::jsonb, now()
WHERE NOT EXISTS (SELECT FROM oms_idempotencykey WHERE user_id = %(user)s AND key = %(key)s)
ON CONFLICT (user_id, form_key) DO UPDATE SET typed = EXCLUDED.typed, saved_at = now()
RETURNING id
"""
_FORGET = "DELETE FROM orders_unfinishedorder WHERE user_id = %s AND form_key = %s RETURNING id"
_FORGET_OLD = """
DELETE FROM orders_unfinishedorder WHERE saved_at < now() - make_interval(days => %s) RETURNING id
"""


def keep_unfinished(typed: Mapping[str, str], *, user: User) -> int | None:
    """Keep the form as typed; returns the id, or None where there is nothing to keep.

    Nothing typed, a form without a key, one that has placed its order, and absurdly much text are not kept.
    """
    key = typed.get("form_key", "")[:80]
    kept = {
        name: text.replace("\x00", "") for name, text in typed.items() if name not in _NOT_TYPED[:1]
    }
    said = [text for name, text in kept.items() if name not in _GIVEN and name not in _NOT_TYPED]
    if not key or not any(text.strip() for text in said):
        return None
    if sum(map(len, kept.values())) > MOST_CHARACTERS:
        return None
    rows = query(_KEEP, {"user": user.pk, "key": key, "typed": rows_json(kept)})
    return rows[0][0] if rows else None


def forget_unfinished(form_key: str, *, user: User) -> bool:
    """Its order is placed, or nobody wants it any more."""
    return bool(query(_FORGET, [user.pk, form_key]))


def forget_old_unfinished() -> int:
    return len(query(_FORGET_OLD, [KEPT_DAYS]))
