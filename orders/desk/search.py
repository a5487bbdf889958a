"""Finding orders by what people type, in one statement that never falls off an index.

A number, a platform number, a waybill, the tail of a phone, a piece of a name, a SKU: each has an
index. Every look into one is fenced (MATERIALIZED, LIMIT), so that neither a common fragment nor a
bad guess of the planner becomes a walk over all orders. What is common is found by reading the
newest orders first, further back the rarer it is; what is rare, through its index.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models.expressions import RawSQL

from oms.sql import query
from orders.desk.clues import NAMES, Clue, clean, clues, literally
from orders.desk.newest import newest
from orders.models.order import OrderQuerySet
from orders.states import OrderStatus

CAP = 1001  # hits after which an index is not read further
DEEP_CAP = 2001  # the same where hits are filtered once more
NEAR = 3_000  # newest orders that are read before any index is asked
FAR = 20_000  # newest orders that are read when the hits are many
FAR_NAMES = 60_000  # the same off the narrow table of names
MANY = 3  # hits among the near ones from which on reading further back finds a page of them
WAYBILL_LENGTH = 4  # of the shortest beginning that is looked for

# A guess of the planner must never be "read the whole table"; holds for this statement only.
_NO_WALKS = "SET LOCAL enable_seqscan = off; "
_COMPARED = ("id", "number", "external_no")
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
        hunt.follow(clue)
    hunt.ask_waybills(text)
    hunt.ask_skus(text)
    ids, is_capped = query(*hunt.statement())[0]
    return Found(ids, is_capped)


def _with_names(
    rows: str, params: Sequence[Any], names: str = "orders_ordersearch"
) -> tuple[str, Sequence[Any]]:
    joined = f"({rows}) r LEFT JOIN {names} n ON n.order_id = r.id"
    return f"SELECT r.*, n.names, n.phone_tail FROM {joined}", params


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
        self.cap = DEEP_CAP if statuses else CAP
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

    @property
    def _is_narrowed(self) -> bool:
        """Whether some orders are left out, so that the newest orders are not the newest hits."""
        return bool(self.statuses or self.orders.query.where)

    def _older(self, column: str) -> tuple[str, list[int]]:
        return (f" AND {column} < %s", [self.before]) if self.before else ("", [])

    def read_near(self, meanings: Sequence[Clue]) -> None:
        """Compare the newest orders one by one: finds what is common, and all of a small shop."""
        rows, params = self._near_rows()
        self._add("near_rows", rows, *params)
        either = " OR ".join(clue.condition for clue in meanings) or "false"
        self._add(
            "near",
            f"SELECT o.id FROM near_rows o WHERE {either} ORDER BY o.id DESC LIMIT {self.size}",
            *(value for clue in meanings for value in clue.params),
        )
        # More orders than the near ones, which leave room on the page: then it goes on.
        self._add(
            "onward",
            f"SELECT r.count = {NEAR} AND n.count < {self.size} AS needed, n.count >= {MANY} AS many "
            "FROM (SELECT count(*) FROM near_rows) r, (SELECT count(*) FROM near) n",
        )
        self.hits.append("SELECT id FROM near")

    def _near_rows(self) -> tuple[str, Sequence[Any]]:
        """The newest NEAR orders with their names."""
        rows, params = self._newest(NEAR)
        if self._is_narrowed:
            return _with_names(rows, params)
        # Of all orders the newest names are theirs: read in one go, not looked up one by one.
        older, older_params = self._older("order_id")
        names = (
            f"(SELECT order_id, names, phone_tail FROM orders_ordersearch WHERE true{older} "
            f"ORDER BY order_id DESC LIMIT {NEAR})"
        )
        return _with_names(rows, [*params, *older_params], names)

    def follow(self, clue: Clue) -> None:
        """Read the clue's index up to the cap; what is common is looked for further back instead.

        An index's hits lie strewn over the whole table, the newest rows beside each other. And what a
        capped index gives is any of its hits, so it only fills what the newest leave free.
        """
        look, far, late = (f"{kind}{len(self.parts)}" for kind in ("look", "far", "late"))
        needed, many = ("(SELECT needed FROM onward)", "(SELECT many FROM onward)")
        self._walk_back(far, clue, f"{needed} AND {many}")
        columns = "o.id, o.names" if clue.look else "o.id"
        older, older_params = self._older("o.id")
        self._add(
            look,
            f"SELECT {columns} FROM {clue.table} WHERE {clue.look or clue.condition}{older} "
            f"AND {needed} AND (SELECT count(*) FROM {far}) < {self.size} LIMIT {self.cap}",
            *(clue.look_params or clue.params),
            *older_params,
        )
        is_full = f"(SELECT count(*) FROM {look}) = {self.cap}"
        self._walk_back(late, clue, f"{is_full} AND NOT {many}")
        self._add(
            f"{look}_kept",
            f"SELECT o.id FROM {look} o WHERE {clue.condition if clue.look else 'true'} "
            f"AND (SELECT count(*) FROM {late}) < {self.size}",
            *(clue.params if clue.look else ()),
        )
        self.hits += [f"SELECT id FROM {name}" for name in (far, late, f"{look}_kept")]
        self.full.append(is_full)

    def _walk_back(self, name: str, clue: Clue, when: str) -> None:
        """Compare more of the newest orders one by one, until the page is full."""
        rows, params = self._far_rows(clue)
        self._add(
            name,
            f"SELECT o.id FROM ({rows}) o WHERE {clue.condition} AND {when} "
            f"ORDER BY o.id DESC LIMIT {self.size}",
            *params,
            *clue.params,
        )

    def _far_rows(self, clue: Clue) -> tuple[str, Sequence[Any]]:
        """The newest rows to compare; names alone are read off their own, narrow table."""
        if clue.table == NAMES and not self._is_narrowed:
            older, params = self._older("o.id")
            names = f"SELECT o.id, o.names, o.phone_tail FROM {NAMES} WHERE true{older}"
            return f"{names} ORDER BY o.id DESC LIMIT {FAR_NAMES}", params
        rows = self._newest(FAR)
        return _with_names(*rows) if clue.table == NAMES else rows

    def ask_waybills(self, text: str) -> None:
        if len(text) < WAYBILL_LENGTH or not any(char.isdigit() for char in text):
            return
        self._add(
            "waybill",
            "SELECT order_id AS id FROM orders_shipment WHERE waybill <> '' AND waybill LIKE %s "
            f"LIMIT {CAP}",
            f"{literally(text.upper())}%",
        )
        self.hits.append("SELECT id FROM waybill")
        self.full.append(f"(SELECT count(*) FROM waybill) = {CAP}")

    def ask_skus(self, text: str) -> None:
        """The newest orders of the SKU with this code or barcode, and of codes beginning so."""
        code, depth = text.upper(), self.cap
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
        self.hits.append("SELECT id FROM sku")

    def statement(self) -> tuple[str, list[Any]]:
        """Gives one row: the ids of the page, and whether a cap was hit."""
        hits = " UNION ".join(self.hits)
        among = self.orders.filter(pk__in=RawSQL("SELECT id FROM hits", ()))  # noqa: S611
        rows = newest(among.values("pk"), self.statuses, self.size, before=self.before)
        page, params = rows.query.sql_with_params()
        capped = " OR ".join(self.full) or "false"
        return (
            f"{_NO_WALKS}WITH {', '.join(self.parts)}, hits AS MATERIALIZED ({hits}) "
            f"SELECT ARRAY({page}), {capped}",
            [*self.params, *params],
        )
