"""Placing orders: one function for the clerk's form, the file import and the API.

A set of drafts costs two round trips whatever its size: one look-up, one statement that writes orders, lines,
payments, events, new customers and the tally. Outside a transaction that statement is its own, so it is all or
nothing by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from oms.errors import Conflict, FieldError, InvalidInput
from oms.models import User
from orders import nudge
from orders.intake.compare import differences
from orders.intake.draft import OrderDraft, PricedOrder
from orders.intake.lookup import Known, look_up
from orders.intake.pricing import price_draft
from orders.intake.write import AnswerKey, write
from orders.states import OrderStatus

_TRIES = 4


@dataclass(frozen=True, slots=True)
class Placed:
    """The order stands under `number`; `is_new` is false when it had been placed before."""

    id: int
    number: str
    is_new: bool
    status: str
    total_amount: Decimal
    currency: str


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
        raise conflict(outcome, draft)
    return outcome


def conflict(outcome: Taken, draft: OrderDraft) -> Conflict:
    """What to raise, or to tell, about a draft whose number is taken."""
    words = _(
        "Order %(number)s already has the number %(external)s, with other content: %(fields)s."
    )
    values = {
        "number": outcome.number,
        "external": draft.external_no,
        "fields": ", ".join(outcome.differences) or _("not named"),
    }
    return Conflict(words % values, differences=outcome.differences)


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
    outcomes: dict[int, Outcome] = {}
    fresh: dict[int, PricedOrder] = {}
    claimed: set[tuple[str, str]] = set()
    repeats: list[int] = []
    for index, draft in enumerate(drafts):
        key = (draft.channel, draft.external_no)
        if key in claimed:
            repeats.append(index)
            continue
        judged = _standing(draft, known) or _priced(draft, known)
        if isinstance(judged, PricedOrder):
            fresh[index] = judged
            if draft.external_no:
                claimed.add(key)
        else:
            outcomes[index] = judged
    if fresh:
        outcomes |= _write_fresh(fresh, known, actor, door, answer_key)
    if repeats:
        # Numbers that stood twice in this call: the first of each is there now.
        again = _try_to_place([drafts[index] for index in repeats], actor, door, None)
        outcomes |= dict(zip(repeats, again, strict=True))
    return [outcomes[index] for index in range(len(drafts))]


def _write_fresh(
    fresh: dict[int, PricedOrder],
    known: Known,
    actor: User | None,
    door: str,
    answer_key: AnswerKey | None,
) -> dict[int, Outcome]:
    written = write(list(fresh.values()), known, actor=actor, door=door, answer_key=answer_key)
    nudge.after_commit()
    return {
        index: Placed(
            pk, number, True, OrderStatus.PENDING_REVIEW.value, order.total_amount, order.currency
        )
        for (index, order), (pk, number) in zip(fresh.items(), written, strict=True)
    }


def _standing(draft: OrderDraft, known: Known) -> Placed | Taken | None:
    """The outcome of a draft whose external number is already here; None when it is not."""
    order = known.orders.get((draft.channel, draft.external_no))
    if order is None:
        return None
    if order.draft_hash == draft.fingerprint():
        return Placed(
            order.id, order.number, False, order.status, order.total_amount, order.currency
        )
    return Taken(order.number, differences(order.id, draft))


def _priced(draft: OrderDraft, known: Known) -> PricedOrder | Rejected:
    priced = price_draft(draft, known.catalogue)
    return Rejected(priced) if isinstance(priced, list) else priced
