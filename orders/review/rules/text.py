"""What a rule says, as plain data: it is what versions keep, what is compiled, tried and explained. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """What becomes of an order to which a rule applies; `MARK` decides nothing and only leaves its marks."""

    APPROVE = "approve", _("Approve")
    HOLD = "hold", _("Hold")
    SECOND_REVIEW = "second_review", _("Second review by finance")
    CANCEL = "cancel", _("Cancel")
    MARK = "mark", _("Only mark")


class Needs(models.TextChoices):
    ALL = "all", _("all of these")
    ANY = "any", _("any of these")


class Priority(models.IntegerChoices):
    """How soon an order is served compared with others."""

    LOW = -1, _("Low")
    NORMAL = 0, _("Normal")
    HIGH = 1, _("High")
    URGENT = 2, _("Urgent")


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison: a field of `orders.review.rules.fields`, an operator, and the value as a person typed it."""

    field: str
    operator: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions of which all must hold, or any."""

    conditions: tuple[Condition, ...] = ()
    needs: str = Needs.ALL


@dataclass(frozen=True, slots=True)
class Marks:
    """What a rule leaves on an order besides its decision. Empty and None leave things as they are.

    `owner` and `notify` are ids of users; `priority` one of `Priority`.
    """

    tags: tuple[str, ...] = ()
    owner: int | None = None
    notify: tuple[int, ...] = ()
    priority: int | None = None
    ship_complete: bool | None = None

    def __bool__(self) -> bool:
        return self != Marks()


@dataclass(frozen=True, slots=True)
class RuleText:
    """One rule. `groups` are joined by `needs`; no condition at all applies to nothing. `reason` is told to staff.

    `channels` (codes) limits it, () to none; it is in force from `valid_from` until before `valid_until` (ISO moments
    with their zone, "" for always).
    """

    name: str
    outcome: str
    reason: str = ""
    groups: tuple[Group, ...] = ()
    needs: str = Needs.ALL
    channels: tuple[str, ...] = ()
    valid_from: str = ""
    valid_until: str = ""
    marks: Marks = field(default_factory=Marks)

    @property
    def conditions(self) -> Iterator[Condition]:
        for group in self.groups:
            yield from group.conditions

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def all_of(*conditions: tuple[str, str, str]) -> tuple[Group, ...]:
    """The groups of a rule whose (field, operator, value) must all hold."""
    return (Group(tuple(Condition(*one) for one in conditions)),)


def text_from(kept: Mapping[str, Any]) -> RuleText:
    """The rule that `as_json` wrote."""
    groups = tuple(
        Group(tuple(Condition(**one) for one in group["conditions"]), group["needs"])
        for group in kept["groups"]
    )
    marks = dict(kept["marks"])
    lists = {name: tuple(marks[name]) for name in ("tags", "notify")}
    rest = {
        name: kept[name]
        for name in ("name", "outcome", "reason", "needs", "valid_from", "valid_until")
    }
    return RuleText(
        **rest, groups=groups, channels=tuple(kept["channels"]), marks=Marks(**marks | lists)
    )
