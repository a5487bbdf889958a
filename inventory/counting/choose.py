"""Which places a count sheet names: by bins, by a tab of the list, by class, by how long nobody counted there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inventory.listing import TABS, places_of_tab
from inventory.models import Warehouse
from inventory.places import clean_place
from oms.errors import FieldError, InvalidInput
from oms.sql import query

MOST_LINES = 300
"""A sheet that somebody can count before too much has moved."""
MOST_DAYS = 3650

CHOICES = {
    "bins": gettext_lazy("Bins from … to …"),
    "tab": gettext_lazy("A tab of the stock list"),
    "class": gettext_lazy("Class A, B or C by sales"),
    "uncounted": gettext_lazy("Not counted for some days"),
    "ticked": gettext_lazy("Ticked in the list"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """How the places are chosen, and the words that go with it: `A-01 B-99`, `low`, `A`, `90`."""

    by: str
    of: str = ""
    until: str = ""
    stock_ids: tuple[int, ...] = ()


_BINS = """
SELECT s.id FROM inventory_stock s JOIN inventory_bin b ON b.id = s.bin_id
WHERE s.warehouse_id = %s AND b.code BETWEEN %s AND %s ORDER BY b.code, s.id LIMIT %s
"""
_UNCOUNTED = """
SELECT s.id FROM inventory_stock s LEFT JOIN inventory_bin b ON b.id = s.bin_id
WHERE s.warehouse_id = %s AND s.on_hand > 0 AND NOT EXISTS (
  SELECT FROM inventory_countline l WHERE l.stock_id = s.id AND l.posted_at > now() - make_interval(days => %s))
ORDER BY b.code NULLS LAST, s.id LIMIT %s
"""
# Class A sells the first 80 % of the value, B the next 15 %, C the rest and what does not sell.
_CLASS = """
SELECT id FROM (
  SELECT id, code, CASE WHEN value = 0 THEN 'C' WHEN before < 0.80 * total THEN 'A'
    WHEN before < 0.95 * total THEN 'B' ELSE 'C' END AS class
  FROM (
    SELECT s.id, b.code, v.value, sum(v.value) OVER () AS total,
      coalesce(sum(v.value) OVER (ORDER BY v.value DESC, s.id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)
        AS before
    FROM inventory_stock s JOIN inventory_sku k ON k.id = s.sku_id
    LEFT JOIN inventory_bin b ON b.id = s.bin_id LEFT JOIN inventory_stockpace p ON p.stock_id = s.id
    CROSS JOIN LATERAL (SELECT coalesce(p.sold, 0) * k.price AS value) v
    WHERE s.warehouse_id = %s AND (s.on_hand > 0 OR v.value > 0)
  ) ranked
) classed WHERE class = %s ORDER BY code NULLS LAST, id LIMIT %s
"""
_TICKED = """
SELECT s.id FROM inventory_stock s LEFT JOIN inventory_bin b ON b.id = s.bin_id
WHERE s.warehouse_id = %s AND s.id = ANY(%s) ORDER BY b.code NULLS LAST, s.id LIMIT %s
"""


def chosen_stock(warehouse: Warehouse, choice: Choice) -> list[int]:
    """Ids of the places, those of the first bins first, at most MOST_LINES. Raises InvalidInput."""
    ids = _BY.get(choice.by, _unknown)(warehouse, choice)
    if not ids:
        words = _("Nothing in %s fits this. Choose other bins, another tab or fewer days.")
        raise InvalidInput([FieldError("of", "empty", words % warehouse.name, choice.of)])
    return ids


def _by_bins(warehouse: Warehouse, choice: Choice) -> list[int]:
    first, last = clean_place(choice.of), clean_place(choice.until or choice.of)
    if not first:
        raise _refused(_("Give the first bin, such as A-01."), choice.of)
    return _ids(_BINS, [warehouse.pk, first, last, MOST_LINES])


def _by_tab(warehouse: Warehouse, choice: Choice) -> list[int]:
    if choice.of not in TABS or choice.of == "all":
        raise _refused(_("Choose one of the tabs."), choice.of)
    return places_of_tab(warehouse, choice.of, most=MOST_LINES)


def _by_class(warehouse: Warehouse, choice: Choice) -> list[int]:
    if choice.of not in ("A", "B", "C"):
        raise _refused(_("Choose A, B or C."), choice.of)
    return _ids(_CLASS, [warehouse.pk, choice.of, MOST_LINES])


def _by_age(warehouse: Warehouse, choice: Choice) -> list[int]:
    text = choice.of.strip()
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST_DAYS):
        raise _refused(_("Give a number of days: 1 to %d.") % MOST_DAYS, choice.of)
    return _ids(_UNCOUNTED, [warehouse.pk, int(text[:9]), MOST_LINES])


def _by_ticks(warehouse: Warehouse, choice: Choice) -> list[int]:
    return _ids(_TICKED, [warehouse.pk, list(choice.stock_ids), MOST_LINES])


def _unknown(_warehouse: Warehouse, choice: Choice) -> list[int]:
    words = _("Choose how the places are found.")
    raise InvalidInput([FieldError("by", "unknown", words, choice.by)])


def _refused(words: str, value: str) -> InvalidInput:
    return InvalidInput([FieldError("of", "wrong", words, value)])


def _ids(statement: str, params: Sequence[object]) -> list[int]:
    return [row[0] for row in query(statement, params)]


_BY: dict[str, Callable[[Warehouse, Choice], list[int]]] = {
    "bins": _by_bins,
    "tab": _by_tab,
    "class": _by_class,
    "uncounted": _by_age,
    "ticked": _by_ticks,
}
