"""The pages of stock, purchasing and what must be true of them; see `row.py` for how to read a line."""

from typing import Any

from oms.models import Channel
from tests.permissions.row import EVERYBODY, GET, POST, Row
from tests.permissions.world import Thing


def _at_warehouse(thing: Thing) -> dict[str, Any]:
    return {"warehouse": thing.warehouse_id, "quantity": 1, "form_key": "k"}


def _kept(thing: Thing) -> dict[str, Any]:
    channel = Channel.objects.get().pk
    return {"warehouse": thing.warehouse_id, "channel": channel, "quantity": 1}


def _counted(thing: Thing) -> dict[str, Any]:
    return {"warehouse": thing.warehouse_id, "counted": 1, "book": 0}


def _ticked_place(thing: Thing) -> dict[str, Any]:
    return {"pick": thing.stock_id, "level": 5}


def _places(thing: Thing) -> dict[str, Any]:
    return {"ids": thing.stock_id}


def _blocked(thing: Thing) -> dict[str, Any]:
    return {"block": thing.block}


def _in_bin(thing: Thing) -> dict[str, Any]:
    return {"warehouse": thing.warehouse_id, "new_bin": "B-01"}


def _version(_thing: Thing) -> dict[str, Any]:
    return {"version": 1, "within": "draft"}


def _place(thing: Thing) -> dict[str, Any]:
    return {"place": thing.stock_id}


GOODS = [
    Row("purchasing:suggestions", GET, "...P.MA."),
    Row("purchasing:preview", POST, "...P.MA.", ok=422),
    Row("purchasing:make", POST, "...P.MA.", ok=422),
    Row("purchasing:snooze", POST, "...P.MA.", ok=422),
    Row("purchasing:wake", POST, "...P.MA.", "code", ok=302, limited=False),
    Row("purchasing:shortages", GET, "..WPFMAU"),
    Row("purchasing:orders", GET, "..WPFMAU"),
    Row("purchasing:order", GET, "..WPFMAU", "purchase"),
    Row("purchasing:edit", POST, "...P.MA.", "purchase", ok=422),
    Row("purchasing:send", POST, "...P.MA.", "purchase", ok=302),
    Row("purchasing:mail", POST, "...P.MA.", "purchase", ok=302),
    Row("purchasing:cancel", POST, "...P.MA.", "purchase", ok=422),
    Row("purchasing:close", POST, "...P.MA.", "purchase", ok=422),
    Row("purchasing:pdf", GET, "...P.MA.", "purchase"),
    Row("purchasing:receive", GET, "..WP.MA.", "purchase"),
    Row("purchasing:receive", POST, "..WP.MA.", "purchase", ok=422),
    Row("stock:list", GET, EVERYBODY),
    Row("stock:export", GET, EVERYBODY),
    Row("stock:safety", POST, "..WP.MA.", data=_ticked_place, ok=302),
    Row("stock:choose_labels", POST, EVERYBODY, data=_ticked_place, ok=302),
    Row("stock:choose_sheet", POST, "..W..MA.", data=_ticked_place, ok=302),
    Row("stock:bin_labels", GET, EVERYBODY, data=_places),
    Row("stock:value", GET, "CR..FMAU"),
    Row("stock:value_export", GET, "CR..FMAU"),
    Row("stock:bin", GET, EVERYBODY, "warehouse_code bin_code"),
    Row("stock:transfers", GET, EVERYBODY),
    Row("stock:transfer_new", GET, "..W..MA."),
    Row("stock:transfer_new", POST, "..W..MA.", ok=422),
    Row("stock:transfer", GET, EVERYBODY, "transfer"),
    Row("stock:transfer_edit", GET, "..W..MA.", "transfer"),
    Row("stock:transfer_edit", POST, "..W..MA.", "transfer", ok=422),
    Row("stock:transfer_print", GET, EVERYBODY, "transfer"),
    Row("stock:transfer_send", POST, "..W..MA.", "transfer", _version, ok=302),
    Row("stock:transfer_receive", POST, "..W..MA.", "transfer", _version, ok=409),
    Row("stock:transfer_missing", POST, "..W..MA.", "transfer", _version, ok=422),
    Row("stock:transfer_cancel", POST, "..W..MA.", "transfer", _version, ok=302),
    Row("stock:sheets", GET, EVERYBODY),
    Row("stock:sheet_new", GET, "..W..MA."),
    Row("stock:sheet_new", POST, "..W..MA.", ok=422),
    Row("stock:sheet", GET, EVERYBODY, "sheet"),
    Row("stock:sheet_print", GET, EVERYBODY, "sheet"),
    Row("stock:sheet_enter", POST, "..W..MA.", "sheet", ok=302),
    Row("stock:sheet_recount", POST, "..W..MA.", "sheet", ok=302),
    Row("stock:sheet_post", POST, "..W..MA.", "sheet", ok=422),
    Row("stock:sheet_close", POST, "..W..MA.", "sheet", ok=302),
    Row("truth:page", GET, EVERYBODY, limited=False),
    Row("truth:check_now", POST, "..WP.MA.", ok=302, limited=False),
    Row("truth:repair", GET, ".....MA.", limited=False),
    Row("truth:repair", POST, ".....MA.", data=_place, ok=422),
    Row("stock:item", GET, EVERYBODY, "code", limited=False),
    Row("stock:item_labels", GET, EVERYBODY, "code", limited=False),
    Row("stock:write_off_lot", POST, "..WP.MA.", "code", ok=404),  # it has no lots
    Row("stock:block", POST, "..WP.MA.", "code", _in_bin, ok=422),
    Row("stock:unblock", POST, "..WP.MA.", "code", _blocked, ok=302),
    Row("stock:change_bin", POST, "..WP.MA.", "code", _in_bin, ok=302),
    Row("stock:receive", POST, "..WP.MA.", "code", _at_warehouse, ok=302),
    Row("stock:keep", POST, ".....MA.", "code", _kept, ok=302),
    Row("stock:count", POST, "..WP.MA.", "code", _counted, ok=422),
]
