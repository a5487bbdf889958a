"""P7: every order wants the same SKU, placed by eight clients, allocated by workers; and its last pieces sell out."""

import json
import time
from functools import partial

from integrations.bench.catalogue import api_token, fill_catalogue, order_body
from integrations.bench.goals import Report
from integrations.bench.pgbench import PlaceTwin
from integrations.bench.place_http import HELLO, post_head
from integrations.bench.placed import check_invariants
from integrations.bench.rounds import interleave, ratio, spread
from integrations.bench.web import Loaded, Web, web_server
from integrations.bench.workbench import Workbench
from integrations.bench.worker import worker
from inventory.ledger import Posting, post
from inventory.models import Sku, Warehouse
from oms.sql import query
from orders.pipeline import advance
from orders.review.accept_channel import add_rule
from orders.review.rules.text import RuleText, all_of

CLIENTS = 8
_HOT, _LAST = "B10000", "B05000"
_UNITS = 100
_BODIES = 500
_SOLD = """
SELECT count(*) FILTER (WHERE o.status = 'allocated'), count(*) FILTER (WHERE o.status = 'backordered'), count(*),
  (SELECT sum(reserved) FROM inventory_stock WHERE sku_id = %(sku)s),
  (SELECT sum(on_hand) FROM inventory_stock WHERE sku_id = %(sku)s)
FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id
WHERE l.sku_id = %(sku)s AND NOT EXISTS (SELECT FROM orders_orderline x WHERE x.order_id = o.id AND x.id <> l.id)
"""
_UNSERVED = (
    "SELECT EXISTS (SELECT FROM orders_order WHERE status IN ('pending_review', 'approved'))"
)
_DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"


def _bodies(hot: str = "") -> list[str]:
    """Orders of three lines as everywhere, the last of them for the hot SKU."""
    bodies = []
    for seed in range(_BODIES):
        body = order_body(seed)
        if hot:
            body["lines"][-1]["sku"] = hot
        bodies.append(json.dumps(body, ensure_ascii=False))
    return bodies


def _last_pieces() -> list[str]:
    """Orders for one piece of what is about to sell out, and nothing else."""
    bodies = []
    for seed in range(_BODIES):
        body = order_body(seed)
        body["lines"] = [{"sku": _LAST, "quantity": 1, "unit_price": "12.90"}]
        body["payment"]["amount"] = "12.90"
        bodies.append(json.dumps(body, ensure_ascii=False))
    return bodies


class Shop:
    """The web server under eight clients, and what was answered."""

    def __init__(self, web: Web, head: str) -> None:
        self.web, self.head = web, head
        self.cells: list[Loaded] = []

    def place(self, bodies: list[str], seconds: float) -> float:
        self.cells.append(self.web.load(self.head, bodies, clients=CLIENTS, seconds=seconds))
        return self.cells[-1].per_second

    def reserve(self, bodies: list[str], seconds: float) -> float:
        """Orders a second from the first POST until the last of them has its goods."""
        started = time.perf_counter()
        self.place(bodies, seconds)
        serve_all()
        return self.cells[-1].requests / (time.perf_counter() - started)


def serve_all() -> None:
    """Until no order waits for review or allocation, beside the worker: what it holds, we pass over."""
    while query(_UNSERVED)[0][0]:
        advance()


def run(bench: Workbench, report: Report) -> None:
    with bench.database("hot_sku") as database:
        fill_catalogue()
        add_rule(RuleText("all", "approve", "all", all_of(("total", "gte", "0"))))
        twin = PlaceTwin(bench.server, database)
        seconds, spread_out, hot = bench.options.seconds, _bodies(), _bodies(_HOT)
        with web_server() as web, worker("always") as beside:
            shop = Shop(web, post_head("/api/v1/orders", api_token()))
            web.load(HELLO, seconds=0.5)
            shop.place(spread_out, 0.5)
            beside.begin()
            cells = interleave(
                bench.options.rounds,
                {
                    "spread": partial(shop.reserve, spread_out, seconds),
                    "hot": partial(shop.reserve, hot, seconds),
                    "raw": lambda: twin.orders_per_second(seconds, clients=CLIENTS),
                    "raw hot": lambda: twin.orders_per_second(
                        seconds, "place_hot.pgbench", CLIENTS
                    ),
                },
            )
            _sell_out(shop, seconds)
            report.check("the worker ended well", beside.end())
        report.at_least(
            "orders/s, all on one SKU ÷ spread over 10,000", ratio(cells, "hot", "spread"), 0.8
        )
        report.figures |= {
            "spread, placed and allocated": spread(cells["spread"], "orders/s"),
            "hot, placed and allocated": spread(cells["hot"], "orders/s"),
            "raw SQL, hot ÷ spread": f"{ratio(cells, 'raw hot', 'raw'):.2f} ×",
        }
        _check(report, shop)
        twin.check(report)


def _sell_out(shop: Shop, seconds: float) -> None:
    """So many pieces, four times as many who want one at least, all at once; workers allocate beside."""
    sku, warehouse = Sku.objects.get(code=_LAST), Warehouse.objects.get()
    taken = query("SELECT available FROM inventory_stock WHERE sku_id = %s", [sku.pk])[0][0]
    post([Posting(warehouse.pk, sku.pk, _UNITS - taken, "adjustment", "bench")], actor=None)
    before, bodies = len(shop.cells), _last_pieces()
    while sum(cell.requests for cell in shop.cells[before:]) < 4 * _UNITS:
        shop.place(bodies, seconds)
    serve_all()


def _check(report: Report, shop: Shop) -> None:
    sent = sum(cell.requests for cell in shop.cells)
    created = sum(cell.statuses.get("201", 0) for cell in shop.cells)
    report.check("every answer is 201", sent == created, f"{created} of {sent}")
    sku = Sku.objects.get(code=_LAST)
    allocated, waiting, wanted, reserved, on_hand = query(_SOLD, {"sku": sku.pk})[0]
    report.figures["the last pieces"] = f"{wanted} orders, {allocated} served, {waiting} wait"
    is_exact = (allocated, reserved, waiting) == (_UNITS, on_hand, wanted - _UNITS)
    report.check("exactly what is there is sold", is_exact, (allocated, reserved, on_hand, waiting))
    deadlocks = query(_DEADLOCKS)[0][0]
    report.check("no deadlock", deadlocks == 0, deadlocks)
    check_invariants(report)
