"""What rules can ask of the customer: who it is, what was ordered before, what is owed."""

from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from orders.billing.due import due_sql
from orders.review.rules.fields.field import RuleField, Source
from orders.review.rules.fields.of_order import MONEY, UNPAID_SQL
from orders.review.rules.operators import Kind

WHO = Source(
    "buyer",
    "SELECT c.* FROM (VALUES (1)) AS always LEFT JOIN customers_customer c ON c.id = o.customer_id",
)
BEFORE = (
    "e.customer_id = o.customer_id AND (e.placed_at, e.id) < (o.placed_at, o.id) "
    "AND e.status NOT IN ('draft', 'cancelled')"
)
"""True of an order `e` that the customer of `o` placed before it."""
_MOST = 1000
HISTORY = Source(
    "history",
    "SELECT count(*) AS orders, max(b.placed_at) AS last_at, "
    "count(*) FILTER (WHERE b.placed_at > o.placed_at - interval '1 day') AS last_day "
    f"FROM (SELECT e.placed_at FROM orders_order e WHERE {BEFORE} "
    f"ORDER BY e.placed_at DESC, e.id DESC LIMIT {_MOST}) b",
)
RETURNS = Source(
    "returned",
    "SELECT round(100.0 * count(*) FILTER (WHERE b.is_returned) / nullif(count(*), 0), 2) AS percent FROM ("
    "SELECT EXISTS (SELECT FROM orders_orderline l JOIN orders_returnline r ON r.order_line_id = l.id "
    f"WHERE l.order_id = e.id) AS is_returned FROM orders_order e WHERE {BEFORE} "
    "ORDER BY e.placed_at DESC, e.id DESC LIMIT 100) b",
)
BALANCE = Source(
    "balance",
    "SELECT coalesce(sum(greatest(b.due, 0)), 0) AS due FROM ("
    f"SELECT {due_sql('e')} AS due FROM orders_order e WHERE e.customer_id = o.customer_id AND e.id <> o.id "
    "AND e.currency = o.currency AND e.status NOT IN ('draft', 'cancelled', 'completed') "
    "ORDER BY e.placed_at DESC, e.id DESC LIMIT 200) b",
)
_WHO = (WHO,)

FIELDS = (
    RuleField(
        "customer_level", _("Customer level"), Kind.CHOICE, "coalesce(buyer.level, '')", _WHO, "customer",
        choices=lambda: list(Customer.Level.choices), is_of_today=True,
    ),
    RuleField(
        "customer_kind", _("Kind of customer"), Kind.CHOICE, "coalesce(buyer.kind, '')", _WHO, "customer",
        choices=lambda: list(Customer.Kind.choices), is_of_today=True,
    ),
    RuleField(
        "customer_tags", _("Tags of the customer"), Kind.LIST, "coalesce(buyer.tags, '{}')::text[]", _WHO, "customer",
        is_of_today=True,
    ),
    RuleField(
        "blocked_reason", _("Why the customer is blocked"), Kind.TEXT, "coalesce(buyer.blocked_reason, '')", _WHO,
        "customer", is_of_today=True,
    ),
    RuleField(
        "first_order", _("First order of the customer"), Kind.YESNO, "history.orders = 0", (HISTORY,), "customer"
    ),
    RuleField(
        "earlier_orders", _("Earlier orders of the customer"), Kind.NUMBER, "history.orders", (HISTORY,), "customer"
    ),
    RuleField(
        "days_since_last", _("Last order of the customer ago"), Kind.NUMBER,
        "round(extract(epoch FROM o.placed_at - history.last_at) / 86400, 2)", (HISTORY,), "customer", unit=_("days"),
    ),
    RuleField(
        "orders_last_day", _("Orders of the customer in the 24 hours before"), Kind.NUMBER, "history.last_day",
        (HISTORY,), "customer",
    ),
    RuleField(
        "return_rate", _("Share of orders with returns"), Kind.NUMBER, "returned.percent", (RETURNS,), "customer",
        unit="%", is_of_today=True,
    ),
    RuleField(
        "customer_owes", _("What the customer owes for other orders"), Kind.NUMBER, "balance.due", (BALANCE,),
        "customer", needs_money=True, is_of_today=True,
    ),
    RuleField(
        "credit_left", _("Credit left after this order"), Kind.NUMBER,
        f"buyer.credit_limit - balance.due - greatest({UNPAID_SQL}, 0)", (WHO, BALANCE, *MONEY), "customer",
        frozenset({"total"}), needs_money=True, is_of_today=True,
    ),
)  # fmt: skip
