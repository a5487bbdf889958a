"""Finding orders by what people type, in one statement that never falls off an index.

A number, a platform number, a waybill, the tail of a phone, a piece of a name, a SKU: each has an
index. Every look into one is fenced (MATERIALIZED, LIMIT), so that neither a common fragment nor a
bad guess of the planner becomes a walk over all orders. What is common is found by reading the
newest orders first; what is rare, through its index.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models.expressions import RawSQL

from oms.sql import query
from orders.desk.clues import Clue, clean, clues, literally
from orders.desk.newest import newest
from orders.models.order import OrderQuerySet
from orders.states import OrderStatus

CAP = 1001  # hits after which an index is not read further
DEEP_CAP = 2001  # the same where hits are compared or filtered once more
NEAR = 3_000  # newest orders that are read before any index is asked
FAR = 20_000  # newest orders that are read when an index has more than its cap
WAYBILL_LENGTH = 4  # of the shortest beginning that is looked for

# A guess of the planner must never be "read the whole table"; holds for this statement only.
_NO_WALKS = "SET LOCAL enable_seqscan = off; "
_COMPARED = (
    "id", "number", "external_no", "ship_phone",
)  # fmt: skip
# The SKU meant is looked at deeper than each of those whose code merely begins so.
_SKUS = """
(SELECT id, %s AS depth FROM inventory_sku WHERE code = %s
 UNION SELECT sku_id, %s FROM inventory_skubarcode WHERE code = %s)
