"""The line below which a place is low."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from inventory.count import MAX_QUANTITY
from inventory.models import Stock
from oms.errors import FieldError, InvalidInput


def set_safety_stock(stock_ids: Sequence[int], level: int) -> int:
    """Give these places the same line; 0: the house's own line counts again. Returns how many. Raises InvalidInput."""
    if not 0 <= level <= MAX_QUANTITY:
        words = _("Give the safety stock: a whole number, 0 or more.")
        raise InvalidInput([FieldError("level", "out_of_range", words, level)])
    return Stock.objects.filter(pk__in=stock_ids).update(safety_stock=level)
