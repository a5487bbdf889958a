"""What the rules say of an order."""

from datetime import datetime

from pydantic import BaseModel


class RuleNamed(BaseModel):
    id: int
    name: str
    version: int


class NowOut(BaseModel):
    """What the rules would decide now. An empty outcome: a person decides."""

    outcome: str
    reason: str
    words: str
    rules: list[RuleNamed]
    overruled: list[RuleNamed]


class SeenOut(BaseModel):
    """A value that the rules read when they decided."""

    label: str
    value: str


class DecidedOut(BaseModel):
    """A decision of the rules, with the versions that made it."""

    at: datetime
    kind: str
    actor: str
    reason: str
    rules: list[str]
    overruled: list[str]
    seen: list[SeenOut]


class ConditionOut(BaseModel):
    """`holds` is null where nobody can say; `value` also where the caller may not see it."""

    field: str
    operator: str
    wanted: str
    value: str | None
    holds: bool | None
    words: str


class GroupOut(BaseModel):
    """`needs` is all or any."""

    needs: str
    conditions: list[ConditionOut]


class RuleOut(RuleNamed):
    """A rule in force and the part it plays; the last group may be the channels it is limited to."""

    outcome: str
    part: str
    applies: bool | None
    needs: str
    groups: list[GroupOut]


class FlipOut(BaseModel):
    """A condition that would hold, or would not."""

    field: str
    holds: bool
    words: str


class WayOut(BaseModel):
    """What would have to be otherwise, and what the rules would decide then."""

    outcome: str
    words: str
    conditions: list[FlipOut]


class OrderRules(BaseModel):
    now: NowOut
    decided: list[DecidedOut]
    rules: list[RuleOut]
    ways: list[WayOut]
