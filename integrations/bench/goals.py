"""What a benchmark found: goals met or missed, checks that void it, and figures to read."""

import operator
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

Verdict = Literal["met", "missed", "void"]


@dataclass(frozen=True, slots=True)
class Goal:
    """A limit and what was measured. `sign` is ≥ or ≤; both figures are in `unit` (× for a ratio)."""

    text: str
    measured: float
    sign: Literal["≥", "≤"]
    limit: float
    unit: str = "×"

    @property
    def is_met(self) -> bool:
        compare: Callable[[float, float], bool] = operator.ge if self.sign == "≥" else operator.le
        return compare(self.measured, self.limit)

    def as_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "measured": round(self.measured, 4),
            "goal": f"{self.sign} {self.limit:g} {self.unit}",
            "met": self.is_met,
        }


@dataclass(frozen=True, slots=True)
class Check:
    """Something that must be true for the figures to mean anything."""

    text: str
    is_right: bool
    detail: str = ""


@dataclass(slots=True)
class Report:
    """All that one benchmark found. `figures` are for reading; nothing is judged by them."""

    name: str
    goals: list[Goal] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    figures: dict[str, str] = field(default_factory=dict)

    def at_least(self, text: str, measured: float, limit: float, unit: str = "×") -> None:
        self.goals.append(Goal(text, measured, "≥", limit, unit))

    def at_most(self, text: str, measured: float, limit: float, unit: str = "×") -> None:
        self.goals.append(Goal(text, measured, "≤", limit, unit))

    def check(self, text: str, is_right: bool, detail: object = "") -> None:
        self.checks.append(Check(text, is_right, "" if is_right else str(detail)[:500]))

    @property
    def verdict(self) -> Verdict:
        """`void` when a check failed or nothing was measured."""
        if not self.goals or not all(check.is_right for check in self.checks):
            return "void"
        return "met" if all(goal.is_met for goal in self.goals) else "missed"

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "verdict": self.verdict,
            "goals": [goal.as_json() for goal in self.goals],
            "checks": [
                {"text": check.text, "right": check.is_right, "detail": check.detail}
                for check in self.checks
            ],
            "figures": self.figures,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Report":
        """The report a child process wrote."""
        goals = []
        for goal in data["goals"]:
            sign, limit, unit = goal["goal"].split(" ", 2)
            goals.append(Goal(goal["text"], goal["measured"], sign, float(limit), unit))
        checks = [Check(one["text"], one["right"], one["detail"]) for one in data["checks"]]
        return cls(data["name"], goals, checks, data["figures"])
