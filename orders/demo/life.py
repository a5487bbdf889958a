"""What the staff did with the orders: decided, cancelled, picked, packed, shipped, delivered.

Everything happens through the verbs, at the time of loading; only `placed_at` lies in the past.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from random import Random

from oms.models import User
from orders import pipeline
from orders.billing.pay import record_payment
from orders.demo.progress import Say
from orders.desk.cancel import cancel_orders
from orders.fulfilment.deliver import deliver_shipments
from orders.fulfilment.models import Shipment, ShipmentStatus
from orders.fulfilment.pack import pack_shipments
from orders.fulfilment.pick import pick_shipments
from orders.fulfilment.ship import ship_shipments
from orders.intake.draft import OrderDraft
from orders.intake.place import Placed, place_orders
from orders.models import Order
from orders.outcome import Outcome, require_all
from orders.review.decide import approve_orders, hold_orders, release_orders
from orders.states import OrderStatus

BATCH = 500
_CARRIERS = (
    ("中通快递", "ZT", 40),
    ("圆通速递", "YT", 25),
    ("韵达快递", "YD", 15),
    ("顺丰速运", "SF", 20),
)

Staff = dict[str, User]


def place_all(drafts: list[OrderDraft], clerk: User, say: Say) -> None:
    """Day by day: what the shops delivered, then what the clerk wrote down on the telephone."""
    placed = 0
    for _day, of_day in groupby(
        drafts, key=lambda draft: draft.placed_at and draft.placed_at.date()
    ):
        todays = list(of_day)
        by_shop = [draft for draft in todays if draft.channel != "phone"]
        by_phone = [draft for draft in todays if draft.channel == "phone"]
        outcomes = place_orders(by_shop, actor=None, door="api")
        outcomes += place_orders(by_phone, actor=clerk, door="form")
        refused = [outcome for outcome in outcomes if not isinstance(outcome, Placed)]
        if refused:
            raise RuntimeError(f"A demo order was refused: {refused[0]}")
        placed += len(todays)
        say("Placing orders", placed, len(drafts))


def live(rng: Random, staff: Staff, now: datetime, say: Say) -> None:
    """Take the placed orders to where orders of their age usually are."""
    say("Reviewing and allocating")
    pipeline.advance()
    _decide(rng, staff, now)
    pipeline.advance()
    _change_minds(rng, staff, now)
    pipeline.advance()
    say("Picking, packing, shipping, delivering")
    _fulfil(rng, staff["warehouse"], now)
    _collect_payments(rng, staff["finance"], now)


def _decide(rng: Random, staff: Staff, now: datetime) -> None:
    """The reviewer has dealt with what came in more than four days ago."""
    waiting = _older(OrderStatus.PENDING_REVIEW, now - timedelta(hours=108))
    unpaid, hopeless, fine = _split(rng, waiting, 0.06, 0.08)
    require_all(hold_orders(unpaid, actor=staff["reviewer"], reason="等待客户汇款"))
    require_all(cancel_orders(hopeless, actor=staff["clerk"], reason="超过三天未付款"))
    require_all(approve_orders(fine, actor=staff["reviewer"]))
    held = _older(OrderStatus.ON_HOLD, now - timedelta(days=3))
    kept, given_up, cleared = _split(rng, held, 0.12, 0.1)
    require_all(cancel_orders(given_up, actor=staff["reviewer"], reason="联系不上买家"))
    require_all(release_orders(cleared, actor=staff["reviewer"], reason="已与买家确认"))


def _change_minds(rng: Random, staff: Staff, now: datetime) -> None:
    """Some buyers cancel or ask to wait after their goods were reserved."""
    ready = _older(OrderStatus.ALLOCATED, now)
    cancelled, paused, _rest = _split(rng, ready, 0.025, 0.003)
    require_all(cancel_orders(cancelled, actor=staff["clerk"], reason="买家申请取消"))
    require_all(hold_orders(paused, actor=staff["reviewer"], reason="买家来电，暂缓发货"))


def _fulfil(rng: Random, packer: User, now: datetime) -> None:
    def waiting(status: ShipmentStatus, hours: float) -> list[int]:
        stopped = (OrderStatus.ON_HOLD, OrderStatus.CANCELLED)
        chosen = Shipment.objects.filter(status=status).exclude(order__status__in=stopped)
        before = now - timedelta(hours=hours)
        return list(
            chosen.filter(order__placed_at__lt=before).order_by("pk").values_list("pk", flat=True)
        )

    def each(shipments: list[int], verb: Callable[[Sequence[int]], Outcome]) -> None:
        for start in range(0, len(shipments), BATCH):
            require_all(verb(shipments[start : start + BATCH]))

    each(waiting(ShipmentStatus.READY, 22), lambda ids: pick_shipments(ids, actor=packer))
    each(waiting(ShipmentStatus.PICKING, 30), lambda ids: pack_shipments(ids, actor=packer))
    each(
        waiting(ShipmentStatus.PACKED, 40),
        lambda ids: ship_shipments(ids, actor=packer, waybills=_waybills(rng, ids)),
    )
    arrived = [pk for pk in waiting(ShipmentStatus.SHIPPED, 100) if rng.random() < 0.985]  # noqa: PLR2004
    each(arrived, lambda ids: deliver_shipments(ids, actor=None))


def _waybills(rng: Random, shipments: Iterable[int]) -> dict[int, tuple[str, str]]:
    marks = {}
    for pk in shipments:
        carrier, prefix, _share = rng.choices(_CARRIERS, weights=[row[2] for row in _CARRIERS])[0]
        marks[pk] = (carrier, f"{prefix}{rng.randrange(10**13):013d}")
    return marks


def _collect_payments(rng: Random, accountant: User, now: datetime) -> None:
    """Most who buy on account pay within two weeks of delivery."""
    owing = Order.objects.filter(
        status=OrderStatus.DELIVERED, placed_at__lt=now - timedelta(days=12)
    )
    for order in owing.order_by("pk"):
        if rng.random() < 0.85:  # noqa: PLR2004
            reference = f"BANK{rng.randrange(10**9):09d}"
            record_payment(
                order.pk, method="bank", amount=order.total_amount, reference=reference,
                actor=accountant,
            )  # fmt: skip


def _older(status: OrderStatus, before: datetime) -> list[int]:
    chosen = Order.objects.filter(status=status, placed_at__lt=before).order_by("pk")
    return list(chosen.values_list("pk", flat=True))


def _split(rng: Random, ids: list[int], *shares: float) -> list[list[int]]:
    """The ids dealt at random: one list for each share, and the rest."""
    choices = range(len(shares) + 1)
    weights = [*shares, 1 - sum(shares)]
    chosen = rng.choices(choices, weights=weights, k=len(ids))
    return [[pk for pk, at in zip(ids, chosen, strict=True) if at == choice] for choice in choices]
