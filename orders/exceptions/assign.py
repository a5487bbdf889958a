"""Whose an exception is, by a person's word. Without one it follows from the order and its kind."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from oms.errors import FieldError, InvalidInput
from oms.models import User
from oms.sql import int_array, query
from orders.desk.notes.people import colleagues

_ASSIGN = """
UPDATE orders_orderexception SET owner_id = %s, is_assigned = true
WHERE id = ANY(%s::bigint[]) AND closed_at IS NULL RETURNING id
"""


def assign_exceptions(exception_ids: Sequence[int], *, user_id: int) -> tuple[User, int]:
    """Give open exceptions to a colleague; gives who it is and how many.

    Raises InvalidInput for somebody who is not there or may not see orders.
    """
    owner = colleagues().filter(pk=user_id).first()
    if owner is None:
        raise InvalidInput(
            [FieldError("to", "not_found", _("Choose a colleague from the list."), user_id)]
        )
    return owner, len(query(_ASSIGN, [owner.pk, int_array(exception_ids)]))
