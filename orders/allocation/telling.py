"""What an order is told of its allocation: what it lacks, why it waits, who serves it and why not the others."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from inventory.models import Sku
from oms.models import Channel
from oms.sql import query, rows_json
from orders.allocation.plan import Served
from orders.allocation.policies import Rules
from orders.allocation.preorder import day_of
from orders.allocation.why import Why
from orders.states import OrderStatus
from orders.transition import Move

_SHORT_DETAIL_SKUS = 3


@dataclass(frozen=True, slots=True)
class Waits:
    """Why an order goes on waiting where it is."""

    order_id: int
    code: str
    detail: str


_SAY_WHY = """
UPDATE orders_order o SET reason_code = w.code, reason_detail = left(w.detail, 300)
FROM json_to_recordset(%s) AS w(order_id bigint, code text, detail text)
WHERE o.id = w.order_id AND (o.reason_code, o.reason_detail) <> (w.code, left(w.detail, 300))
"""


def say_why(waits: list[Waits]) -> None:
    if waits:
        query(_SAY_WHY, [rows_json(waits)])


@dataclass(slots=True)
class Telling:
    """Codes of SKUs, warehouses and channels in place of their ids, and each reason told once."""

    rules: Rules
    skus: dict[int, str]
    channels: dict[int, str]
    _told: dict[Why, dict[str, Any]] = field(default_factory=dict)

    def why(self, why: Why) -> dict[str, Any]:
        """As it is kept in the event: `orders.allocation.words` reads it."""
        told = self._told.get(why)
        if told is None:
            told = self._told[why] = self._tell(why)
        return told

    def _tell(self, why: Why) -> dict[str, Any]:
        codes = self.rules.warehouses
        told: dict[str, Any] = {"by": why.by, "from": [codes[pk] for pk in why.chosen]}
        if why.others:
            told["others"] = [
                [
                    codes[one.warehouse_id],
                    one.code,
                    one.a,
                    self.channels.get(one.b, "") if one.code == "kept" else one.b,
                ]
                for one in why.others
            ]
        if why.notes:
            told["notes"] = [
                [one.code, one.a, self.skus[one.b] if one.code == "not_before" else one.b]
                for one in why.notes
            ]
        if why.policy_id:
            told["policy"] = [why.policy_id, self.rules.names[why.policy_id]]
        return told

    def waits(self, served: Served) -> Waits:
        """Why a short order waits: for goods, for a day, or because its policy lets no warehouse serve it."""
        if served.why.is_forbidden:
            return Waits(served.order_id, "policy_forbids", self.rules.names[served.why.policy_id])
        day = day_of(served.missing, self.rules.later)
        if day:
            return Waits(served.order_id, "preorder", day)
        return Waits(served.order_id, "short", self.shortage(served))

    def shortage(self, served: Served) -> str:
        lacking = self._lacking(served)
        more = " …" if len(lacking) > _SHORT_DETAIL_SKUS else ""
        return ", ".join(lacking[:_SHORT_DETAIL_SKUS]) + more

    def short_move(self, served: Served) -> Move:
        waits = self.waits(served)
        data = {
            "how": served.result, "missing": self._lacking(served), "why": self.why(served.why)
        }  # fmt: skip
        return Move(
            served.order_id, OrderStatus.BACKORDERED, "backordered", reason_code=waits.code,
            reason_detail=waits.detail, data=data,
        )  # fmt: skip

    def _lacking(self, served: Served) -> list[str]:
        return [f"{self.skus[sku]} ×{pieces}" for sku, pieces in sorted(served.missing.items())]


def telling_of(served: Sequence[Served], rules: Rules) -> Telling:
    lacking = {sku for one in served for sku in one.missing}
    skus = dict(Sku.objects.filter(pk__in=lacking).values_list("pk", "code")) if lacking else {}
    keeps = any(other.code == "kept" for one in served for other in one.why.others)
    return Telling(rules, skus, dict(Channel.objects.values_list("pk", "code")) if keeps else {})
