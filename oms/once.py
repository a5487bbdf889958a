"""A form that does something only the first time it is sent, and how long that is remembered."""

import uuid

from oms.models import User
from oms.sql import query

_REMEMBER = """
INSERT INTO oms_idempotencykey (user_id, key, request_hash, created_at) VALUES (%s, %s, '', now())
ON CONFLICT (user_id, key) DO NOTHING RETURNING id
"""

KEPT_DAYS = 30
"""How long a key, of a form or of an API request, is known."""

# A bounded number at a time: after a long pause no statement runs for minutes.
_FORGET = """
WITH gone AS (
  DELETE FROM oms_idempotencykey WHERE id IN (
    SELECT id FROM oms_idempotencykey WHERE created_at < now() - make_interval(days => %s)
    ORDER BY created_at LIMIT %s)
  RETURNING 1
)
SELECT count(*) FROM gone
"""


def new_form_key() -> str:
    """A value for a hidden field, another one each time the form is shown."""
    return f"form:{uuid.uuid4()}"


def is_first_time(user: User, form_key: str) -> bool:
    """Whether `user` sends this form for the first time; call it in the transaction of the act.

    A second sender at the same moment waits, and learns whether the first one went through.
    """
    return bool(query(_REMEMBER, [user.pk, form_key[:255]]))


def forget_old_keys(most: int = 20_000) -> int:
    """Delete at most so many keys older than `KEPT_DAYS`, the oldest first; returns how many it were."""
    count: int = query(_FORGET, [KEPT_DAYS, most])[0][0]
    return count
