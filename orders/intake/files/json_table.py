"""Orders as a shop's REST interface gives them, read as a stream and laid out as rows: one a line item, fee or tax.

A list of orders, `{"orders": […]}`, or a single order. Shopify's are laid out under the headings of its own CSV
export, so that one preset reads both.
"""

import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from oms.tables.source import MIB, open_bytes
from oms.tables.table import NumberedRow, Table, UnreadableFile
from oms.tables.text import encoding_of
from orders.intake.files.presets import shopify, woocommerce

Shop = tuple[tuple[str, ...], Callable[[dict[str, Any]], Iterator[list[str]]]]

_BLOCK = 256 * 1024
# One order of this size is none.
MAX_ORDER = 4 * MIB
_LIST_BEGINS = re.compile(r'\s*(?:\{\s*"orders"\s*:\s*)?\[')
_GAP = re.compile(r"[\s,]*")


def read_json(path: Path) -> Table:
    """The orders in a JSON file as a table. Raises UnreadableFile; so does reading on at a broken order."""
    orders = _orders(path)
    first = next(orders, None)
    if first is None:
        return Table(list(woocommerce.HEADER), iter(()))
    header, lay_out = _shop(first)
    return Table(list(header), _rows(first, orders, lay_out))


def _shop(order: dict[str, Any]) -> Shop:
    if "line_items" in order and "date_created_gmt" in order:
        return woocommerce.HEADER, woocommerce.lay_out
    if "line_items" in order and "total_price" in order:
        return shopify.HEADER, shopify.lay_out
    raise UnreadableFile(
        _(
            "The JSON is not a list of orders as WooCommerce (/wc/v3/orders) or Shopify "
            "(/admin/api/…/orders.json) give them."
        )
    )


def _rows(
    first: dict[str, Any],
    others: Iterator[dict[str, Any]],
    lay_out: Callable[[dict[str, Any]], Iterator[list[str]]],
) -> Iterator[NumberedRow]:
    number = 1
    at = 1
    try:
        for cells in lay_out(first):
            number += 1
            yield number, cells
        for order in others:
            at += 1
            for cells in lay_out(order):
                number += 1
                yield number, cells
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise UnreadableFile(
            _("Order no. %(at)d in the file lacks or garbles a field: %(error)s.")
            % {"at": at, "error": str(error)[:100]}
        ) from None


def _orders(path: Path) -> Iterator[dict[str, Any]]:
    """The order objects one after the other; numbers come as text, digit by digit as they stand."""
    if encoding_of(path) != "utf-8-sig":
        raise UnreadableFile(_("JSON must be UTF-8. Save the file as UTF-8 and try again."))
    with io.TextIOWrapper(open_bytes(path), "utf-8-sig") as text:
        start = text.read(_BLOCK)
        begins = _LIST_BEGINS.match(start)
        found = _listed(text, start[begins.end() :]) if begins else _single(text, start)
        for order in found:
            if not isinstance(order, dict):
                raise UnreadableFile(_("The JSON is a list, but not of orders."))
            yield order


def _listed(text: io.TextIOWrapper, buffer: str) -> Iterator[Any]:
    while True:
        at = _gap_end(buffer)
        if buffer[at : at + 1] == "]":
            return
        value, end = _decoded(buffer, at)
        if end < 0:
            more = text.read(_BLOCK)
            if not more or len(buffer) > MAX_ORDER:
                raise UnreadableFile(_("The JSON breaks off or has a mistake. Fetch it again."))
            buffer = buffer[at:] + more
            continue
        yield value
        buffer = buffer[end:]


def _single(text: io.TextIOWrapper, start: str) -> Iterator[Any]:
    whole = start + text.read(MAX_ORDER)
    value, end = _decoded(whole, _gap_end(whole))
    if end < 0:
        raise UnreadableFile(_("The JSON breaks off or has a mistake. Fetch it again."))
    yield value["order"] if isinstance(value, dict) and "order" in value else value


def _gap_end(text: str) -> int:
    gap = _GAP.match(text)
    return gap.end() if gap else 0


def _decoded(text: str, at: int) -> tuple[Any, int]:
    """(value, where it ends); the end is −1 when the text has no whole value there."""
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError:
        return None, -1
    except RecursionError:
        raise UnreadableFile(_("The JSON is nested too deeply.")) from None


def _no_constant(name: str) -> NoReturn:
    raise UnreadableFile(_("The JSON has %s where a number must stand.") % name)


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        names = [name for name, _value in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise UnreadableFile(_("The JSON gives “%s” twice in one object.") % double[:80])
    return value


_DECODER = json.JSONDecoder(
    parse_float=str, parse_int=str, parse_constant=_no_constant, object_pairs_hook=_no_doubles
)
