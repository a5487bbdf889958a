"""P5, review alone: twenty rules of mixed fields judge 33,334 orders; trying a rule, explaining an order."""

import statistics
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now

from integrations.bench.goals import Report
from integrations.bench.pgbench import TWINS
from integrations.bench.placed import check_invariants
from integrations.bench.rounds import Cells, ratio, seconds_of, spread
from integrations.bench.rules_shop import ORDERS, PAST, make_past, make_waiting, texts
from integrations.bench.workbench import Workbench, say
from oms.sql import query
from orders.review.explain import explain_orders
from orders.review.judge import CHUNK, judge, judge_chunk
from orders.review.rules.book import Book, Rule, current_book
from orders.review.rules.text import Outcome, RuleText, all_of
from orders.review.rules.trial import try_rule

_GROWTH = (1, 5, 20, 100)
_EXPLAINED = 40
_DECIDED = (
    "SELECT status, reason_detail, count(*), sum(id) FROM orders_order GROUP BY 1, 2 ORDER BY 1, 2"
)
_CANDIDATE = RuleText(
    "candidate", Outcome.HOLD, "candidate", all_of(("total", "gte", "450"), ("first_order", "yes", ""))
)  # fmt: skip


def run(bench: Workbench, report: Report) -> None:
    bench.make("waiting")
    make_waiting()
    cells: Cells = {"ours": [], "twin": []}
    decided: dict[str, list[object]] = {}
    works: dict[str, Callable[[], object]] = {"ours": _ours, "twin": _twin}
    for number in range(bench.options.rounds):
        for name in list(works)[:: 1 if number % 2 else -1]:
            with bench.database("rules", like="waiting"):
                current_book()
                cells[name].append(seconds_of(works[name]))
                decided[name] = [*query(_DECIDED)]
                if name == "ours" and not number:
                    check_invariants(report)
    right = decided["ours"] == decided["twin"]
    differing = set(decided["ours"]).symmetric_difference(decided["twin"])
    report.check("the rules decide what the twin decides", right, sorted(map(str, differing)))
    say("growth")
    bench.enter("waiting")
    growth = {count: _judged_seconds(count, bench.options.rounds) for count in _GROWTH}
    bench.drop("waiting")
    _tell(report, cells, growth)
    _past(bench, report)


def _ours() -> None:
    last_id = 0
    while judged := judge_chunk(after_id=last_id):
        last_id = judged.last_id


def _twin() -> None:
    statement = (TWINS / "rules.sql").read_text()
    last_id = 0
    while last_id is not None:
        params = {"after": last_id, "limit": CHUNK, "zone": settings.TIME_ZONE}
        with transaction.atomic():
            [(last_id,)] = query(statement, params)


def _judged_seconds(count: int, rounds: int) -> float:
    """Seconds to judge all orders by so many rules, without writing anything."""
    rules = [Rule(text, place + 1) for place, text in enumerate(texts(1 + count // 20))]
    # The last is the one that approves: with it each order is decided.
    book = Book(0, tuple([*rules[-1:], *rules][:count]), current_book().signals)
    ids = [row[0] for row in query("SELECT id FROM orders_order ORDER BY id")]
    chunks = [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]
    return statistics.median(
        seconds_of(lambda: [judge(book, chunk) for chunk in chunks]) for _round in range(rounds)
    )


def _past(bench: Workbench, report: Report) -> None:
    """Trying a rule on a month of orders, and explaining single ones."""
    with bench.database("past"):
        make_past()
        until = now()
        since = until - timedelta(days=30)
        orders = 0

        def try_it() -> None:
            nonlocal orders
            orders = try_rule(_CANDIDATE, rule_id=None, since=since, until=until).orders

        tried = [seconds_of(try_it) for _round in range(bench.options.rounds)]
        report.check("the trial saw every order", orders == PAST, orders)
        book = current_book()
        newest = query("SELECT id FROM orders_order ORDER BY id DESC LIMIT %s", [_EXPLAINED])
        explained = [1000 * seconds_of(partial(_explain, book, pk)) for (pk,) in newest]
    report.at_most(f"trying a rule on {PAST:,} orders", statistics.median(tried), 3, "s")
    report.at_most("explaining one order", statistics.median(explained), 50, "ms")
    report.figures |= {"trying": spread(tried, "s"), "explaining": spread(explained, "ms")}


def _explain(book: Book, order_id: int) -> None:
    explain_orders(book, [order_id], may_see_money=True)


def _tell(report: Report, cells: Cells, growth: dict[int, float]) -> None:
    rate = ORDERS / statistics.median(cells["ours"])
    ours = ratio(cells, "ours", "twin")
    # Either is enough: 15,000 orders a second, or three times the hand-written statement.
    report.at_most(
        "review ÷ hand-written SQL, or less than 15,000 orders/s", min(ours, 3 * 15_000 / rate), 3
    )
    report.at_most("100 rules ÷ 20 rules", growth[100] / growth[20], 5)
    report.figures |= {
        "review by 20 rules": spread([ORDERS / one for one in cells["ours"]], "orders/s"),
        "hand-written SQL": spread([ORDERS / one for one in cells["twin"]], "orders/s"),
        "review ÷ hand-written SQL": f"{ours:.2f} ×",
    }
    for count, seconds in growth.items():
        report.figures[f"judging by {count} rules, nothing written"] = (
            f"{ORDERS / seconds:,.0f} orders/s, {1e6 * seconds / ORDERS / count:.2f} µs per order and rule"
        )
