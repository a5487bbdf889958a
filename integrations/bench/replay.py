"""A wholesaler's real orders and opening stock, planned by several policies: what each makes of the same goods.

Reads `bench_*.csv.gz` and `stock_opening.csv` of the folder named by `--file`, else of the data set beside the project.
"""

import csv
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from zlib import crc32

from django.conf import settings

from integrations.bench.goals import Report
from integrations.bench.naive_plan import first_warehouse
from integrations.bench.scratch import BenchProblem
from integrations.bench.workbench import Workbench, say
from inventory.ledger import Supply
from inventory.models import Warehouse
from oms.sql import query
from orders.allocation.audit import faults, is_complete
from orders.allocation.optimise import is_available, plan_together
from orders.allocation.plan import Demand, Need, Result, Served, plan
from orders.allocation.terms import Facts, Policy, Prefer, Rate, Ships

_FOLDER = settings.BASE_DIR.parent / "shared/data/online_retail"
_ORDERS, _STOCK = "bench_2010-12_to_2011-08.csv.gz", "stock_opening.csv"
# A third of the goods lies in a third place as well, which gets three in ten pieces of it.
_THIRD, _EVERY, _SHARE = "WEST", 3, 0.3
# Cost of a parcel: within the country from the south, abroad from the north; the west is dear.
_COSTS = {
    "NORTH": (("GB", "6.00"), ("", "11.00")),
    "SOUTH": (("GB", "4.50"), ("", "13.00")),
    _THIRD: (("GB", "7.50"), ("", "18.00")),
}
_READ_ORDERS = """
SELECT o.id, o.channel_id, o.ship_country, o.ship_province, o.total_amount
FROM orders_order o ORDER BY o.placed_at, o.id
"""
_READ_LINES = """
SELECT order_id, id, sku_id, quantity FROM orders_orderline WHERE kind = 'goods' ORDER BY order_id, id
"""
_READ_STOCK = "SELECT id, warehouse_id, sku_id, available FROM inventory_stock WHERE available > 0 ORDER BY id"


@dataclass(frozen=True, slots=True)
class Shop:
    """What was read back: orders that want goods, in the order they came, and what lay where on the first day."""

    demands: list[Demand]
    supplies: list[Supply]
    warehouses: list[int]
    rates: tuple[Rate, ...]


def run(bench: Workbench, report: Report) -> None:
    folder = Path(bench.options.file) if bench.options.file else _FOLDER
    for name in (_ORDERS, _STOCK):
        if not (folder / name).is_file():
            raise BenchProblem(f"There is no {name} in {folder}; name its folder with --file.")
    with bench.database("replay"), tempfile.TemporaryDirectory() as scratch:
        spread = Path(scratch) / "stock.csv"
        _spread_stock(folder / _STOCK, spread)
        say("reading stock and orders")
        _manage("import_stock", str(spread))
        rejected = f"--rejected={Path(scratch) / 'rejected.csv'}"
        _manage("import_orders", str(folder / _ORDERS), rejected)
        shop = _read_shop()
    report.figures["orders"] = f"{len(shop.demands):,}"
    report.figures["lines"] = f"{sum(len(one.needs) for one in shop.demands):,}"
    for name, ways in _ways(shop).items():
        _tell(report, shop, name, ways)


def _spread_stock(source: Path, target: Path) -> None:
    """The same spread at every run: by the code of the SKU."""
    with source.open(encoding="utf-8") as read, target.open("w", encoding="utf-8") as written:
        rows = list(csv.DictReader(read))
        write = csv.writer(written, lineterminator="\n").writerow
        write(("warehouse", "sku", "on_hand", "bin"))
        third: Counter[str] = Counter()
        for row in rows:
            pieces = int(row["on_hand"])
            moved = int(pieces * _SHARE) if crc32(row["sku"].encode()) % _EVERY == 0 else 0
            third[row["sku"]] += moved
            write((row["warehouse"], row["sku"], pieces - moved, row["bin"]))
        for sku, pieces in sorted(third.items()):
            if pieces:
                write((_THIRD, sku, pieces, ""))


