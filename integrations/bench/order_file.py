"""A file of orders like those of a wholesaler: long invoices, cancellations, write-offs, charges."""

import csv
import random
from datetime import datetime, timedelta
from pathlib import Path

HEADER = (
    "InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID",
    "Country",
)  # fmt: skip
_BEGIN = datetime(2025, 12, 1, 8)
_SKUS = 3_800
_CUSTOMERS = 3_400
_COUNTRIES = ("United Kingdom",) * 18 + ("Germany", "France")


def write_order_file(path: Path, lines: int) -> None:
    """Write so many lines (and a header), the same ones each time.

    One document in seven cancels part of an earlier purchase, one in eighty is a write-off without
    price or customer; every ninth invoice bears a carriage line, a quarter has no customer.
    """
    pick = random.Random(20)
    bought: list[tuple[str, int, str, str]] = []
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file, lineterminator="\n").writerow
        write(HEADER)
        number = 500_000
        while written < lines:
            number += 1
            at = str(_BEGIN + timedelta(minutes=17 * (number - 500_000)))
            customer = f"{12_000 + pick.randrange(_CUSTOMERS)}.0" if pick.random() < 0.75 else ""  # noqa: PLR2004
            rows = _document(pick, number, customer, bought)[: lines - written]
            for document, code, quantity, price, who in rows:
                country = _COUNTRIES[number % len(_COUNTRIES)]
                write((document, code, _name(code), quantity, at, price, who, country))
            written += len(rows)


def _document(
    pick: random.Random, number: int, customer: str, bought: list[tuple[str, int, str, str]]
) -> list[tuple[str, str, int, str, str]]:
    """The rows of one document: number, code, quantity, price, customer."""
    if number % 7 == 0 and bought:
        taken = pick.sample(bought, min(2, len(bought)))
        who = taken[0][3]
        return [
            (f"C{number}", code, -quantity, price, who)
            for code, quantity, price, owner in taken if owner == who
        ]  # fmt: skip
    if number % 80 == 0:
        return [(str(number), _code(pick), -pick.randint(1, 40), "0.0", "")]
    rows = []
    for _row in range(pick.randint(1, 49)):
        code, quantity = _code(pick), pick.choice((1, 1, 2, 4, 6, 12, 24))
        rows.append((str(number), code, quantity, f"{pick.randint(40, 1800) / 100}", customer))
    if customer:
        bought.extend(
            (code, quantity, price, customer) for _no, code, quantity, price, _ in rows[:2]
        )
        del bought[:-4000]
    if number % 9 == 0:
        rows.append((str(number), "POST", 1, "18.0", customer))
    return rows


def _code(pick: random.Random) -> str:
    return str(20_000 + int(_SKUS * pick.random() ** 2))


def _name(code: str) -> str:
    return "POSTAGE" if code == "POST" else f"SET OF {int(code) % 7 + 2} NICE THINGS NO {code}"
