"""P1: one order of three lines per POST: real gunicorn, token, validation, key, event, fsync on."""

import json
import statistics

from integrations.bench.catalogue import api_token, fill_catalogue, order_body
from integrations.bench.goals import Report
from integrations.bench.load import PLACEHOLDER
from integrations.bench.pgbench import PlaceTwin
from integrations.bench.placed import check_placed
from integrations.bench.rounds import interleave, ratio, spread
from integrations.bench.web import Loaded, Web, web_server
from integrations.bench.workbench import Workbench
from oms.models import IdempotencyKey

HELLO = "GET /healthz/live HTTP/1.1\r\nHost: localhost\r\n"
_BODIES = 4000


def post_head(path: str, token: str) -> str:
    """Request line and headers of a POST; each request gets an idempotency key of its own."""
    return (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nIdempotency-Key: key-{PLACEHOLDER}\r\n"
    )


def run(bench: Workbench, report: Report) -> None:
    with bench.database("place_http") as database:
        fill_catalogue()
        head = post_head("/api/v1/orders", api_token())
        twin = PlaceTwin(bench.server, database)
        with web_server() as web:
            placing = Placing(web, head)
            web.load(HELLO, seconds=0.5)
            placing.orders_per_second(0.5)
            cells = interleave(
                bench.options.rounds,
                {
                    "place": lambda: placing.orders_per_second(bench.options.seconds),
                    "hello": lambda: web.load(HELLO, seconds=bench.options.seconds).per_second,
                    "r4": lambda: twin.orders_per_second(bench.options.seconds),
                },
            )
            report.figures["web process"] = f"{max(web.resident_mb()):.0f} MB resident"
        report.at_least("orders/s over HTTP ÷ R4", ratio(cells, "place", "r4"), 0.35)
        report.figures |= {
            "place": spread(cells["place"], "orders/s"),
            "R4 (pgbench, prepared)": spread(cells["r4"], "orders/s"),
            "hello view (H)": spread(cells["hello"], "requests/s"),
            "place ÷ H": f"{ratio(cells, 'place', 'hello'):.2f} ×",
            "latency": placing.latency(),
        }
        placing.check(report)
        twin.check(report)


class Placing:
    """Posts orders and remembers what came back."""

    def __init__(self, web: Web, head: str) -> None:
        self.web = web
        self.head = head
        self.bodies = [json.dumps(order_body(seed), ensure_ascii=False) for seed in range(_BODIES)]
        self.cells: list[Loaded] = []

    def orders_per_second(self, seconds: float) -> float:
        self.cells.append(self.web.load(self.head, self.bodies, seconds=seconds))
        return self.cells[-1].per_second

    def latency(self) -> str:
        middle = statistics.median(cell.milliseconds(0.5) for cell in self.cells)
        high = statistics.median(cell.milliseconds(0.99) for cell in self.cells)
        return f"p50 {middle:.1f} ms, p99 {high:.1f} ms"

    def check(self, report: Report) -> None:
        """Every answer was 201, every order stands once, every key is kept."""
        sent = sum(cell.requests for cell in self.cells)
        created = sum(cell.statuses.get("201", 0) for cell in self.cells)
        refusal = next((cell.first_refusal for cell in self.cells if cell.first_refusal), "")
        report.check("every answer is 201", sent == created, f"{created} of {sent}: {refusal}")
        keys = IdempotencyKey.objects.filter(status_code=201).count()
        report.check("every key is kept", keys == created, f"{keys} of {created}")
        check_placed(report, created)
