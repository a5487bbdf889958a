"""What a field of a rule is: a name, a label, and the SQL that reads it of an order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orders.review.rules.operators import Kind

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Choices = Callable[[], "Sequence[tuple[str, str | StrPromise]]"]


@dataclass(frozen=True, slots=True)
class Source:
    """A row of facts beside each order `o`: a subquery that gives exactly one row, read under the source's name.

    `o` is a row of `orders_order` with `asked_at`, the moment for which one asks; what came later is not there.
    `beside` are statements (name → SELECT) made once for all orders, which read them as the table `o`.
    """

    name: str
    sql: str
    beside: tuple[tuple[str, str], ...] = ()
    needs: "tuple[Source, ...]" = ()


@dataclass(frozen=True, slots=True)
class RuleField:
    """One thing that rules can ask about.

    `sql` reads it from `o` and the `sources`; NULL says that it is not known. `edits` are the parts of an order
    (`orders.amend`) whose change makes rules that ask for it judge again. What `needs_money` is shown only to people
    who may see payments. `is_of_today`: it cannot be said of the past, so a trial reads it as it is now. `upper` says
    that the words of a list are kept in upper case. `choices` gives (value, label) of a choice; `unit` stands behind
    numbers. `is_phone`: what is read is shown so that nobody can call it.
    """

    name: str
    label: "StrPromise"
    kind: str
    sql: str
    sources: tuple[Source, ...] = ()
    about: str = "order"
    edits: frozenset[str] = frozenset()
    choices: Choices | None = None
    unit: "StrPromise | str" = ""
    needs_money: bool = False
    is_of_today: bool = False
    upper: bool = False
    is_phone: bool = False

    @property
    def is_number(self) -> bool:
        return self.kind == Kind.NUMBER
