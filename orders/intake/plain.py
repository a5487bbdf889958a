from decimal import Decimal

CENTS = 2


def plain_price(price: Decimal) -> str:
    """12.5000 as 12.50: at least two places, no more than there are."""
    text = f"{price.normalize():f}"
    return text if len(text.partition(".")[2]) > CENTS else f"{price:.{CENTS}f}"
