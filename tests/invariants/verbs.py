"""All that can be done, each as one entry of VERBS. A new verb: a function of the world, and a line below."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from inventory.adjust import Difference, adjust
from inventory.count import Count, record_count
from inventory.ledger import Blocking, block, take_back, unblock
from inventory.models import Stock
from inventory.receive import Arrival, receive
from orders import pipeline, tally
from orders.allocation.parts import ship_in_parts, ship_whole_again
from orders.amend.amend import amend_order
from orders.amend.plan import Changes, LineChange
from orders.billing.pay import record_payment
from orders.desk.cancel import cancel_orders
from orders.desk.edit import edit_order
from orders.exceptions import watch
from orders.fulfilment.deliver import deliver_shipments
from orders.fulfilment.pack import pack_shipments
from orders.fulfilment.pick import pick_shipments
from orders.fulfilment.ship import ship_shipments
from orders.intake.draft import LineDraft
from orders.intake.place import place_order
from orders.models import Order, Shipment
from orders.returns.cancel_short import cancel_short
from orders.review.decide import approve_orders, hold_orders, release_orders
from tests.fixtures.company import draft
from tests.invariants import warehouse_verbs as ware
from tests.invariants.world import World


@dataclass(frozen=True, slots=True)
class Verb:
    """Something that may be done at any time; being refused is part of it. Done `often` times as often as others."""

    name: str
    act: Callable[[World], object]
    often: int = 1

    def __repr__(self) -> str:
        return self.name


def new_order(w: World) -> int:
    skus = w.few(w.skus, 3)
    wanted = draft(
        *[(sku.code, w.number(1, 6)) for sku in skus], ship_complete=w.one([True, False])
    )
    return place_order(wanted, actor=None, door="test").id


def goods_arrive(w: World) -> list[int]:
    arrivals = [
        Arrival(sku.pk, w.number(1, 15), unit_cost=w.one([None, Decimal(3)]))
        for sku in w.few(w.skus, 2)
    ]
    return receive(arrivals, warehouse_id=w.one(w.warehouses).pk, actor=None)  # fmt: skip


def the_same_delivery_again(w: World) -> None:
    """Of a few deliveries each is told many times, with whatever it is said to hold."""
    sku, place, key = w.one(w.skus), w.one(w.warehouses), f"delivery-{w.number(0, 3)}"
    key = f"{key}-{sku.pk}-{place.pk}"
    receive([Arrival(sku.pk, 3)], warehouse_id=place.pk, event_key=key, actor=None)


def stock_differs(w: World) -> list[int]:
    differences = [Difference(sku.pk, w.one([-3, -1, 2])) for sku in w.few(w.skus, 2)]
    return adjust(differences, warehouse_id=w.one(w.warehouses).pk, reason="broken", actor=None)


def somebody_counts(w: World) -> None:
    sku, place = w.one(w.skus), w.one(w.warehouses)
    found = Stock.objects.filter(sku=sku, warehouse=place).values_list("on_hand", flat=True).first()
    counted = max(0, (found or 0) + w.number(-2, 2))
    book = (found or 0) + w.one([0, 0, 1])
    record_count(Count(place.pk, sku.pk, counted, book, "count"), actor=None)


def pieces_are_blocked(w: World) -> list[int]:
    return block([Blocking(pk, w.number(1, 3), "damaged") for pk in w.few(w.stock_ids(), 2)], actor=None)  # fmt: skip


def amend(w: World) -> None:
    """Any line to any quantity, at times another line, a price or the wish to ship complete."""
    for order in Order.objects.filter(pk__in=w.orders(most=1)):
        ids = w.few(list(order.lines.order_by("pk").values_list("pk", flat=True)), 3)
        lines = [LineChange(pk, w.number(0, 4), w.one([None, Decimal(3)])) for pk in ids]
        added = [LineDraft(w.one(w.skus).code, 2)] * w.one([0, 0, 1])
        head = w.one([{}, {}, {"ship_complete": w.one([True, False])}])
        changes = Changes(head, lines, added)
        amend_order(order.pk, version=order.version, changes=changes, actor=None)


def edit(w: World) -> None:
    for pk in w.orders(most=1):
        version = Order.objects.get(pk=pk).version - w.one([0, 0, 1])
        edit_order(pk, version=version, changes={"ship_street": "新街 2 号"}, actor=None)


def money(w: World) -> None:
    for pk in w.orders(most=1):
        amount = Decimal(w.one([-20, -5, 5, 10, 40]))
        record_payment(pk, method="cash", amount=amount, actor=None)


def all_leave(w: World) -> None:
    """From the shelf to the door in one go, so that goods leave often enough."""
    pipeline.advance()
    ids = list(Shipment.objects.filter(status="ready").values_list("pk", flat=True)[:5])
    for step in (pick_shipments, pack_shipments, ship_shipments, deliver_shipments):
        step(ids, actor=None)


# Done and undone at once: the stock is what it was.


def received_and_taken_back(w: World) -> None:
    before = w.stock()
    take_back(goods_arrive(w), reason="wrong delivery", actor=None)
    assert w.stock() == before


def adjusted_and_taken_back(w: World) -> None:
    before = w.stock()
    take_back(stock_differs(w), reason="a mistake", actor=None)
    assert w.stock() == before


def blocked_and_let_go(w: World) -> None:
    before = w.stock()
    unblock(pieces_are_blocked(w))
    assert w.stock() == before


def ordered_and_cancelled(w: World) -> None:
    """Also when goods were reserved, or picked and packed, meanwhile."""
    pipeline.advance()
    before, pk = w.stock(), new_order(w)
    approve_orders([pk], actor=None)
    pipeline.advance()
    parcels = list(Shipment.objects.filter(order=pk).values_list("pk", flat=True))
    for step in w.one([(), (pick_shipments,), (pick_shipments, pack_shipments)]):
        step(parcels, actor=None)
    cancel_orders([pk], actor=None, reason="no")
    assert w.stock() == before


def held_and_released(w: World) -> None:
    before, ids = w.stock(), w.orders()
    held = hold_orders(ids, actor=None, reason="wait").done
    release_orders(held, actor=None)
    assert w.stock() == before


VERBS = (
    Verb("order", new_order, 4),
    Verb("approve", lambda w: approve_orders(w.orders("pending_review"), actor=None), 3),
    Verb("review and allocate", lambda w: pipeline.advance(), 3),
    Verb("receive", goods_arrive, 4),
    Verb("receive again", the_same_delivery_again),
    Verb("take back", lambda w: take_back(w.few(w.movements(), 2), reason="x", actor=None)),
    Verb("adjust", stock_differs),
    Verb("count", somebody_counts),
    Verb("block", pieces_are_blocked),
    Verb("let go", lambda w: unblock(w.few(w.blocks(), 2))),
    Verb("amend", amend, 2),
    Verb("edit", edit),
    Verb("money", money),
    Verb("hold", lambda w: hold_orders(w.orders(), actor=None, reason="wait")),
    Verb("release", lambda w: release_orders(w.orders("on_hold"), actor=None), 2),
    Verb("cancel", lambda w: cancel_orders(w.orders(most=1), actor=None, reason="no")),
    Verb("ship in parts", lambda w: ship_in_parts(w.orders("backordered"), actor=None)),
    Verb("ship whole", lambda w: ship_whole_again(w.orders("backordered"), actor=None)),
    Verb(
        "cancel short",
        lambda w: cancel_short(w.orders("backordered", most=1), actor=None, reason=""),
    ),
    Verb("pick", lambda w: pick_shipments(w.parcels("ready"), actor=None), 2),
    Verb("pack", lambda w: pack_shipments(w.parcels("picking"), actor=None), 2),
    Verb("ship", lambda w: ship_shipments(w.parcels("packed"), actor=None), 2),
    Verb("deliver", lambda w: deliver_shipments(w.parcels("shipped"), actor=None)),
    Verb("all leave", all_leave, 3),
    Verb("fold the tallies", lambda w: tally.fold()),
    Verb("see exceptions", lambda w: watch.sweep()),
    Verb("receive and take back", received_and_taken_back),
    Verb("adjust and take back", adjusted_and_taken_back),
    Verb("block and let go", blocked_and_let_go),
    Verb("order and cancel", ordered_and_cancelled),
    Verb("hold and release", held_and_released),
    Verb("transfer", ware.goods_are_moved, 2),
    Verb("transfer arrives", ware.moved_goods_arrive, 2),
    Verb("transfer and cancel", ware.sent_and_cancelled),
    Verb("count sheet", ware.shelves_are_counted),
    Verb("purchase", ware.bought_goods_arrive, 3),
    Verb("hold softly", ware.goods_are_held, 2),
    Verb("hold softly and let go", ware.held_and_let_go),
    Verb("holds end", ware.time_passes_for_holds),
    Verb("keep for a channel", ware.pieces_are_kept),
    Verb("split", ware.parcel_is_split),
    Verb("split and rejoin", ware.parcel_is_split_and_rejoined),
    Verb("from another warehouse", ware.parcel_is_moved),
    Verb("give", ware.goods_are_given, 2),
    Verb("prioritise", ware.priority_is_set),
    Verb("merge", ware.merged_and_parted, 2),
    Verb("give back", ware.goods_are_given_back),
    Verb("reserve now", ware.goods_are_reserved_now, 2),
)
