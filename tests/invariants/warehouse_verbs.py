"""What is done between warehouses, with parcels, with suppliers, and with goods that orders hold: entries of VERBS."""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import now

from inventory.counting.choose import Choice
from inventory.counting.enter import Entry, enter_counts
from inventory.counting.hand_out import hand_out
from inventory.counting.post import post_counts
from inventory.kept import keep_for_channel
from inventory.models import PurchaseOrder, Stock, Supplier, Transfer
from inventory.purchasing.send import send_purchase
from inventory.transfers.cancel import cancel_transfer
from inventory.transfers.draft import Route, Wanted, write_transfer
from inventory.transfers.receive import close_missing, receive_transfer
from inventory.transfers.send import send_transfer
from oms.models import Channel
from orders.allocation.give import Gift, give
from orders.allocation.hold import expire_holds, hold_softly, let_go
from orders.allocation.now import allocate_now, give_back_goods
from orders.desk.prioritise import prioritise
from orders.fulfilment.models import ShipmentLine
from orders.models import Shipment
from orders.parcels.merge_many import merge_orders
from orders.parcels.split import move_parcel, rejoin_parcels, split_parcel
from orders.parcels.unmerge import unmerge_orders
from orders.review.rules.text import Priority
from tests.fixtures.purchasing import create_item, create_supplier, delivered, draft_of
from tests.invariants.world import World


def goods_are_moved(w: World) -> Transfer:
    """A transfer is written and sent."""
    source, target = w.few(w.warehouses, 2)[0], w.one(w.warehouses)
    wanted = [Wanted(sku.code, w.number(1, 4)) for sku in w.few(w.skus, 2)]
    transfer = write_transfer(Route(source.pk, target.pk), wanted, actor=None)
    send_transfer(transfer.pk, version=transfer.version, actor=None)
    transfer.refresh_from_db()
    return transfer


def moved_goods_arrive(w: World) -> None:
    """All, some, or too many of them; at times what is missing is given up, or all of it comes back."""
    for transfer in w.few(list(Transfer.objects.filter(status="sent").order_by("pk")), 1):
        arrived = {line.pk: w.number(0, line.quantity) for line in transfer.lines.all()}
        then = w.one(["receive", "receive", "close", "cancel"])
        if then == "receive":
            receive_transfer(transfer.pk, arrived, version=transfer.version, actor=None)
        elif then == "close":
            close_missing(transfer.pk, reason="lost", version=transfer.version, actor=None)
        else:
            cancel_transfer(transfer.pk, within="sent", version=transfer.version, actor=None)


def sent_and_cancelled(w: World) -> None:
    before = w.stock()
    transfer = goods_are_moved(w)
    cancel_transfer(transfer.pk, within="sent", version=transfer.version, actor=None)
    assert w.stock() == before


def shelves_are_counted(w: World) -> None:
    """A sheet of any places, filled in, and posted where the stock did not move."""
    warehouse = w.one(w.warehouses)
    places = list(Stock.objects.filter(warehouse=warehouse).order_by("pk"))
    chosen = Choice("ticked", stock_ids=tuple(one.pk for one in w.few(places, 3)))
    sheet = hand_out(
        warehouse, chosen, is_blind=w.one([True, False]), second_above=None, actor=None
    )
    lines = list(sheet.lines.order_by("pk"))
    enter_counts(
        sheet.pk,
        [Entry(one.pk, max(0, one.book + w.number(-2, 2)), None) for one in lines],
        actor=None,
    )
    post_counts(sheet.pk, [one.pk for one in lines], reason="count", actor=None)


def bought_goods_arrive(w: World) -> None:
    """A purchase order of a supplier, sent, and a delivery with more, fewer or broken pieces."""
    if not Supplier.objects.exists():
        with transaction.atomic():
            supplier = create_supplier(tolerance_percent=50)
            for sku in w.skus:
                create_item(supplier, sku)
    if w.number(0, 1):
        order = draft_of(w.one(w.warehouses), *[(sku, w.number(2, 6)) for sku in w.few(w.skus, 2)])
        send_purchase(order.pk, version=order.version, actor=None)
    coming = PurchaseOrder.objects.filter(status__in=["sent", "partly_received"]).order_by("pk")
    for order in w.few(list(coming), 1):
        pieces = [w.number(0, 5) for _line in order.lines.all()]
        broken, reason = w.one([0, 0, 1]), w.one(["", "a gift"])
        delivered(
            order, *pieces, damaged=broken, reason=reason, key=f"{order.pk}:{w.number(0, 99)}"
        )


def goods_are_held(w: World) -> None:
    until = now() + timedelta(hours=w.number(1, 48))
    hold_softly(w.orders("pending_review", "on_hold"), until=until, actor=None)


def held_and_let_go(w: World) -> None:
    """Of orders that held nothing before."""
    ids = [pk for pk in w.orders("pending_review", "on_hold") if not w.holds(pk)]
    before = w.stock()
    done = hold_softly(ids, until=now() + timedelta(hours=1), actor=None).done
    let_go(done, actor=None)
    assert w.stock() == before


def time_passes_for_holds(w: World) -> None:
    w.end_holds()
    expire_holds()


def pieces_are_kept(w: World) -> None:
    """For another channel than that of all orders."""
    channel = Channel.objects.get_or_create(code="other", defaults={"name": "Other"})[0]
    for pk in w.few(w.stock_ids(), 1):
        place = Stock.objects.get(pk=pk)
        keep_for_channel(
            sku_id=place.sku_id, warehouse_id=place.warehouse_id, channel_id=channel.pk, quantity=w.number(0, 3)
        )  # fmt: skip


def _some_pieces(w: World, shipment_id: int) -> dict[int, int]:
    lines = ShipmentLine.objects.filter(shipment=shipment_id).order_by("pk")
    return {one.order_line_id: w.number(0, one.quantity) for one in lines}


def parcel_is_split(w: World) -> None:
    for pk in w.parcels("ready", most=1):
        split_parcel(pk, _some_pieces(w, pk), actor=None)


def parcel_is_split_and_rejoined(w: World) -> None:
    before = w.stock()
    for pk in w.parcels("ready", most=1):
        split_parcel(pk, _some_pieces(w, pk), actor=None)
        rejoin_parcels(pk, actor=None)
    assert w.stock() == before


def parcel_is_moved(w: World) -> None:
    for pk in w.parcels("ready", most=1):
        move_parcel(pk, _some_pieces(w, pk), w.one(w.warehouses).pk, actor=None)


def goods_are_given(w: World) -> None:
    """Of a parcel that is ready to an order that is short."""
    for to in w.orders("backordered", most=1):
        for shipment in (
            Shipment.objects.filter(status="ready").exclude(order=to).order_by("pk")[:1]
        ):
            lines = ShipmentLine.objects.filter(shipment=shipment).order_by("pk")
            give(Gift(to, {one.pk: w.number(1, one.quantity) for one in lines}), actor=None)


def priority_is_set(w: World) -> None:
    prioritise(w.orders(most=2), priority=w.one(list(Priority.values)), actor=None)


def merged_and_parted(w: World) -> None:
    before = w.stock()
    done = merge_orders(w.orders("allocated"), actor=None).done
    if w.number(0, 1):
        unmerge_orders(done, actor=None)
    assert w.stock() == before


def goods_are_given_back(w: World) -> None:
    give_back_goods(w.orders(), actor=None, reason="later")


def goods_are_reserved_now(w: World) -> None:
    allocate_now(w.orders(), actor=None)
