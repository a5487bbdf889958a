"""Giving goods that are reserved for some orders to another one that is short of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from inventory import ledger
from inventory.ledger import Division
from oms.errors import FieldError, InvalidInput, NotPossible
from oms.models import User
from oms.sql import int_array, query
from orders import nudge
from orders.allocation.allocate import plan_alone
from orders.allocation.policies import current_rules
from orders.allocation.serve import SERVED, Waiting, follow, lacking_of, serve_now
from orders.allocation.telling import telling_of
from orders.amend.state import OrderState, state_of
from orders.fulfilment.free import free_untouched
from orders.parcels.leave import part
from orders.states import OrderStatus
from orders.transition import record


@dataclass(frozen=True, slots=True)
class Gift:
    """`pieces` per reservation of other orders, for the order `to`."""

    to: int
    pieces: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Given:
    """The order that got the goods, then those that gave them, each before and after."""

    before: list[OrderState]
    after: list[OrderState]


@dataclass(frozen=True, slots=True)
class _Source:
    """A reservation from which pieces are taken."""

    reservation_id: int
    order_id: int
    sku_id: int
    code: str
    quantity: int
    is_ready: bool


_ORDERS_OF = """
SELECT DISTINCT l.order_id FROM inventory_reservation r JOIN orders_orderline l ON l.id = r.order_line_id
WHERE r.id = ANY(%s::bigint[])
"""
_LOCK = """
SELECT o.id, o.status, o.ship_complete, o.number FROM orders_order o
WHERE o.id = ANY(%s::bigint[]) ORDER BY o.id FOR NO KEY UPDATE
"""
_SOURCES = """
SELECT r.id, l.order_id, l.sku_id, k.code, r.quantity, r.status = 'open' AND p.status = 'ready'
FROM inventory_reservation r
JOIN orders_orderline l ON l.id = r.order_line_id
JOIN inventory_sku k ON k.id = l.sku_id
LEFT JOIN orders_shipment p ON p.id = r.shipment_id
WHERE r.id = ANY(%s::bigint[]) ORDER BY r.id FOR NO KEY UPDATE OF r
"""


def give(gift: Gift, *, actor: User | None) -> Given:
    """Take the pieces from parcels that nobody has begun, and serve the order `gift.to` with them.

    An order that ships only when complete gives all it has, and waits. To look without doing, roll the transaction
    back. Raises InvalidInput naming `take-<reservation>` or `pieces`, NotPossible when the order is not short, or would
    still have to wait.
    """
    wanted = {pk: pieces for pk, pieces in gift.pieces.items() if pieces}
    with transaction.atomic():
        givers = {row[0] for row in query(_ORDERS_OF, [int_array(wanted)])}
        rows = query(_LOCK, [int_array({*givers, gift.to})])
        orders: dict[int, Waiting] = {row[0]: (row[0], row[1], row[2]) for row in rows}
        numbers: dict[int, str] = {row[0]: row[3] for row in rows}
        sources = [_Source(*row) for row in query(_SOURCES, [int_array(wanted)])]
        _require_short(orders.get(gift.to), numbers.get(gift.to, ""))
        _require_there(sources, gift, wanted)
        involved = [gift.to, *sorted(givers)]
        before = [state_of(pk) for pk in involved]
        _require_needed(before[0], sources, wanted)
        plan_alone()
        ledger.lock_stock(
            sorted({line.sku_id for one in before for line in one.lines.values() if line.sku_id})
        )
        _take(sources, wanted, before[1:], orders)
        _serve(orders[gift.to], numbers[gift.to], sources, wanted)
        _tell(sources, wanted, numbers, gift.to, actor)
        follow([orders[pk] for pk in involved if pk != gift.to], lacking_of(sorted(givers)))
        after = [state_of(pk) for pk in involved]
    nudge.after_commit()
    return Given(before, after)


def _require_short(order: Waiting | None, number: str) -> None:
    if order is None:
        raise NotPossible(_("There is no such order."))
    if order[1] not in SERVED:
        words = {"number": number, "status": OrderStatus(order[1]).label}
        raise NotPossible(
            _("%(number)s is “%(status)s”; only an order that waits for goods can be given some.")
            % words,
            code="not_short",
        )


def _require_there(sources: Sequence[_Source], gift: Gift, wanted: Mapping[int, int]) -> None:
    """Raises InvalidInput with each field that asks for what is not there."""
    found = {one.reservation_id: one for one in sources}
    errors = []
    for pk, pieces in wanted.items():
        one, field = found.get(pk), f"take-{pk}"
        if one is None or not one.is_ready or one.order_id == gift.to:
            words = _("These pieces cannot be taken any more: they are picked, gone or given away.")
            errors.append(FieldError(field, "not_there", words, pieces))
        elif pieces < 0:
            errors.append(FieldError(field, "negative", _("Write 0 or more."), pieces))
        elif pieces > one.quantity:
            words = _("Only %d are reserved here: write that or less.") % one.quantity
            errors.append(FieldError(field, "too_many", words, pieces))
    if not wanted:
        words = _("Write how many pieces the order is to get.")
        errors.append(FieldError("pieces", "empty", words, 0))
    if errors:
        raise InvalidInput(errors)


def _require_needed(to: OrderState, sources: Sequence[_Source], wanted: Mapping[int, int]) -> None:
    """Raises InvalidInput for more pieces of a SKU than the order lacks; what it holds for a time it has."""
    lacking: dict[int, int] = {}
    for line in to.lines.values():
        if line.sku_id:
            lacking[line.sku_id] = lacking.get(line.sku_id, 0) + max(line.lacking - line.held, 0)
    errors, given = [], _per_sku(sources, wanted)
    for sku, pieces in given.items():
        if pieces > lacking.get(sku, 0):
            code = next(one.code for one in sources if one.sku_id == sku)
            words = _("%(number)s lacks %(lacking)d of %(code)s: take that or less.")
            told = {"number": to.number, "lacking": lacking.get(sku, 0), "code": code}
            errors.append(FieldError("pieces", "not_needed", words % told, pieces))
    if errors:
        raise InvalidInput(errors)


def _per_sku(sources: Sequence[_Source], wanted: Mapping[int, int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for one in sources:
        found[one.sku_id] = found.get(one.sku_id, 0) + wanted[one.reservation_id]
    return found


_STOP_EMPTY = """
UPDATE orders_shipment s SET status = 'cancelled' WHERE s.id = ANY(%s::bigint[]) AND s.status = 'ready'
  AND NOT EXISTS (SELECT FROM inventory_reservation r WHERE r.shipment_id = s.id AND r.status = 'open')
