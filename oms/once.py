"""A form that does something only the first time it is sent."""

import uuid

from oms.models import User
from oms.sql import query

_REMEMBER = """
INSERT INTO oms_idempotencykey (user_id, key, request_hash, created_at) VALUES (%s, %s, '', now())
ON CONFLICT (user_id, key) DO NOTHING RETURNING id
"""


def new_form_key() -> str:
    """A value for a hidden field, another one each time the form is shown."""
    return f"form:{uuid.uuid4()}"


def is_first_time(user: User, form_key: str) -> bool:
    """Whether `user` sends this form for the first time; call it in the transaction of the act.

    A second sender at the same moment waits, and learns whether the first one went through.
    """
    return bool(query(_REMEMBER, [user.pk, form_key[:255]]))
