"""Placing orders: one function for the clerk's form, the file import and the API.

A set of drafts costs two round trips whatever its size: one look-up, one statement that writes orders, lines,
payments, events, new customers and the tally. Outside a transaction that statement is its own, so it is all or
nothing by itself. Goods that a draft asks to have kept for a time are reserved right after it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from oms.errors import Conflict, FieldError, InvalidInput
from oms.models import User
from orders import nudge
from orders.allocation.hold import hold_softly
from orders.intake.compare import Difference, differences
from orders.intake.draft import KnownChannel, KnownSku, OrderDraft, PricedOrder
from orders.intake.lookup import Known, KnownOrder, look_up
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
    changes: list[Difference]

    @property
    def differences(self) -> list[str]:
        """Names of the fields that differ, as the API spells them."""
        return [change.field for change in self.changes]


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


def judge_orders(
    drafts: Sequence[OrderDraft],
    *,
    channels: Mapping[str, KnownChannel],
    skus: Mapping[str, KnownSku],
) -> list[Outcome | PricedOrder]:
    """What `place_orders` would answer now, writing nothing; a draft that it would place comes back priced.

    `channels` and `skus` are those that will be created before the drafts are placed, by their code.
    """
    known = look_up(drafts)
    known.catalogue.channels = {**channels, **known.catalogue.channels}
    coming = {("", code): sku for code, sku in skus.items()}
    known.catalogue.skus = {**coming, **known.catalogue.skus}
    standing = _standing(drafts, known)
    return [standing.get(index) or _priced(draft, known) for index, draft in enumerate(drafts)]


def _try_to_place(
    drafts: Sequence[OrderDraft], actor: User | None, door: str, answer_key: AnswerKey | None
) -> list[Outcome]:
    known = look_up(drafts)
    standing = _standing(drafts, known)
    outcomes: dict[int, Outcome] = {}
    fresh: dict[int, PricedOrder] = {}
    claimed: set[tuple[str, str]] = set()
    repeats: list[int] = []
    for index, draft in enumerate(drafts):
        key = (draft.channel, draft.external_no)
        if key in claimed:
            repeats.append(index)
            continue
        judged = standing.get(index) or _priced(draft, known)
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
    orders = list(fresh.values())
    written = write(orders, known, actor=actor, door=door, answer_key=answer_key)
    _hold(orders, [pk for pk, _number in written], actor)
    nudge.after_commit()
    return {
        index: Placed(
            pk, number, True, OrderStatus.PENDING_REVIEW.value, order.total_amount, order.currency
        )
        for (index, order), (pk, number) in zip(fresh.items(), written, strict=True)
    }


def _hold(orders: Sequence[PricedOrder], ids: Sequence[int], actor: User | None) -> None:
    """Keep goods for those that ask for it. They stand already, whatever there is to keep."""
    wanted = defaultdict[int, list[int]](list)
    for order, pk in zip(orders, ids, strict=True):
        if order.draft.hold_hours:
            wanted[order.draft.hold_hours].append(pk)
    for hours, pks in sorted(wanted.items()):
        hold_softly(pks, until=now() + timedelta(hours=hours), actor=actor)


def _standing(drafts: Sequence[OrderDraft], known: Known) -> dict[int, Placed | Taken]:
    """The outcomes of those drafts whose external number is already here, by their place."""
    found: dict[int, Placed | Taken] = {}
    other: dict[int, KnownOrder] = {}
    for index, draft in enumerate(drafts):
        order = known.orders.get((draft.channel, draft.external_no))
        if order is None:
            continue
        if order.draft_hash == draft.fingerprint():
            found[index] = Placed(
                order.id, order.number, False, order.status, order.total_amount, order.currency
            )
        else:
            other[index] = order
    changes = differences([(order.id, drafts[index]) for index, order in other.items()])
    for (index, order), change in zip(other.items(), changes, strict=True):
        found[index] = Taken(order.number, change)
    return found


def _priced(draft: OrderDraft, known: Known) -> PricedOrder | Rejected:
    priced = price_draft(draft, known.catalogue)
    return Rejected(priced) if isinstance(priced, list) else priced
