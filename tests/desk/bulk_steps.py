"""Choosing and confirming bulk jobs as a browser does, for the tests of them."""

from typing import Any

from orders.desk.bulk.models import BulkJob
from orders.models import Order
from tests.fixtures import flow


def choose(browser: Any, act: str, *orders: Order, **data: Any) -> Any:
    ticked = {"order": [order.pk for order in orders], "reason": "Address"}
    return browser.post(f"/orders/bulk/{act}/", ticked | data)


def do(browser: Any, job: BulkJob, keep: list[Order] | None = None, **data: Any) -> Any:
    """Confirm the job's page as it was shown; `keep` are the orders that stay ticked (None: all)."""
    shown = [item.order_id for item in browser.get(page_of(job)).context["sight"].going]
    kept = shown if keep is None else [order.pk for order in keep]
    return browser.post(f"{page_of(job)}do/", {"shown": shown, "keep": kept} | data)


def page_of(job: BulkJob) -> str:
    return f"/orders/bulk/{job.pk}/"


def job() -> BulkJob:
    return BulkJob.objects.latest("pk")


def fates(one: BulkJob) -> list[tuple[str, str]]:
    return list(one.items.order_by("order_id").values_list("state", "words"))


def statuses(*orders: Order) -> list[str]:
    return [flow.fresh(order).status for order in orders]


def told(browser: Any) -> list[str]:
    return [str(one) for one in browser.get("/orders/").context["messages"]]
