"""What rules can ask of the order itself: amounts, payment, channel, when, words."""

from django.conf import settings
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oms.models import Channel
from orders.billing.due import credited_sql
from orders.review.rules.fields.field import RuleField, Source
from orders.review.rules.operators import Kind

CHANNEL = Source("channel", "SELECT c.code FROM oms_channel c WHERE c.id = o.channel_id")
DISCOUNTS = Source(
    "discounts",
    "SELECT coalesce(sum(CASE WHEN l.kind = 'discount' THEN -l.amount ELSE l.discount_amount END), 0) AS of_lines "
    "FROM orders_orderline l WHERE l.order_id = o.id",
)
# A draft has no moment of payment: it counts.
PAID = Source(
    "paid",
    "SELECT coalesce(sum(p.amount), 0) AS amount, max(p.paid_at) AS last_at FROM orders_payment p "
    "WHERE p.order_id = o.id AND p.status = 'received' AND coalesce(p.created_at <= o.asked_at, true)",
)
# The offset keeps the planner from writing the subquery out wherever the amount is used.
CREDITED = Source("credited", f"SELECT {credited_sql('o')} AS amount OFFSET 0")
TAGS = Source(
    "tagged",
    "SELECT coalesce(array_agg(t.name ORDER BY t.name), '{}')::text[] AS names "
    "FROM orders_ordertag x JOIN orders_tag t ON t.id = x.tag_id WHERE x.order_id = o.id",
)
MONEY = (PAID, CREDITED)
UNPAID_SQL = "(o.total_amount - credited.amount - paid.amount)"
_PLACED = f"(o.placed_at AT TIME ZONE '{settings.TIME_ZONE}')"
_GROSS = "(o.lines_amount + discounts.of_lines)"
_MONEY_EDITS = frozenset({"total"})

PAYMENT_STATES = [
    ("unpaid", _("Not paid")),
    ("partly", _("Partly paid")),
    ("paid", pgettext_lazy("payment state", "Paid")),
    ("overpaid", _("Overpaid")),
    ("nothing_due", _("Nothing to pay")),
]


def channel_choices() -> "list[tuple[str, str]]":
    return list(Channel.objects.order_by("name").values_list("code", "name"))


def hours_since(moment: str) -> str:
    """Whole and parts of hours from `moment` (SQL) to the moment asked for."""
    return f"round(extract(epoch FROM o.asked_at - {moment}) / 3600, 2)"


FIELDS = (
    RuleField("total", _("Order total"), Kind.NUMBER, "o.total_amount", edits=_MONEY_EDITS),
    RuleField("goods_amount", _("Amount of the lines"), Kind.NUMBER, "o.lines_amount", edits=_MONEY_EDITS),
    RuleField("shipping", _("Shipping fee"), Kind.NUMBER, "o.shipping_amount", edits=_MONEY_EDITS),
    RuleField(
        "discount_percent", _("Discount"), Kind.NUMBER,
        f"round(100 * (o.discount_amount + discounts.of_lines) / nullif({_GROSS}, 0), 2)",
        (DISCOUNTS,), edits=_MONEY_EDITS, unit="%",
    ),
    RuleField("unpaid", _("Amount still unpaid"), Kind.NUMBER, UNPAID_SQL, MONEY, edits=_MONEY_EDITS, needs_money=True),
    RuleField(
        "payment", _("Payment"), Kind.CHOICE,
        f"CASE WHEN o.total_amount - credited.amount <= 0 AND paid.amount = 0 THEN 'nothing_due' "
        f"WHEN paid.amount <= 0 THEN 'unpaid' WHEN {UNPAID_SQL} > 0 THEN 'partly' "
        f"WHEN {UNPAID_SQL} = 0 THEN 'paid' ELSE 'overpaid' END",
        MONEY, edits=_MONEY_EDITS, choices=lambda: list(PAYMENT_STATES), needs_money=True,
    ),
    RuleField(
        "hours_unpaid", _("Waiting for payment for"), Kind.NUMBER,
        f"CASE WHEN {UNPAID_SQL} > 0 THEN {hours_since('o.placed_at')} END", MONEY, edits=_MONEY_EDITS, unit=_("hours"),
    ),
    RuleField(
        "hours_since_paid", _("Last paid ago"), Kind.NUMBER, hours_since("paid.last_at"), (PAID,), unit=_("hours")
    ),
    RuleField("currency", _("Currency"), Kind.TEXT, "o.currency"),
    RuleField("channel", _("Channel"), Kind.CHOICE, "coalesce(channel.code, '')", (CHANNEL,), choices=channel_choices),
    RuleField("placed_time", _("Placed at the time"), Kind.TIME, f"{_PLACED}::time"),
    RuleField(
        "weekday", _("Placed on"), Kind.CHOICE, f"extract(isodow FROM {_PLACED})::int::text",
        choices=lambda: [(str(day + 1), name) for day, name in WEEKDAYS.items()],
    ),
    RuleField("note", _("Note"), Kind.TEXT, "o.note", edits=frozenset({"note"})),
    RuleField("tags", _("Tags of the order"), Kind.LIST, "tagged.names", (TAGS,), is_of_today=True),
)  # fmt: skip
