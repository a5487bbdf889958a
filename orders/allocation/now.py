"""By hand: giving back what is reserved, and reserving at once what is free."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inventory.expectations import expected_on
from oms.models import User
from oms.sql import int_array, query
from orders import nudge
from orders.allocation.serve import SERVED, Waiting, follow, lacking_of, serve_now
from orders.fulfilment.free import free_goods
from orders.outcome import Outcome
from orders.review.decide import let_go_on
from orders.states import OrderStatus
from orders.transition import Move, move

S = OrderStatus
GIVEN_BACK = "goods_given_back"
"""The reason of an order that is on hold because its goods were given back."""

CAN_GIVE_BACK = (S.APPROVED, S.BACKORDERED, S.ALLOCATED, S.IN_FULFILMENT)

_LOCK = """
SELECT o.id, o.number, o.status, o.ship_complete, o.reason_code, EXISTS (
  SELECT FROM orders_shipment s WHERE s.order_id = o.id AND s.status NOT IN ('ready', 'cancelled'))
FROM orders_order o WHERE o.id = ANY(%s::bigint[]) ORDER BY o.id FOR NO KEY UPDATE OF o
"""


def give_back_goods(order_ids: Sequence[int], *, actor: User | None, reason: str) -> Outcome:
    """Free all that is reserved for these orders and put them on hold: they take nothing until somebody lets them.

    Refused where nothing is reserved, and where somebody has begun to pick: what lies in a basket is not on a shelf.
    """
    outcome = Outcome(refused=dict.fromkeys(order_ids, _("There is no such order.")))
    with transaction.atomic():
        rows = query(_LOCK, [int_array(order_ids)])
        held = _reserved([row[0] for row in rows])
        for pk, number, status, _complete, _code, has_begun in rows:
            words = _why_it_keeps(status, has_begun=has_begun, pieces=held.get(pk, 0))
            if words:
                outcome.refused[pk] = f"{number}: {words}"
            else:
                del outcome.refused[pk]
                outcome.done.append(pk)
                told = ngettext("%d piece is free again.", "%d pieces are free again.", held[pk])
                outcome.told[pk] = told % held[pk]
        moves = [
            Move(pk, S.ON_HOLD, "given_back", reason, GIVEN_BACK, reason, {"freed": held[pk]})
            for pk in outcome.done
        ]
        move(moves, actor=actor)
        free_goods(outcome.done)
    nudge.after_commit()
    return outcome


def _why_it_keeps(status: str, *, has_begun: bool, pieces: int) -> str:
    if status not in CAN_GIVE_BACK:
        return _("it is “%s”; nothing can be given back.") % OrderStatus(status).label
    if has_begun:
        return _("picking has begun. Put the order on hold, or cancel it.")
    return "" if pieces else _("nothing is reserved for it.")


_RESERVED = """
SELECT l.order_id, sum(r.quantity) FROM inventory_reservation r JOIN orders_orderline l ON l.id = r.order_line_id
WHERE l.order_id = ANY(%s::bigint[]) AND r.status = 'open' GROUP BY 1
"""


def _reserved(order_ids: Sequence[int]) -> dict[int, int]:
    return dict(query(_RESERVED, [int_array(order_ids)]))


def allocate_now(order_ids: Sequence[int], *, actor: User | None) -> Outcome:
    """Reserve at once what these orders lack, the more urgent and the older first; what each got is told in words.

    An order that waits on hold because its goods were given back goes on. One that gets nothing is refused, saying what
    it lacks.
    """
    outcome = Outcome(refused=dict.fromkeys(order_ids, _("There is no such order.")))
    with transaction.atomic():
        rows = query(_LOCK, [int_array(order_ids)])
        resumed = [row[0] for row in rows if row[2] == S.ON_HOLD and row[4] == GIVEN_BACK]
        gone_on = set(let_go_on(resumed, actor=actor).done)
        lacking = lacking_of([row[0] for row in rows])
        waiting: list[Waiting] = []
        for pk, number, status, complete, _code, _has_begun in rows:
            now = S.APPROVED if pk in gone_on else S(status)
            if now not in SERVED:
                words = _("%(number)s is “%(status)s”; nothing can be reserved for it now.")
                outcome.refused[pk] = words % {"number": number, "status": now.label}
            elif pk not in lacking:
                outcome.refused[pk] = _("%s lacks nothing.") % number
            else:
                waiting.append((pk, now, complete))
        waiting = _in_turn(waiting)
        served = serve_now(waiting)
        follow(waiting, served)
        got = {pk for pk, one in served.items() if one.allotments}
        _tell(waiting, outcome, got | gone_on)
    nudge.after_commit()
    return outcome


_TURN = """
SELECT o.id FROM orders_order o WHERE o.id = ANY(%s::bigint[])
ORDER BY o.priority DESC, o.status = 'approved', o.promised_at, o.id
"""


def _in_turn(waiting: Iterable[Waiting]) -> list[Waiting]:
    """As the workers serve them: by priority, who has waited before who comes anew, what was promised first."""
    by_pk = {one[0]: one for one in waiting}
    return [by_pk[row[0]] for row in query(_TURN, [int_array(by_pk)])]


_PER_LINE = """
SELECT l.order_id, l.id, l.sku_id, k.code, l.quantity - l.cancelled_quantity, coalesce(sum(r.quantity), 0)::int,
  coalesce(string_agg(DISTINCT w.name, ', ' ORDER BY w.name), '')
FROM orders_orderline l
JOIN inventory_sku k ON k.id = l.sku_id
LEFT JOIN inventory_reservation r ON r.order_line_id = l.id AND r.status <> 'released'
LEFT JOIN inventory_stock s ON s.id = r.stock_id
LEFT JOIN inventory_warehouse w ON w.id = s.warehouse_id
WHERE l.order_id = ANY(%s::bigint[]) AND l.kind = 'goods' AND l.quantity > l.cancelled_quantity
GROUP BY l.id, k.code ORDER BY l.order_id, l.position
"""


@dataclass(frozen=True, slots=True)
class _Line:
    order_id: int
    pk: int
    sku_id: int
    code: str
    wanted: int
    reserved: int
    where: str

    def words(self, expected: date | None) -> str:
        told = {
            "reserved": self.reserved,
            "wanted": self.wanted,
            "code": self.code,
            "where": self.where,
        }
        if self.reserved:
            words = _("%(code)s: %(reserved)d of %(wanted)d reserved in %(where)s") % told
        else:
            words = _("%(code)s: none of %(wanted)d reserved") % told
        if self.reserved < self.wanted:
            words += _(", %d short") % (self.wanted - self.reserved)
            words += _(", expected %s") % expected.strftime("%m-%d") if expected else ""
        return words


def _tell(waiting: Sequence[Waiting], outcome: Outcome, got: set[int]) -> None:
    """Say of each order what is reserved for each of its lines, where, and when the rest comes."""
    lines = [_Line(*row) for row in query(_PER_LINE, [int_array(one[0] for one in waiting)])]
    days = expected_on(sorted({one.sku_id for one in lines if one.reserved < one.wanted}))
    words: dict[int, list[str]] = {}
    for line in lines:
        words.setdefault(line.order_id, []).append(line.words(days.get(line.pk)))
    for pk, _status, _complete in waiting:
        if pk in got:
            outcome.refused.pop(pk, None)
            outcome.done.append(pk)
            outcome.told[pk] = "; ".join(words[pk])
        else:
            outcome.refused[pk] = "; ".join(words[pk])
    outcome.done.sort()
