from collections.abc import Sequence
from dataclasses import dataclass, field

from oms.errors import NotPossible


@dataclass(slots=True)
class Outcome:
    """What a verb did to a set of objects: the ids it was done to, and why not for the others (translated words).

    `told` says more about some of those done; `codes` has a stable word for some of the refused, the others are
    "not_possible".
    """

    done: list[int] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)
    codes: dict[int, str] = field(default_factory=dict)
    told: dict[int, str] = field(default_factory=dict)


def require_all(outcome: Outcome, *, code: str = "not_possible") -> Sequence[int]:
    """The ids done. Raises NotPossible with the reasons when anything was refused: for doors that act on one object."""
    if outcome.refused:
        codes = {outcome.codes.get(pk, code) for pk in outcome.refused}
        one = codes.pop() if len(codes) == 1 else code
        raise NotPossible(" ".join(outcome.refused.values()), code=one)
    return outcome.done
