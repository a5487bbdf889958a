"""Signals of risk: what shows that an order is risky, and how much. The sum is the field `risk`. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from orders.review.rules.check import check_condition
from orders.review.rules.compile import Compiled, compile_group
from orders.review.rules.fields import FIELDS, RISK
from orders.review.rules.text import Condition, Group, Needs


@dataclass(frozen=True, slots=True)
class Signal:
    """`points` are added when the conditions hold; one whose conditions cannot be read adds nothing."""

    id: int
    name: str
    points: int
    group: Group

    @property
    def is_readable(self) -> bool:
        conditions = self.group.conditions
        asks_risk = any(one.field == RISK.name for one in conditions)
        return bool(conditions) and not asks_risk and not any(map(check_condition, conditions))


def signal_from(pk: int, name: str, points: int, kept: Mapping[str, Any]) -> Signal:
    conditions = tuple(Condition(**one) for one in kept.get("conditions", ()))
    return Signal(pk, name, points, Group(conditions, kept.get("needs", Needs.ALL)))


def fields_of_signals(signals: Sequence[Signal]) -> set[str]:
    return {
        one.field
        for signal in signals
        if signal.is_readable
        for one in signal.group.conditions
        if one.field in FIELDS
    }


def risk_sql(signals: Sequence[Signal]) -> Compiled:
    """The points of the order of a row `f`."""
    parts, params = ["0"], list[object]()
    for signal in signals:
        if signal.is_readable:
            sql, values = compile_group(signal.group)
            parts.append(f"CASE WHEN {sql} THEN {signal.points:d} ELSE 0 END")
            params += values
    return f"({' + '.join(parts)})", params