"""
_SHIPMENTS_OF = (
    "SELECT DISTINCT shipment_id FROM inventory_reservation WHERE id = ANY(%s::bigint[])"
)
_EMPTY = """
SELECT s.id FROM orders_shipment s WHERE s.id = ANY(%s::bigint[])
  AND NOT EXISTS (SELECT FROM inventory_reservation r WHERE r.shipment_id = s.id AND r.status = 'open')
"""


def _take(
    sources: Sequence[_Source], wanted: Mapping[int, int], givers: Sequence[OrderState], orders: Mapping[int, Waiting]
) -> None:  # fmt: skip
    """Free the pieces; an order that ships complete and has begun nothing keeps nothing."""
    whole = {one.pk for one in givers if orders[one.pk][2] and not one.has_begun}
    for pk in sorted(whole):
        free_untouched(pk)
    partly = [one for one in sources if one.order_id not in whole]
    ids = int_array(one.reservation_id for one in partly)
    shipments = [row[0] for row in query(_SHIPMENTS_OF, [ids])]
    divisions = [Division(one.reservation_id, wanted[one.reservation_id], None) for one in partly]
    taken = ledger.divide(divisions)
    if len(taken) != len(divisions):
        raise RuntimeError("reservations of locked orders changed")
    ledger.release(taken)
    part([row[0] for row in query(_EMPTY, [int_array(shipments)])], actor=None)
    query(_STOP_EMPTY, [int_array(shipments)])


def _serve(to: Waiting, number: str, sources: Sequence[_Source], wanted: Mapping[int, int]) -> None:
    """Raises NotPossible when the order would not get what was taken for it."""
    lacked = lacking_of([to[0]])[to[0]].missing
    served = serve_now([to])[to[0]]
    for sku, pieces in _per_sku(sources, wanted).items():
        if lacked[sku] - served.missing.get(sku, 0) < pieces or (
            served.missing and not served.allotments
        ):
            missing = telling_of([served], current_rules()).shortage(served)
            words = _(
                "%(number)s leaves only when complete and would still lack %(missing)s. "
                "Take that, too, or let the order ship in parts."
            )
            told = {"number": number, "missing": missing}
            raise NotPossible(words % told, code="still_short")
    follow([to], {to[0]: served} if served.missing else {})


def _tell(
    sources: Sequence[_Source], wanted: Mapping[int, int], numbers: Mapping[int, str], to: int, actor: User | None
) -> None:  # fmt: skip
    for giver in sorted({one.order_id for one in sources}):
        pieces = [
            f"{one.code} ×{wanted[one.reservation_id]}" for one in sources if one.order_id == giver
        ]
        told = {"pieces": pieces, "given_to": numbers[to]}
        record([giver], kind="goods_given", actor=actor, data=told)
    pieces = [f"{one.code} ×{wanted[one.reservation_id]}" for one in sources]
    givers = [numbers[pk] for pk in sorted({one.order_id for one in sources})]
    record([to], kind="goods_got", actor=actor, data={"pieces": pieces, "given_by": givers})
