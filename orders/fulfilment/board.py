"""Reading for the warehouse: which shipments wait where, and what to fetch from which bin."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from inventory.ledger import shelves_of
from inventory.listing import warehouses_of
from inventory.models import Warehouse
from inventory.packs import in_packs, packs_of
from oms.models import User
from orders.desk.priority import priority_tag
from orders.fulfilment.good_lots import has_lots, lots_to_take
from orders.fulfilment.models import Shipment, ShipmentLine, ShipmentStatus
from orders.parcels.company import leads, numbers_together

TABS = {
    "ready": _("Ready to pick"),
    "picking": _("Picking"),
    "packed": _("Packed"),
    "today": _("Shipped today"),
    "on_the_way": _("On the way"),
}
MOST_URGENT = 50
COUNTED_UP_TO = 1000
"""Counts stop here; more is shown as "999+"."""

_STATUS_OF = {
    "ready": ShipmentStatus.READY,
    "picking": ShipmentStatus.PICKING,
    "packed": ShipmentStatus.PACKED,
    "on_the_way": ShipmentStatus.SHIPPED,
}
_COUNT = """(SELECT count(*) FROM (
  SELECT 1 FROM orders_shipment s
  WHERE s.warehouse_id = inventory_warehouse.id AND s.status = %s AND (s.consignment_id IS NULL OR NOT EXISTS (
    SELECT FROM orders_shipment m WHERE m.consignment_id = s.consignment_id AND m.id < s.id)) LIMIT %s) AS counted)"""


@dataclass(frozen=True, slots=True)
class Hall:
    """A warehouse that the person works in, and how many shipments wait there in each tab."""

    warehouse: Warehouse
    counts: dict[str, int]


@dataclass(slots=True)
class Parcel:
    """A shipment on the board with what is in it, and what was typed into its row.

    `company` travels with it, and its contents are among these; so many shipments `could_join` and have not.
    """

    shipment: Shipment
    company: list[Shipment] = field(default_factory=list)
    could_join: int = 0
    contents: list[ShipmentLine] = field(default_factory=list)
    carrier: str = ""
    waybill: str = ""
    is_picked: bool = False

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self.contents)

    @property
    def priority(self) -> SafeString:
        return priority_tag(self.shipment.order.priority)

    @property
    def is_stopped(self) -> bool:
        """Whether the order was held or cancelled meanwhile: the parcel must not leave."""
        return self.shipment.order.status in ("on_hold", "cancelled")


@dataclass(slots=True)
class Fetch:
    """So many pieces of a SKU to take from one bin, and for which shipments."""

    warehouse: str
    bin: str
    sku: str
    name: str
    quantity: int = 0
    shares: list[tuple[str, int]] = field(default_factory=list)
    bundles: list[str] = field(default_factory=list)  # the bundles it is a component of
    packs: str = ""  # "2 box + 3", for a SKU that comes in packs
    lots: list[str] = field(default_factory=list)  # for a SKU with lots: which to take
    expired: str = ""  # why too few of them are good


def start_of_today() -> datetime:
    """Midnight in the store's time zone."""
    today = timezone.localdate(timezone=timezone.get_default_timezone())
    return timezone.make_aware(datetime.combine(today, time.min), timezone.get_default_timezone())


def shipments_in(warehouses: Sequence[Warehouse]) -> QuerySet[Shipment]:
    """One for each parcel: a merged one is there once."""
    return leads(Shipment.objects.filter(warehouse__in=warehouses))


def in_tab(shipments: QuerySet[Shipment], tab: str) -> tuple[QuerySet[Shipment], tuple[str, ...]]:
    """The shipments of a tab and their order: what waits longest comes first."""
    if tab == "today":
        return shipments.filter(shipped_at__gte=start_of_today()), ("-shipped_at", "-id")
    return shipments.filter(status=_STATUS_OF[tab]), ("id",)


def urgent_in(shipments: QuerySet[Shipment], tab: str) -> QuerySet[Shipment]:
    """Those of a tab that go before all others; they stand at its head, whatever page begins there."""
    if tab == "today":
        return shipments.none()
    urgent, order = in_tab(shipments.filter(order__priority__gt=0), tab)
    return urgent.order_by("-order__priority", *order)[:MOST_URGENT]


