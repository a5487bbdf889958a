"""How much memory a web process holds after a thousand requests of every kind."""

import json
from urllib.parse import quote

from django.test import Client

from integrations.bench.catalogue import api_token, order_body
from integrations.bench.goals import Report
from integrations.bench.load import PLACEHOLDER
from integrations.bench.place_http import post_head
from integrations.bench.shop import enter_shop, manager
from integrations.bench.web import WEB_PROCESSES, Web, web_server
from integrations.bench.workbench import Workbench
from oms.launch.steps import publish_frontend

_REQUESTS = 1000 * WEB_PROCESSES
LIMIT_MB = 180.0


def run(bench: Workbench, report: Report) -> None:
    publish_frontend()
    few = bench.options.sizes[0]
    enter_shop(bench, few)
    with bench.database("memory", like=f"shop_{few}"):
        # Under "test" pages need no collected static files, which a bench database cannot have.
        with web_server(OMS_ENV="test") as web:
            fresh = max(web.resident_mb())
            sent, refused = _ask_for_everything(web, api_token())
            after = web.resident_mb()
        report.check("no request is refused", not refused, refused)
        report.check("enough requests were sent", sent >= _REQUESTS, sent)
        report.check("all web processes are seen", len(after) == WEB_PROCESSES, after)
        report.at_most("resident memory of a web process", max(after), LIMIT_MB, "MB")
        report.figures["right after the start"] = f"{fresh:.0f} MB"
        report.figures["requests sent to all processes"] = str(sent)


def _ask_for_everything(web: Web, token: str) -> tuple[int, dict[str, int]]:
    """Pages, searches, the API's list and placements until enough is sent; refusals by status."""
    client = Client()
    client.force_login(manager())
    session = client.cookies["sessionid"].value
    pages = ["", "?tab=ready", "?q=王", "?q=1234", "?tab=done&size=100"]
    heads = [_get(f"/orders/{page}", f"Cookie: sessionid={session}") for page in pages]
    heads.append(_get("/api/v1/orders?limit=100", f"Authorization: Bearer {token}"))
    place = post_head("/api/v1/orders", token)
    bodies = [
        json.dumps(order_body(seed, f"R{PLACEHOLDER}"), ensure_ascii=False) for seed in range(500)
    ]
    sent, refused = 0, dict[str, int]()
    while sent < _REQUESTS:
        for head, sending in [(place, bodies), *((head, []) for head in heads)]:
            seen = web.load(head, sending, seconds=1.0)
            sent += seen.requests
            for status, count in seen.statuses.items():
                if int(status) >= 400:  # noqa: PLR2004 - where HTTP's refusals begin
                    refused[status] = refused.get(status, 0) + count
    return sent, refused


def _get(path: str, header: str) -> str:
    return f"GET {quote(path, safe='/?=&')} HTTP/1.1\r\nHost: localhost\r\n{header}\r\n"
