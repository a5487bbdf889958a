"""Steps at the review desk as a browser takes them, for the tests of it."""

from typing import Any

from orders.models import Order
from tests.fixtures import flow

HX = {"HX-Request": "true"}


def look_at(browser: Any, order: Order, query: str = "") -> Any:
    return browser.get(f"/review/{order.number}/{query}", headers=HX)


def decide(browser: Any, act: str, order: Order, *, seen: Order | None = None, **data: Any) -> Any:
    """`seen` is the order as it was shown (None: as it is now)."""
    shown = seen or flow.fresh(order)
    form = {"stood": shown.status, "version": shown.version, "reason": "Address"}
    return browser.post(f"/review/{order.number}/{act}/", form | data, headers=HX)


def step(browser: Any, order: Order | None = None, way: str = "on", query: str = "") -> Any:
    data = {"from": order.pk if order else "", "way": way}
    return browser.post(f"/review/step/{query}", data, headers=HX)


def before(response: Any) -> int | None:
    """The id of the order that is on the desk."""
    order = response.context["order"]
    return order.pk if order else None


def told(response: Any) -> str:
    said = response.context["told"]
    return said.text if said else ""


def listed(response: Any) -> list[int]:
    return [entry.row.pk for entry in response.context["entries"]]
