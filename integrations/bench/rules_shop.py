"""Twenty rules of mixed fields, and orders that give each of them something to say."""

from integrations.bench.catalogue import fill_catalogue
from integrations.bench.many_orders import OLD_SHOP, Plan, count_orders, make_orders
from oms.sql import query
from orders.review.accept_channel import add_rule
from orders.review.rules.models import RiskSignal
from orders.review.rules.text import Outcome, RuleText, all_of

ORDERS = 33_334
PAST = 50_000
_STREET = "CASE WHEN g % 97 = 0 THEN '' ELSE '文一西路 ' || g % 999 || ' 号' END"
_PAID = "CASE WHEN g % 50 = 0 THEN 0 ELSE 1 END"

Row = tuple[str, str, tuple[tuple[str, str, str], ...]]
RULES: tuple[Row, ...] = (
    ("large", Outcome.HOLD, (("total", "gte", "600"),)),
    ("unpaid", Outcome.HOLD, (("unpaid", "gt", "0"),)),
    ("partly", Outcome.HOLD, (("payment", "in", "partly, overpaid"),)),
    ("address change", Outcome.HOLD, (("note", "contains", "改地址, 换地址, 地址错"),)),
    ("urging", Outcome.HOLD, (("note", "contains", "投诉, 差评"),)),
    ("test order", Outcome.CANCEL, (("note", "contains", "测试单"),)),
    ("watched goods", Outcome.HOLD, (("sku", "in", "B00017, B00170, B01700, B07777"),)),
    ("dangerous goods", Outcome.HOLD, (("category", "in", "danger"), ("pieces", "gte", "7"))),
    ("blocked", Outcome.HOLD, (("customer_level", "in", "blocked"),)),
    ("watched customer", Outcome.HOLD, (("customer_tags", "in", "watch"),)),
    ("large first order", Outcome.HOLD, (("first_order", "yes", ""), ("total", "gte", "520"))),
    ("many orders a day", Outcome.HOLD, (("orders_last_day", "gte", "3"),)),
    ("no address", Outcome.HOLD, (("street", "empty", ""),)),
    ("half an address", Outcome.HOLD, (("address_complete", "no", ""),)),
    ("same again", Outcome.HOLD, (("hours_since_same", "lt", "24"),)),
    ("at the weekend", Outcome.HOLD, (("weekday", "in", "6, 7"), ("total", "gte", "560"))),
    ("at night", Outcome.HOLD, (("placed_time", "between", "01:00..05:00"), ("total", "gte", "560"))),
    ("risky", Outcome.HOLD, (("risk", "gte", "50"),)),
    ("deep discount", Outcome.HOLD, (("discount_percent", "gt", "50"),)),
    ("else", Outcome.APPROVE, (("total", "gte", "0"),)),
)  # fmt: skip
SIGNALS = (
    ("first order", 20, ("earlier_orders", "eq", "0")),
    ("expensive", 20, ("total", "gte", "400")),
    ("many pieces", 15, ("pieces", "gte", "7")),
)

_VARIED = (
    "UPDATE inventory_product SET category = CASE WHEN mod(id, 40) = 0 THEN 'danger' ELSE 'home' END",
    "UPDATE customers_customer SET tags = CASE WHEN mod(id, 90) = 0 THEN '{Watch,new}' ELSE '{}' END::varchar[]",
    # Some customers order again and again; some notes say something; some orders are cheap.
    """
    UPDATE orders_order SET customer_id = CASE WHEN mod(id, 5) = 0 THEN
        (SELECT min(id) FROM customers_customer) + mod(id, 2000) ELSE customer_id END,
      note = CASE WHEN mod(id, 61) = 0 THEN '请帮我改地址，谢谢' WHEN mod(id, 333) = 0 THEN '测试单' WHEN mod(id, 7) = 0
        THEN '请尽快发货' ELSE '' END,
      discount_amount = CASE WHEN mod(id, 71) = 0 THEN round(lines_amount * 0.6, 2) ELSE 0 END,
      total_amount = lines_amount - CASE WHEN mod(id, 71) = 0 THEN round(lines_amount * 0.6, 2) ELSE 0 END
    """,
    "UPDATE orders_payment SET amount = o.total_amount FROM orders_order o WHERE o.id = order_id AND mod(o.id, 83) > 0",
)
# Of ten orders a person decided one; of these every eighth was held.
_DECIDED = """
INSERT INTO orders_orderevent (order_id, kind, from_status, to_status, actor_id, actor_name, created_at)
SELECT id, CASE WHEN mod(id, 80) = 0 THEN 'held' ELSE 'approved' END, 'pending_review',
  CASE WHEN mod(id, 80) = 0 THEN 'on_hold' ELSE 'approved' END,
  CASE WHEN mod(id, 10) = 0 THEN (SELECT min(id) FROM oms_user) END,
  CASE WHEN mod(id, 10) = 0 THEN 'Ann' ELSE 'rules' END, placed_at + interval '10 minutes'
FROM orders_order WHERE status <> 'pending_review' ORDER BY id
"""


def make_waiting() -> None:
    """33,334 orders wait for the rules."""
    _make(Plan(ORDERS, paid_share=_PAID, street=_STREET, days=2))


def make_past(orders: int = PAST) -> None:
    """Orders of the last month, most of them decided."""
    _make(Plan(orders, status=OLD_SHOP, paid_share=_PAID, street=_STREET, days=29))
    query(_DECIDED)
    query("VACUUM ANALYZE orders_orderevent")


def _make(plan: Plan) -> None:
    fill_catalogue()
    for name, points, condition in SIGNALS:
        conditions = [dict(zip(("field", "operator", "value"), condition, strict=True))]
        kept = {"conditions": conditions, "needs": "all"}
        RiskSignal.objects.create(name=name, points=points, kept=kept)
    for text in texts():
        add_rule(text)
    make_orders(plan)
    query("SET session_replication_role = replica")
    for statement in _VARIED:
        query(statement)
    count_orders()
    query("RESET session_replication_role")
    query("VACUUM ANALYZE")


def texts(times: int = 1) -> list[RuleText]:
    """The rules; more than once they differ by name only."""
    return [
        RuleText(f"{name} {time}" if time else name, outcome, name, all_of(*conditions))
        for time in range(times)
        for name, outcome, conditions in RULES
    ]
