"""P8: the order list stays as fast with a million orders as with ten thousand.

Two measures: the function that reads one page (statements and rows, no template), few orders
against many; and the whole page with its template beside Django's own admin list, many orders.
"""

import time
from collections.abc import Callable
from functools import partial

from django.http import QueryDict
from django.test import Client, override_settings

from integrations.bench.admin_list import AdminList
from integrations.bench.goals import Report
from integrations.bench.rounds import interleave, percentile, ratio, spread
from integrations.bench.shop import enter_shop, manager
from integrations.bench.workbench import Workbench
from oms.launch.steps import publish_frontend
from oms.models import User
from oms.sql import query
from orders.desk import listing
from orders.desk.asked import asked_in
from orders.models import Order

Read = Callable[[], object]
# Where page 1,000 of the ready orders begins, or as near to it as there are orders.
_PLACE = """
SELECT id FROM orders_order WHERE status = 'allocated' ORDER BY id DESC
OFFSET (SELECT least(50000, count(*) * 9 / 10) FROM orders_order WHERE status = 'allocated') LIMIT 1
"""
_SAMPLES = 60
_PAGES = 8
_PLAIN_FILES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


def run(bench: Workbench, report: Report) -> None:
    few, many = bench.options.sizes
    rounds: dict[int, dict[str, list[float]]] = {few: {}, many: {}}
    for number in range(bench.options.rounds):
        for size in (few, many) if number % 2 else (many, few):
            enter_shop(bench, size)
            for name, milliseconds in _read_all(number).items():
                rounds[size].setdefault(name, []).append(milliseconds)
    for name, slow in rounds[many].items():
        fast = rounds[few][name]
        # One millisecond is free: below it the clock and the machine are what is measured.
        growth = sorted((b - 1) / a for a, b in zip(fast, slow, strict=True))[len(fast) // 2]
        report.at_most(f"{name}: (p95 at {many:,} − 1 ms) ÷ p95 at {few:,}", growth, 1.5)
        report.figures[f"{name}: p95"] = f"{spread(fast, 'ms')} → {spread(slow, 'ms')}"
    enter_shop(bench, many)
    _check(report)
    publish_frontend()
    with override_settings(STORAGES=_PLAIN_FILES, ALLOWED_HOSTS=["*"]):
        _whole_pages(bench, report)


def readers(user: User, number: int) -> dict[str, Read]:
    """What a page of the list asks of the database, for each way to look at it."""
    place = query(_PLACE)[0][0]
    asks = {
        "newest": "",
        "common tab": "tab=ready",
        "rare tab": "tab=hold",
        "page 1,000 of a tab": f"tab=ready&after={place}",
        "one day": f"day_from={_day()}&day_to={_day()}",
    }
    reads: dict[str, Read] = {
        name: partial(_page, user, QueryDict(text)) for name, text in asks.items()
    }
    reads["by number"] = partial(_by_number, user, _number(number))
    return reads


def _page(user: User, asked: QueryDict) -> int:
    return len(listing.page(user, asked_in(asked), asked).rows)


def _by_number(user: User, number: str) -> Order | None:
    return Order.objects.visible_to(user).with_number(number).select_related("channel").first()


def _day() -> str:
    """A day in the middle, on which orders were placed."""
    return str(
        query("SELECT placed_at::date FROM orders_order WHERE id = (SELECT max(id) / 2 FROM orders_order)")[0][0]
    )  # fmt: skip


def _number(salt: int) -> str:
    (number,) = query(
        "SELECT number FROM orders_order WHERE id = 1 + mod(%s, (SELECT max(id) FROM orders_order))",
        [salt * 7919 + 4242],
    )[0]
    return str(number)


def _read_all(number: int) -> dict[str, float]:
    """p95 of each way to read, in milliseconds."""
    user = manager()
    return {name: _p95(read) for name, read in readers(user, number).items()}


def _p95(read: Read) -> float:
    samples = []
    for place in range(_SAMPLES + 3):
        started = time.perf_counter()
        read()
        if place > 2:  # noqa: PLR2004 - the first ones warm caches
            samples.append((time.perf_counter() - started) * 1000)
    return percentile(samples, 0.95)


def _check(report: Report) -> None:
    """The pages hold what an exact statement finds."""
    user = manager()
    wrong = []
    for name, text, where in (
        ("newest", "", "true"),
        ("common tab", "tab=ready", "status IN ('approved', 'allocated')"),
        ("rare tab", "tab=hold", "status = 'on_hold'"),
    ):
        asked = QueryDict(text)
        shown = [row.pk for row in listing.page(user, asked_in(asked), asked).rows]
        exact = query(
            f"SELECT id FROM orders_order WHERE {where} ORDER BY id DESC LIMIT %s", [len(shown)]
        )
        if not shown or shown != [row[0] for row in exact]:
            wrong.append(name)
    report.check("every page shows the right orders", not wrong, wrong)


def _whole_pages(bench: Workbench, report: Report) -> None:
    """The page with its template beside the admin's list of the same orders."""
    client = Client()
    client.force_login(manager())
    admin = AdminList()
    place, number = query(_PLACE)[0][0], _number(1)
    last = min(
        1000, query("SELECT count(*) / 60 FROM orders_order WHERE status = 'allocated'")[0][0]
    )
    pairs = {
        "newest": ("", ""),
        "a status": ("tab=ready", "status__exact=allocated"),
        "page 1,000 of a status": (
            f"tab=ready&after={place}", f"status__exact=allocated&p={last}",
        ),
        "by number": (f"q={number}", f"q={number}"),
    }  # fmt: skip
    for name, (ours, theirs) in pairs.items():
        answer = client.get(f"/orders/?{ours}", follow=True)
        report.check(f"our page answers: {name}", answer.status_code == 200, answer.status_code)  # noqa: PLR2004
        cells = interleave(
            bench.options.rounds,
            {
                "ours": partial(
                    _milliseconds, partial(client.get, f"/orders/?{ours}", follow=True)
                ),
                "admin": partial(_milliseconds, partial(admin.page, theirs)),
            },
        )
        report.at_most(f"whole page ÷ admin's: {name}", ratio(cells, "ours", "admin"), 0.25)
        report.figures[f"whole page: {name}"] = (
            f"{spread(cells['ours'], 'ms')}; admin {spread(cells['admin'], 'ms')}"
        )


def _milliseconds(page: Callable[[], object]) -> float:
    """The median of some pages in a row."""
    taken = []
    for _number in range(_PAGES):
        started = time.perf_counter()
        page()
        taken.append((time.perf_counter() - started) * 1000)
    return percentile(taken, 0.5)
