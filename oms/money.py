"""Money: one rounding rule for the whole system.

A line's amount is quantity × unit price − discount, rounded once to the currency's smallest coin, half away from
zero (the rule of PostgreSQL's `round(numeric)` too). Totals are sums of rounded amounts and are never rounded again.
"""

from decimal import ROUND_HALF_UP, Decimal

# Currencies with two decimals or none; those with three (KWD, BHD ...) do not fit the amount columns.
_TWO_PLACES = (
    "AED AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD IDR ILS INR MOP MXN MYR NOK NZD PHP PLN RUB SAR SEK SGD THB TRY "
    "TWD USD ZAR"
)
CURRENCY_PLACES: dict[str, int] = {
    **dict.fromkeys(_TWO_PLACES.split(), 2),
    **dict.fromkeys(["CLP", "JPY", "KRW", "VND"], 0),
}
SYMBOLS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "JP¥", "HKD": "HK$", "TWD": "NT$"}

_QUANTA = {places: Decimal(1).scaleb(-places) for places in (0, 2)}


def round_amount(value: Decimal, currency: str) -> Decimal:
    """`value` rounded to the coins of `currency`."""
    return value.quantize(_QUANTA[CURRENCY_PLACES[currency]], ROUND_HALF_UP)
