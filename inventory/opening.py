"""Opening stock from a list: what lay in each warehouse on the first day. Each place is opened once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from inventory import ledger
from inventory.catalogue import CODE_LENGTH, SkuDraft, clean_code, create_skus
from inventory.ledger import Posting
from inventory.models import Sku, StockMovement, Warehouse
from inventory.places import PLACE_LENGTH, clean_place, open_bins
from oms.models import User
from oms.sql import query
from oms.tables import cells
from oms.tables.cells import CellProblem
from oms.tables.columns import Layout

OPENING_LIST = Layout(
    "stock",
    {
        "warehouse": ("warehouse", "仓库"),
        "sku": ("sku", "商品编码", "SKU编码"),
        "on_hand": ("on_hand", "数量", "库存"),
        "bin": ("bin", "库位", "货位"),
    },
    required=("warehouse", "sku", "on_hand"),
    refuses_unknown_columns=True,
)
CHUNK_ROWS = 5_000
MOST = 100_000_000
# Whether a place was opened before is only sure while nobody else opens places.
_ALONE = "SELECT pg_advisory_xact_lock(hashtext('opening stock'))"


@dataclass(frozen=True, slots=True)
class Opening:
    """A row of the list."""

    row: int
    warehouse: str
    sku: str
    on_hand: int
    bin: str


@dataclass(slots=True)
class Opened:
    """What came of a list. `rejected`: row number → why."""

    rows: int = 0
    opened: int = 0
    units: int = 0
    opened_before: int = 0
    empty: int = 0
    warehouses_created: list[str] = field(default_factory=list)
    bins_created: int = 0
    skus_created: int = 0
    rejected: dict[int, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def open_stock(rows: Iterable[tuple[int, Sequence[str]]], *, actor: User | None) -> Opened:
    """Book the opening movements of `rows` (row number, cells by OPENING_LIST).

    Unknown warehouses, bins and SKUs are created (a SKU goes by its code until somebody names it). A place that was
    opened before is left alone; when the list now tells another number, the row is rejected.
    """
    done = Opened()
    seen: set[tuple[str, str]] = set()
    wanted = _read(rows, seen, done)
    while chunk := list(islice(wanted, CHUNK_ROWS)):
        with transaction.atomic():
            _open(chunk, done, actor)
    return done


def _read(
    rows: Iterable[tuple[int, Sequence[str]]], seen: set[tuple[str, str]], done: Opened
) -> Iterator[Opening]:
    for number, row in rows:
        done.rows += 1
        try:
            opening = _opening(number, row)
        except CellProblem as problem:
            done.rejected[number] = problem.words
            continue
        place = (opening.warehouse, opening.sku)
        if place in seen:
            done.rejected[number] = _("%(sku)s in %(warehouse)s stands twice in the list.") % {
                "sku": opening.sku, "warehouse": opening.warehouse,
            }  # fmt: skip
        elif not opening.on_hand:
            done.empty += 1
        else:
            seen.add(place)
            yield opening


def _opening(number: int, row: Sequence[str]) -> Opening:
    warehouse, sku, on_hand, bin_code = row
    opening = Opening(
        number,
        clean_place(cells.identifier(warehouse)),
        clean_code(cells.identifier(sku)),
        cells.whole(on_hand),
        clean_place(cells.identifier(bin_code)),
    )
    for name, text, most in (
        ("warehouse", opening.warehouse, PLACE_LENGTH),
        ("sku", opening.sku, CODE_LENGTH),
        ("bin", opening.bin or "-", PLACE_LENGTH),
    ):
        if not 0 < len(text) <= most or not text.isprintable():
            raise CellProblem(
                _("Column “%(column)s”: “%(value)s” must have 1 to %(most)d characters.")
                % {"column": name, "value": text[:40], "most": most}
            )
    if not 0 <= opening.on_hand <= MOST:
        raise CellProblem(
            _("“%s” is no number of pieces on hand. Give 0 or more.") % opening.on_hand
        )
    return opening


def _open(chunk: Sequence[Opening], done: Opened, actor: User | None) -> None:
    query(_ALONE)
    warehouses = _warehouses({one.warehouse for one in chunk}, done)
    skus = _skus({one.sku for one in chunk}, done)
    chunk = _untracked(chunk, done)
    bins, created = open_bins({(warehouses[one.warehouse], one.bin) for one in chunk if one.bin})
    done.bins_created += created
    before = _opened_before(set(skus.values()))
    postings = []
    for one in chunk:
        warehouse, sku = warehouses[one.warehouse], skus[one.sku]
        told = before.get((warehouse, sku))
        if told is None:
            kind = StockMovement.Kind.OPENING.value
            place = bins.get((warehouse, one.bin))
            postings.append(Posting(warehouse, sku, one.on_hand, kind, bin_id=place))
        elif told == one.on_hand:
            done.opened_before += 1
        else:
            done.rejected[one.row] = _(
                "%(sku)s in %(warehouse)s was opened with %(told)d pieces. Count it instead."
            ) % {"sku": one.sku, "warehouse": one.warehouse, "told": told}
    ledger.post(postings, actor=actor)
    done.opened += len(postings)
    done.units += sum(one.quantity for one in postings)


def _untracked(chunk: Sequence[Opening], done: Opened) -> list[Opening]:
    """The rows of SKUs without lots; the list has no place for lots, so the others are rejected."""
    codes = {one.sku for one in chunk}
    tracked = Sku.objects.filter(code__in=codes).exclude(tracking=Sku.Tracking.NONE)
    told = set(tracked.values_list("code", flat=True))
    words = _("%s has lots or serial numbers: receive it on its page, where they are named.")
    done.rejected |= {one.row: words % one.sku for one in chunk if one.sku in told}
    return [one for one in chunk if one.sku not in told]


def _warehouses(codes: set[str], done: Opened) -> dict[str, int]:
    known = set(Warehouse.objects.filter(code__in=codes).values_list("code", flat=True))
    new = sorted(codes - known)
    Warehouse.objects.bulk_create(Warehouse(code=code, name=code) for code in new)
    done.warehouses_created += new
    return dict(Warehouse.objects.filter(code__in=codes).values_list("code", "pk"))


def _skus(codes: set[str], done: Opened) -> dict[str, int]:
    known = set(Sku.objects.filter(code__in=codes).values_list("code", flat=True))
    new = sorted(codes - known)
    create_skus([SkuDraft(code, code) for code in new])
    done.skus_created += len(new)
    return dict(Sku.objects.filter(code__in=codes).values_list("code", "pk"))


def _opened_before(skus: set[int]) -> dict[tuple[int, int], int]:
    """(warehouse, SKU) → pieces it was opened with."""
    openings = StockMovement.objects.filter(
        kind=StockMovement.Kind.OPENING, stock__sku_id__in=skus
    ).values_list("stock__warehouse_id", "stock__sku_id", "quantity")
    return {(warehouse, sku): quantity for warehouse, sku, quantity in openings}
