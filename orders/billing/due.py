"""What an order still owes: its total, less what was credited for goods taken off it, less what was paid."""


def paid_sql(order: str) -> str:
    """What came in for the order (a table alias), less what went back."""
    return (
        "coalesce((SELECT sum(p.amount) FROM orders_payment p "
        f"WHERE p.order_id = {order}.id AND p.status = 'received'), 0)"
    )


def credited_sql(order: str) -> str:
    """What return documents took off the order before it left."""
    return (
        "coalesce((SELECT sum(rl.amount) FROM orders_returnline rl "
        "JOIN orders_orderline ol ON ol.id = rl.order_line_id "
        f"WHERE ol.order_id = {order}.id AND rl.status = 'applied'), 0)"
    )


def due_sql(order: str) -> str:
    """Zero or less: nothing is owed any more."""
    return f"({order}.total_amount - {credited_sql(order)} - {paid_sql(order)})"
