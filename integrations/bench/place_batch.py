"""P3: batches of a hundred orders per POST, as a shop system sends them."""

import json
from functools import partial

from integrations.bench.catalogue import api_token, fill_catalogue, order_body
from integrations.bench.goals import Report
from integrations.bench.load import PLACEHOLDER
from integrations.bench.pgbench import PlaceTwin
from integrations.bench.place_http import post_head
from integrations.bench.placed import check_placed
from integrations.bench.rounds import interleave, ratio, spread
from integrations.bench.web import Loaded, web_server
from integrations.bench.workbench import Workbench

BATCH = 100
_BODIES = 40


def batch_body(number: int) -> str:
    """A hundred orders; the running number of the request makes their numbers unique."""
    orders = [
        order_body(number * BATCH + place, f"M{PLACEHOLDER}-{place}") for place in range(BATCH)
    ]
    return json.dumps({"orders": orders}, ensure_ascii=False)


def run(bench: Workbench, report: Report) -> None:
    with bench.database("place_batch") as database:
        fill_catalogue()
        head = post_head("/api/v1/orders/batch", api_token())
        bodies = [batch_body(number) for number in range(_BODIES)]
        twin = PlaceTwin(bench.server, database)
        seconds = bench.options.seconds
        seen: list[Loaded] = []
        with web_server() as web:

            def place(seconds: float) -> float:
                seen.append(web.load(head, bodies, seconds=seconds))
                return seen[-1].per_second * BATCH

            place(0.5)
            cells = interleave(
                bench.options.rounds,
                {"batch": partial(place, seconds), "r4": lambda: twin.orders_per_second(seconds)},
            )
            report.figures["web process"] = f"{max(web.resident_mb()):.0f} MB resident"
        report.at_least("orders/s in batches ÷ R4", ratio(cells, "batch", "r4"), 1.5)
        report.figures |= {
            "batches of 100": spread(cells["batch"], "orders/s"),
            "R4 (pgbench, prepared)": spread(cells["r4"], "orders/s"),
        }
        refusal = next((cell.first_refusal for cell in seen if cell.first_refusal), "")
        report.check("no batch is refused", not refusal, refusal)
        check_placed(report, sum(cell.requests for cell in seen) * BATCH)
        twin.check(report)
