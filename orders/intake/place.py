"""Placing orders: one function for the clerk's form, the file import and the API.

A set of drafts costs two round trips whatever its size: one look-up, one statement that writes orders, lines,
payments, events, new customers and the tally. Outside a transaction that statement is its own, so it is all or
nothing by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from oms.errors import Conflict, FieldError, InvalidInput
from oms.models import User
from orders import nudge
from orders.intake.compare import differences
from orders.intake.draft import OrderDraft, PricedOrder, price_draft
from orders.intake.lookup import Known, look_up
from orders.intake.write import AnswerKey, write

_TRIES = 4


@dataclass(frozen=True, slots=True)
class Placed:
    """The order stands under `number`; `is_new` is false when it had been placed before."""

    id: int
    number: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class Rejected:
    errors: list[FieldError]


@dataclass(frozen=True, slots=True)
class Taken:
    """The external number belongs to an order with other content."""

    number: str
    differences: list[str]


Outcome = Placed | Rejected | Taken


def place_order(
    draft: OrderDraft, *, actor: User | None, door: str, answer_key: AnswerKey | None = None
) -> Placed:
    """Place one order.

    Raises InvalidInput with every field error, or Conflict when the channel's number is taken by another order.
    """
    outcome = place_orders([draft], actor=actor, door=door, answer_key=answer_key)[0]
    if isinstance(outcome, Rejected):
        raise InvalidInput(outcome.errors)
    if isinstance(outcome, Taken):
        raise Conflict(
            _(
                "Order %(number)s already has the number %(external)s, with other content: %(fields)s."
            )
            % {
                "number": outcome.number,
                "external": draft.external_no,
                "fields": ", ".join(outcome.differences) or _("not named"),
            },
            differences=outcome.differences,
        )
    return outcome


def place_orders(
    drafts: Sequence[OrderDraft],
    *,
    actor: User | None,
    door: str,
    answer_key: AnswerKey | None = None,
) -> list[Outcome]:
    """Place every draft that can be placed; the outcomes stand in the drafts' order.

    A draft whose (channel, external number) is already here is not placed again: same content gives the first order,
    other content `Taken`. `door` (form, api, import …) is kept in the event. `answer_key` stores the API's answer
    under an idempotency key in the same statement.
    """
    for attempt in range(_TRIES):
        try:
            return _try_to_place(drafts, actor, door, answer_key)
        except IntegrityError:
            # Somebody placed one of these, or created one of their customers, since our look: look again.
            if attempt == _TRIES - 1 or transaction.get_connection().in_atomic_block:
                raise
    raise AssertionError("unreachable")


def _try_to_place(
    drafts: Sequence[OrderDraft], actor: User | None, door: str, answer_key: AnswerKey | None
) -> list[Outcome]:
    known = look_up(drafts)
    outcomes: list[Outcome | None] = [None] * len(drafts)
    fresh: list[tuple[int, PricedOrder]] = []
    first_use: dict[tuple[str, str], int] = {}
    repeats: list[tuple[int, int]] = []
    for index, draft in enumerate(drafts):
        key = (draft.channel, draft.external_no)
        if draft.external_no and key in first_use:
            repeats.append((index, first_use[key]))
            continue
        outcomes[index] = _settled(draft, known)
        if outcomes[index] is None:
            priced = price_draft(draft, known.catalogue)
            if isinstance(priced, list):
                outcomes[index] = Rejected(priced)
                continue
            fresh.append((index, priced))
            if draft.external_no:
                first_use[key] = index
    if fresh:
        written = write(
            [priced for _index, priced in fresh],
            known,
            actor=actor,
            door=door,
            answer_key=answer_key,
        )
        for (index, _priced), (pk, number) in zip(fresh, written, strict=True):
            outcomes[index] = Placed(pk, number, is_new=True)
        nudge.after_commit()
    for index, first in repeats:
        outcomes[index] = _repeat_of(drafts[first], drafts[index], outcomes[first])
    return [outcome for outcome in outcomes if outcome is not None]


def _settled(draft: OrderDraft, known: Known) -> Outcome | None:
    """The outcome of a draft whose external number is already here; None when it is not."""
    order = known.orders.get((draft.channel, draft.external_no))
    if order is None:
        return None
    if order.draft_hash == draft.fingerprint():
        return Placed(order.id, order.number, is_new=False)
    return Taken(order.number, differences(order.id, draft))


def _repeat_of(first: OrderDraft, again: OrderDraft, outcome: Any) -> Outcome:
    """The second of two drafts with one external number in the same call."""
    if isinstance(outcome, Placed):
        if first.fingerprint() == again.fingerprint():
            return Placed(outcome.id, outcome.number, is_new=False)
        return Taken(outcome.number, differences(outcome.id, again))
    return outcome if isinstance(outcome, Rejected) else Rejected([])