UNION ALL (SELECT id, 200 FROM inventory_sku WHERE code LIKE %s ORDER BY code LIMIT 20)"""


@dataclass(frozen=True, slots=True)
class Found:
    """Ids of one page, newest first. `is_capped`: over 1,000 match, and not all were looked at."""

    ids: list[int]
    is_capped: bool


def found(
    orders: OrderQuerySet,
    text: str,
    *,
    statuses: Sequence[OrderStatus] = (),
    before: int | None = None,
    size: int = 51,
) -> Found:
    """The newest `size` of `orders` that `text` may mean; one round trip.

    `statuses` (all, when empty) and `before` (an id) narrow them as in `newest`.
    """
    text = clean(text)
    if not text:
        return Found([], False)
    hunt = _Hunt(orders, statuses, before, size)
    meanings = clues(text)
    hunt.read_near(meanings)
    for clue in meanings:
        hunt.ask_index(clue)
    hunt.read_far(meanings)
    hunt.ask_waybills(text)
    hunt.ask_skus(text)
    ids, is_capped = query(*hunt.statement())[0]
    return Found(ids, is_capped)


def _with_names(rows: str) -> str:
    return (
        f"SELECT r.*, n.names FROM ({rows}) r LEFT JOIN orders_ordersearch n ON n.order_id = r.id"
    )


class _Hunt:
    """The statement being put together: a part per source, and which parts stopped at a cap."""

    def __init__(
        self,
        orders: OrderQuerySet,
        statuses: Sequence[OrderStatus],
        before: int | None,
        size: int,
    ) -> None:
        self.orders, self.statuses, self.before, self.size = orders, statuses, before, size
        self.parts: list[str] = []
        self.params: list[Any] = []
        self.hits: list[str] = []
        self.full: list[str] = []

    def _add(self, name: str, select: str, *params: Any) -> None:
        self.parts.append(f"{name} AS MATERIALIZED ({select})")
        self.params.extend(params)

    def _newest(self, size: int) -> tuple[str, tuple[Any, ...]]:
        rows = newest(self.orders.values(*_COMPARED), self.statuses, size, before=self.before)
        return rows.query.sql_with_params()

    def _older(self, column: str) -> tuple[str, list[int]]:
        return (f" AND {column} < %s", [self.before]) if self.before else ("", [])

    def _unfilled(self) -> str:
        """Whether there are more orders than the near ones, which leave room on the page."""
        return (
            f"(SELECT count(*) FROM near_rows) = {NEAR} "
            f"AND (SELECT count(*) FROM near) < {self.size}"
        )

    def read_near(self, meanings: Sequence[Clue]) -> None:
        """Compare the newest orders one by one: finds what is common, and all of a small shop."""
        rows, params = self._newest(NEAR)
        self._add("near_rows", _with_names(rows), *params)
        self._compare("near", "near_rows", (), meanings, "true")

    def read_far(self, meanings: Sequence[Clue]) -> None:
        """Read further back when an index had more than its cap, and so gave any of them."""
        if self.full:
            rows, params = self._newest(FAR)
            needed = f"{self._unfilled()} AND ({' OR '.join(self.full)})"
            self._compare("far", f"({_with_names(rows)})", params, meanings, needed)

    def _compare(
        self, name: str, rows: str, params: Sequence[Any], meanings: Sequence[Clue], needed: str
    ) -> None:
        either = " OR ".join(clue.condition for clue in meanings) or "false"
        values = [value for clue in meanings for value in clue.params]
        self._add(
            name,
            f"SELECT o.id FROM {rows} o WHERE ({either}) AND {needed} "
            f"ORDER BY o.id DESC LIMIT {self.size}",
            *params,
            *values,
        )
        self.hits.append(name)

    def ask_index(self, clue: Clue) -> None:
        """Read the index of one clue up to its cap, unless the newest orders fill the page."""
        name = f"look{len(self.parts)}"
        cap = DEEP_CAP if clue.look or self.statuses else CAP
        columns = "o.id, o.names" if clue.look else "o.id"
        older, older_params = self._older("o.id")
        self._add(
            f"{name}_all",
            f"SELECT {columns} FROM {clue.table} WHERE {clue.look or clue.condition}{older} "
            f"AND {self._unfilled()} LIMIT {cap}",
            *(clue.look_params or clue.params),
            *older_params,
        )
        self.full.append(f"(SELECT count(*) FROM {name}_all) = {cap}")
        self._add(
            name,
            f"SELECT o.id FROM {name}_all o WHERE {clue.condition if clue.look else 'true'}",
            *(clue.params if clue.look else ()),
        )
        self.hits.append(name)

    def ask_waybills(self, text: str) -> None:
        if len(text) < WAYBILL_LENGTH or not any(char.isdigit() for char in text):
            return
        self._add(
            "waybill",
            "SELECT order_id AS id FROM orders_shipment WHERE waybill <> '' AND waybill LIKE %s "
            f"LIMIT {CAP}",
            f"{literally(text.upper())}%",
        )
        self.hits.append("waybill")
        self.full.append(f"(SELECT count(*) FROM waybill) = {CAP}")

    def ask_skus(self, text: str) -> None:
        """The newest orders of the SKU with this code or barcode, and of codes beginning so."""
        code, depth = text.upper(), DEEP_CAP if self.statuses else CAP
        older, older_params = self._older("l.order_id")
        self._add(
            "sku",
            f"SELECT DISTINCT l.order_id AS id FROM ({_SKUS}) s CROSS JOIN LATERAL ("
            f"SELECT l.order_id FROM orders_orderline l WHERE l.sku_id = s.id{older} "
            "ORDER BY l.order_id DESC LIMIT s.depth) l",
            depth,
            code,
            depth,
            text,
            f"{literally(code)}%",
            *older_params,
        )
        self.hits.append("sku")

    def statement(self) -> tuple[str, list[Any]]:
        """Gives one row: the ids of the page, and whether a cap was hit."""
        hits = " UNION ".join(f"SELECT id FROM {name}" for name in self.hits)
        among = self.orders.filter(pk__in=RawSQL("SELECT id FROM hits", ()))  # noqa: S611
        rows = newest(among.values("pk"), self.statuses, self.size, before=self.before)
        page, params = rows.query.sql_with_params()
        capped = " OR ".join(self.full) or "false"
        return (
            f"{_NO_WALKS}WITH {', '.join(self.parts)}, hits AS MATERIALIZED ({hits}) "
            f"SELECT ARRAY({page}), {capped}",
            [*self.params, *params],
        )
