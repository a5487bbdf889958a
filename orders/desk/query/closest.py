"""What somebody who found nothing may have meant: the same asked of every tab and status."""

from orders.desk.listing import OrderPage
from orders.desk.query.read import SHOWN_ELSEWHERE, Place, matching
from orders.desk.rows import Row, rows_of
from orders.desk.search import found
from orders.models import Order


def closest(page: OrderPage) -> list[Row]:
    """The newest orders that only the tab or a status keeps out of an empty `page`."""
    ids = _elsewhere(page) if page.elsewhere is None else page.elsewhere
    return rows_of(Order.objects.filter(pk__in=ids).order_by("-pk")) if ids else []


def _elsewhere(page: OrderPage) -> list[int]:
    wanted = page.wanted.elsewhere()
    if wanted.is_everything or wanted == page.wanted:
        return []
    if wanted.clauses:
        return matching(page.visible, wanted, Place(SHOWN_ELSEWHERE)).ids[:SHOWN_ELSEWHERE]
    return found(page.visible, wanted.text, size=SHOWN_ELSEWHERE).ids