def _manage(*arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"{arguments[0]} failed: {done.stderr[-2000:]}")


def _read_shop() -> Shop:
    needs: dict[int, list[Need]] = {}
    for order_id, *need in query(_READ_LINES):
        needs.setdefault(order_id, []).append(Need(*need))
    demands = [
        Demand(pk, False, needs[pk], Facts(channel_id, "", country, province, total))
        for pk, channel_id, country, province, total in query(_READ_ORDERS)
        if pk in needs
    ]
    ids = dict(Warehouse.objects.order_by("code").values_list("code", "pk"))
    rates = tuple(
        Rate(ids[code], country, "", Decimal(cost), 1)
        for code, costs in _COSTS.items()
        for country, cost in costs
    )
    return Shop(demands, [Supply(*row) for row in query(_READ_STOCK)], list(ids.values()), rates)


def _ways(shop: Shop) -> dict[str, Sequence[Policy] | str]:
    """What is compared; a text names a way of planning that knows no policies."""
    by_cost = Policy(id=1, prefer=Prefer.COST, rates=shop.rates)
    found: dict[str, Sequence[Policy] | str] = {
        "first warehouse, naive": "naive",
        "no policy": (),
        "complete only": (Policy(id=1, ships=Ships.COMPLETE),),
        "by cost": (by_cost,),
        "by cost, complete only": (
            Policy(id=1, prefer=Prefer.COST, rates=shop.rates, ships=Ships.COMPLETE),
        ),
        "each in turn": (Policy(id=1, fewest_parcels=False),),
        "no split below 100.00": (Policy(id=1, no_split_below=Decimal(100)),),
        "two parcels at most": (Policy(id=1, parcel_cap=2),),
    }
    if is_available():
        found["complete only, by HiGHS"] = "together"
    return found


def _plan(shop: Shop, way: Sequence[Policy] | str) -> list[Served]:
    if way == "naive":
        return first_warehouse(shop.demands, shop.supplies, shop.warehouses)
    if way == "together":
        only_complete = (Policy(id=1, ships=Ships.COMPLETE),)
        return plan_together(shop.demands, shop.supplies, shop.warehouses, only_complete)
    assert not isinstance(way, str)
    return plan(shop.demands, shop.supplies, shop.warehouses, way)


def _tell(report: Report, shop: Shop, name: str, way: Sequence[Policy] | str) -> None:
    started = time.process_time()
    served = _plan(shop, way)
    seconds = time.process_time() - started
    report.check(
        f"{name}: a right plan",
        not (wrong := faults(shop.demands, shop.supplies, served)),
        wrong[:3],
    )
    report.check(f"{name}: the same again", _hash(served) == _hash(_plan(shop, way)))
    say(f"{name}: {seconds:.1f} s")
    costs = {(one.warehouse_id, one.country): one.cost for one in shop.rates}
    parcels = [
        costs.get((pk, demand.facts.country)) or costs[pk, ""]
        for demand, one in zip(shop.demands, served, strict=True)
        for pk in one.why.chosen
    ]
    how = Counter(one.result for one in served)
    complete = sum(map(is_complete, served))
    report.figures[name] = (
        f"{complete:,} complete ({how[Result.SPLIT]:,} split), "
        f"{how[Result.PART]:,} in part, {how[Result.SHORT]:,} back-ordered, "
        f"{len(parcels):,} parcels, {sum(parcels):,.2f} for parcels, "
        f"{seconds:.2f} s, plan {_hash(served)[:12]}"
    )
    if name == "no policy":
        naive = next(value for key, value in report.figures.items() if "naive" in key)
        report.at_least(
            "complete orders ÷ the naive way's",
            complete / int(naive.split(" ")[0].replace(",", "")),
            1,
        )


def _hash(served: Sequence[Served]) -> str:
    """The same for the same plan, byte for byte, reasons and all."""
    rows = [
        (one.order_id, one.result, one.why, one.allotments, sorted(one.missing.items()))
        for one in served
    ]
    return hashlib.sha256(json.dumps(rows, default=str).encode()).hexdigest()
