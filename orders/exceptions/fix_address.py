from django.db import transaction

from oms.models import User
from orders.desk.edit import edit_order
from orders.exceptions.refresh import refresh_exceptions
from orders.models.order import Order
from orders.outcome import require_all
from orders.review.decide import release_orders


def fix_address(
    order_id: int, *, version: int, changes: dict[str, str], release: bool, actor: User
) -> Order:
    """Complete an address: the rules look again and may let the order go; `release` ends a person's hold as well.

    Raises as `edit_order` does, and NotPossible when the order cannot be released.
    """
    with transaction.atomic():
        order = edit_order(order_id, version=version, changes=changes, actor=actor)
        if release:
            require_all(release_orders([order_id], actor=actor))
        refresh_exceptions([order_id], actor=actor)
    return order
