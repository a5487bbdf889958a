"""How the house's refusals look from outside."""

from typing import Any

from integrations.api.problems import Problem, invalid_input
from oms.errors import Conflict, InvalidInput, Refused, Stale


def problem_of(refusal: Refused) -> Problem:
    """400 for wrong input, 409 for what cannot be as things stand."""
    if isinstance(refusal, InvalidInput):
        return invalid_input(refusal.errors)
    members: dict[str, Any] = {}
    if isinstance(refusal, Stale):
        members = {"theirs": refusal.theirs, "yours": refusal.yours}
    elif isinstance(refusal, Conflict):
        members = {"differences": refusal.differences}
    return Problem(409, refusal.code, refusal.message, members=members)
