"""P9: whatever people type into the search box is answered at once, found or not.

Each kind of text is searched for many times on one connection, because a plan that is good the
first times and bad from the sixth on is a trap of prepared statements.
"""

import random
import time
from collections.abc import Callable
from itertools import product

from django.http import QueryDict

from integrations.bench.catalogue import GIVEN, SURNAMES
from integrations.bench.goals import Report
from integrations.bench.many_orders import FIRST, LAST
from integrations.bench.rounds import percentile, short, spread
from integrations.bench.shop import enter_shop, manager
from integrations.bench.workbench import Workbench
from oms.models import User
from oms.sql import query
from orders.desk import listing
from orders.desk.asked import asked_in
from orders.desk.clues import literally

Text = Callable[[random.Random], str]
LIMIT_MS = 50.0
_ABSENT = ("欧阳修", "Zwqxk", "司马光", "Qqqyz")
_ABSENT_PAIRS = ["".join(pair) for pair in product("欧司诸慕", "阳马葛容")]
_SAMPLES = 30
_NAMED = """
SELECT id FROM orders_order WHERE customer_name ILIKE %s OR ship_name ILIKE %s
ORDER BY id DESC LIMIT 50
"""

KINDS: dict[str, Text] = {
    "absent fragment": lambda pick: pick.choice(_ABSENT),
    "one Chinese character": lambda pick: pick.choice(SURNAMES),
    "two Chinese characters": lambda pick: pick.choice(SURNAMES) + pick.choice(GIVEN),
    "two absent Chinese characters": lambda pick: pick.choice(_ABSENT_PAIRS),
    "a name that 1 % bear": lambda pick: pick.choice(LAST),
    "a rare name": lambda pick: f"{pick.choice(FIRST)} {pick.choice(LAST)} {pick.randrange(6):x}",
    "tail of a phone": lambda pick: f"{pick.randrange(10_000):04d}",
    "longer tail of a phone": lambda pick: f"{pick.randrange(10_000_000):07d}",
    "wildcards": lambda pick: pick.choice(["%", "_", "%%", "a%b", "\\", "王%", "_伟"]),
    "a SKU": lambda pick: f"B{pick.randrange(1, 10_001):05d}",
}


def run(bench: Workbench, report: Report) -> None:
    many = bench.options.sizes[1]
    enter_shop(bench, many)
    user, pick = manager(), random.Random(9)
    samples: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for text in KINDS.values():  # once unmeasured: what lies on the disk only is read
        _search(user, text(pick))
    for _round in range(bench.options.rounds):
        for kind, text in KINDS.items():
            samples[kind] += [_milliseconds(user, text(pick)) for _number in range(_SAMPLES)]
    for kind, taken in samples.items():
        report.at_most(f"{kind}: p99 at {many:,}", percentile(taken, 0.99), LIMIT_MS, "ms")
        report.figures[kind] = f"{spread(taken, 'ms')}, p95 {short(percentile(taken, 0.95))} ms"
    _check(report, user)


def _search(user: User, text: str) -> listing.OrderPage:
    asked = QueryDict(mutable=True)
    asked["q"] = text
    return listing.page(user, asked_in(asked), asked)


def _milliseconds(user: User, text: str) -> float:
    started = time.perf_counter()
    _search(user, text)
    return (time.perf_counter() - started) * 1000


def _check(report: Report, user: User) -> None:
    """What is found is what a walk over all orders finds: the newest 50, none too many.

    Of a text that thousands of orders match, any of them may stand after the newest 20,000 orders.
    """
    wrong = []
    for text in ("王", "李娜", "Smithson", "欧阳", "Anna Liez", "%", "_"):
        pattern = f"%{literally(text)}%"
        started = time.perf_counter()
        exact = [row[0] for row in query(_NAMED, [pattern, pattern])]
        report.figures["walk over all names"] = f"{(time.perf_counter() - started) * 1000:.0f} ms"
        page = _search(user, text)
        found = [row.pk for row in page.rows]
        matching = all(text in row.customer for row in page.rows)
        if not matching or (found != exact and not page.is_capped) or len(found) != len(exact):
            wrong.append(text)
    report.check("every search finds the newest matching orders", not wrong, wrong)
