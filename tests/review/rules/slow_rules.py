"""Conditions, rules and decisions by hand, over the fields of `slow`."""

from collections.abc import Sequence
from datetime import time
from decimal import Decimal
from typing import Any

from orders.review.rules.book import Rule
from orders.review.rules.signals import Signal
from orders.review.rules.text import Condition, Group
from tests.review.rules.slow import FIELDS, channel
from tests.review.rules.slow_world import At

CHOICES = ("payment", "channel", "weekday", "customer_level", "customer_kind")


def value_of(at: At, name: str, signals: Sequence[Signal]) -> Any:
    if name != "risk":
        return FIELDS[name](at)
    return sum(one.points for one in signals if group_holds(at, one.group, ()) is True)


def words(typed: str) -> list[str]:
    for comma in "，、;；\n":
        typed = typed.replace(comma, ",")
    return [word.strip() for word in typed.split(",") if word.strip()]


def holds(at: At, condition: Condition, signals: Sequence[Signal]) -> bool | None:
    value = value_of(at, condition.field, signals)
    operator, typed = condition.operator, condition.value.strip()
    if operator == "unknown":
        return value is None
    if value is None:
        return None
    return compare(value, condition.field, operator, typed)


def compare(value: Any, field: str, operator: str, typed: str) -> bool:
    match value:
        case bool():
            return value is (operator == "yes")
        case time():
            return compare_time(value, operator, typed)
        case int() | Decimal():
            return compare_number(Decimal(value), operator, typed)
        case list():
            return compare_list(value, operator, typed)
    if field in CHOICES:
        return (value in words(typed)) is (operator == "in")
    return compare_text(value.lower(), operator, typed.lower())


def compare_number(value: Decimal, operator: str, typed: str) -> bool:
    if operator == "between":
        low, high = typed.split("..")
        return Decimal(low) <= value <= Decimal(high)
    wanted = Decimal(typed)
    answers = {
        "eq": value == wanted, "ne": value != wanted, "gte": value >= wanted, "lte": value <= wanted,
        "gt": value > wanted, "lt": value < wanted,
    }  # fmt: skip
    return answers[operator]


def compare_time(value: time, operator: str, typed: str) -> bool:
    if operator == "gte":
        return value >= time.fromisoformat(typed)
    if operator == "lt":
        return value < time.fromisoformat(typed)
    start, end = (time.fromisoformat(part) for part in typed.split(".."))
    if start <= end:
        return start <= value < end
    return value >= start or value < end


def compare_list(value: list[str], operator: str, typed: str) -> bool:
    if operator in ("empty", "filled"):
        return (not value) is (operator == "empty")
    has = bool({one.lower() for one in value} & {word.lower() for word in words(typed)})
    return has is (operator == "in")


def compare_text(value: str, operator: str, typed: str) -> bool:
    match operator:
        case "empty" | "filled":
            return (value == "") is (operator == "empty")
        case "eq" | "ne":
            return (value == typed) is (operator == "eq")
        case "in" | "not_in":
            return (value in words(typed)) is (operator == "in")
        case _:
            return any(word in value for word in words(typed)) is (operator == "contains")


def both(truths: Sequence[bool | None]) -> bool | None:
    """Kleene: false if one is false, unknown if one is unknown, true otherwise."""
    if any(one is False for one in truths):
        return False
    return None if any(one is None for one in truths) else True


def either(truths: Sequence[bool | None]) -> bool | None:
    if any(one is True for one in truths):
        return True
    return None if any(one is None for one in truths) else False


def group_holds(at: At, group: Group, signals: Sequence[Signal]) -> bool | None:
    truths = [holds(at, one, signals) for one in group.conditions]
    return either(truths) if group.needs == "any" else both(truths)


def applies(at: At, rule: Rule, signals: Sequence[Signal], *, is_readable: bool) -> bool:
    text = rule.text
    if text.channels and channel(at) not in text.channels:
        return False
    if not is_readable:
        return text.outcome not in ("approve", "mark")
    groups = [group_holds(at, group, signals) for group in text.groups]
    return (either(groups) if text.needs == "any" else both(groups)) is True


def outcome_of(applying: Sequence[tuple[Rule, bool]]) -> str:
    """`applying` are the rules that apply, with whether each can be read."""
    live = [(rule, readable) for rule, readable in applying if rule.mode != "shadow"]
    wanted = {rule.text.outcome for rule, readable in live if readable}
    if "hold" in wanted:
        return "hold"
    if any(not readable for _rule, readable in live):
        return ""
    for one in ("cancel", "second_review", "approve"):
        if one in wanted:
            return one
    return ""