def halls_of(user: User) -> list[Hall]:
    """The person's warehouses, shipments counted up to COUNTED_UP_TO. One query."""
    counts = {
        f"waiting_{tab}": RawSQL(_COUNT, [status.value, COUNTED_UP_TO])
        for tab, status in _STATUS_OF.items()
    }
    return [
        Hall(one, {tab: getattr(one, f"waiting_{tab}") for tab in _STATUS_OF})
        for one in warehouses_of(user).annotate(**counts)
    ]


def count_in(halls: Sequence[Hall], tab: str) -> str:
    """How many wait in the tab, "999+" for more than are counted; "" for a tab without a count."""
    if tab not in _STATUS_OF:
        return ""
    count = sum(hall.counts[tab] for hall in halls)
    return f"{COUNTED_UP_TO - 1}+" if count >= COUNTED_UP_TO else str(count)


def parcels_of(shipments: Sequence[Shipment]) -> list[Parcel]:
    """The shipments with what travels in their parcels. Two queries, and one more where some are merged."""
    parcels = {one.pk: Parcel(one, carrier=one.carrier, waybill=one.waybill) for one in shipments}
    merged = {one.consignment_id: one.pk for one in shipments if one.consignment_id}
    lead_of = {pk: pk for pk in parcels}
    mates = Shipment.objects.filter(consignment__in=merged).exclude(pk__in=parcels)
    for mate in mates.select_related("order").order_by("pk") if merged else ():
        lead_of[mate.pk] = merged[mate.consignment_id or 0]
        parcels[lead_of[mate.pk]].company.append(mate)
    lines = ShipmentLine.objects.filter(shipment__in=lead_of).select_related("order_line__sku")
    for line in lines.order_by("shipment", "order_line__position", "id"):
        parcels[lead_of[line.shipment_id]].contents.append(line)
    ready = Shipment.objects.filter(pk__in=parcels, status=ShipmentStatus.READY)
    for one in ready.annotate(**numbers_together()):
        parcels[one.pk].could_join = len(one.could_join)  # type: ignore[attr-defined]
    return list(parcels.values())


def pick_list(shipments: QuerySet[Shipment]) -> list[Fetch]:
    """What to fetch for these shipments: by warehouse, then bin; goods without a bin come last."""
    lines = ShipmentLine.objects.filter(shipment__in=shipments).select_related(
        "shipment",
        "order_line__sku",
        "order_line__bundle_line__sku",
        "stock__bin",
        "stock__warehouse",
    )
    found: dict[tuple[str, str, str], Fetch] = {}
    tracked: dict[tuple[str, str, str], ShipmentLine] = {}
    shares: dict[tuple[str, str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in lines:
        stock, sku = line.stock, line.order_line.sku
        assert sku is not None  # goods lines have one; a constraint holds it
        bin_code = stock.bin.code if stock.bin else ""
        key = (stock.warehouse.code, bin_code, sku.code)
        fetch = found.setdefault(key, Fetch(stock.warehouse.name, bin_code, sku.code, sku.name))
        fetch.quantity += line.quantity
        if has_lots(line):
            tracked[key] = line
        shares[key][line.shipment.number] += line.quantity
        bundle = line.order_line.bundle_line
        if bundle and bundle.sku and bundle.sku.code not in fetch.bundles:
            fetch.bundles.append(bundle.sku.code)
    _name_lots(found, tracked)
    packs = packs_of({fetch.sku for fetch in found.values()})
    for fetch in found.values():
        fetch.packs = in_packs(fetch.quantity, packs.get(fetch.sku, ()))
    for key, fetch in found.items():
        fetch.shares = sorted(shares[key].items())
    return [found[key] for key in sorted(found, key=lambda key: (key[0], not key[1], *key))]


def _name_lots(
    found: dict[tuple[str, str, str], Fetch], tracked: dict[tuple[str, str, str], ShipmentLine]
) -> None:
    """Say which lots to take; one query where there are any."""
    shelves = shelves_of({line.stock_id for line in tracked.values()}) if tracked else {}
    for key, line in tracked.items():
        words = lots_to_take(line, shelves[line.stock_id], found[key].quantity)
        found[key].lots, found[key].expired = words.lots, words.expired
