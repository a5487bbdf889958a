"""What somebody who found nothing may have meant: the same asked of every tab and status."""

from oms.models import User
from orders.desk.listing import OrderPage
from orders.desk.query.read import Place, matching
from orders.desk.rows import Row, rows_of
from orders.desk.search import found
from orders.models import Order

SHOWN = 3


def closest(user: User, page: OrderPage) -> list[Row]:
    """The newest orders that only the tab or a status keeps out of an empty `page`."""
    elsewhere = page.wanted.elsewhere()
    if elsewhere.is_everything or elsewhere == page.wanted:
        return []
    orders = Order.objects.visible_to(user)
    if elsewhere.clauses:
        ids = matching(orders, elsewhere, Place(SHOWN)).ids[:SHOWN]
    else:
        ids = found(orders, elsewhere.text, size=SHOWN).ids
    return rows_of(Order.objects.filter(pk__in=ids).order_by("-pk")) if ids else []
