from decimal import Decimal


def paid_state(total: Decimal, paid: Decimal) -> str:
    """`unpaid`, `partially_paid` or `paid`: the word comes from `oms.status`."""
    if paid >= total:
        return "paid"
    return "partially_paid" if paid > 0 else "unpaid"
