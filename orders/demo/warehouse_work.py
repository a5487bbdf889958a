"""What the warehouses do beside orders: goods moved from one to another, places counted, pieces set apart."""

from decimal import Decimal
from random import Random

from inventory.counting.choose import Choice
from inventory.counting.enter import Entry, enter_counts
from inventory.counting.hand_out import hand_out
from inventory.ledger import Blocking, block
from inventory.models import Sku, Stock
from inventory.pace import refresh_pace
from inventory.safety import set_safety_stock
from inventory.transfers.draft import Route, Wanted, write_transfer
from inventory.transfers.receive import receive_transfer
from inventory.transfers.send import send_transfer
from oms.models import User
from orders.demo.catalogue import Place

_COSTED = 0.9
_MOST_COUNTED = 6


def work_in_warehouses(places: list[Place], packer: User) -> None:
    """Safety lines, a few blocked pieces, three transfers, a count sheet half done."""
    refresh_pace()
    first, second = places[0].warehouse, places[1].warehouse
    free = Stock.objects.filter(warehouse=first, available__gte=8).select_related("sku")
    stocks = list(free.order_by("sku__code")[:12])
    set_safety_stock([one.pk for one in stocks[:6]], 15)
    block([Blocking(stocks[0].pk, 2, "damaged", "外箱破损")], actor=packer)
    route = Route(first.pk, second.pk, "补货")
    for at, (lines, is_sent) in enumerate([((1, 2), False), ((3, 4), True), ((5, 6), True)]):
        wanted = [Wanted(stocks[line].sku.code, 2 + at) for line in lines]
        transfer = write_transfer(route, wanted, actor=packer)
        if is_sent:
            send_transfer(transfer.pk, version=1, actor=packer)
    line = transfer.lines.order_by("pk")[0]
    receive_transfer(transfer.pk, {line.pk: 1}, version=2, actor=packer)
    sheet = hand_out(first, Choice("tab", "low"), is_blind=False, actor=packer)
    counted = sheet.lines.order_by("pk")[:_MOST_COUNTED]
    entries = [Entry(one.pk, max(one.book - at % 3, 0), None) for at, one in enumerate(counted)]
    enter_counts(sheet.pk, entries, actor=packer)


def know_costs(rng: Random, skus: list[Sku]) -> None:
    """Most goods cost 45 to 75 % of their price; of a few nobody knows."""
    for sku in skus:
        if rng.random() < _COSTED:
            sku.cost = round(sku.price * Decimal(rng.randint(45, 75)) / 100, 2)
    Sku.objects.bulk_update(skus, ["cost"])
