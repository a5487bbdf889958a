"""The form of the rule editor, as a browser sends it."""

from orders.models import ReviewRule

ADD = "/admin/orders/reviewrule/add/"
START = "/admin/orders/reviewrule/start/"


def form(*rows: tuple[str, str, str], **more: object) -> dict[str, object]:
    """The form of a rule as the browser sends it: rows of one group, and the rest."""
    sent: dict[str, object] = {
        "name": "Large", "outcome": "hold", "reason": "large order", "needs": "all", "base": 0,
        "groups-0-needs": "all", "tags": "", "do": "save",
    }  # fmt: skip
    for at, (field, operator, value) in enumerate(rows):
        sent |= {
            f"conditions-{at}-group": "0",
            f"conditions-{at}-field": field,
            f"conditions-{at}-operator": operator,
            f"conditions-{at}-value": value,
        }
    return sent | more


def address(one: ReviewRule, act: str = "change") -> str:
    return f"/admin/orders/reviewrule/{one.pk}/{act}/"
