from oms.display import money_text
from oms.finding import MOST_OF_A_KIND, Hit
from oms.models import User
from orders.desk.query.known import query_of
from orders.desk.query.read import Place, matching
from orders.desk.query.wanted import Wanted
from orders.desk.search import found
from orders.models import Order

_SHOWN = ("number", "customer_name", "status", "total_amount", "currency")


def order_hits(user: User, text: str) -> list[Hit]:
    """The newest orders that what was typed may mean."""
    ids = _ids(user, text)
    orders = Order.objects.filter(pk__in=ids).only(*_SHOWN).order_by("-pk") if ids else []
    return [Hit(order.number, _words(order), order.get_absolute_url()) for order in orders]


def _ids(user: User, text: str) -> list[int]:
    """As the order list reads the line, so that both find the same."""
    orders = Order.objects.visible_to(user)
    wanted = Wanted((), query_of(user, text))
    if wanted.clauses:
        return matching(orders, wanted, Place(MOST_OF_A_KIND)).ids[:MOST_OF_A_KIND]
    return found(orders, wanted.text, size=MOST_OF_A_KIND).ids


def _words(order: Order) -> str:
    amount = money_text(order.total_amount, order.currency)
    return " · ".join(
        part for part in (order.customer_name, str(order.get_status_display()), amount) if part
    )
