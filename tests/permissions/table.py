"""Every page of the project and who may open it; see `row.py` for how to read a line."""

from typing import Any

from oms.models import Channel
from tests.permissions.row import EVERYBODY, GET, POST, Row, reason
from tests.permissions.world import Thing


def _ticked(thing: Thing) -> dict[str, Any]:
    return {"order": thing.order_id, "reason": "asked for"}


def _ticked_high(thing: Thing) -> dict[str, Any]:
    return {"order": thing.order_id, "reason": "high"}


def _high(_thing: Thing) -> dict[str, Any]:
    return {"priority": "1"}


def _parcel(thing: Thing) -> dict[str, Any]:
    return {"shipment": thing.shipment_id}


def _ticked_for_me(thing: Thing) -> dict[str, Any]:
    return {"order": thing.order_id, "reason": "me"}


def _ticked_exception(thing: Thing) -> dict[str, Any]:
    return {"exception": thing.exception_id}


def _picked(thing: Thing) -> dict[str, Any]:
    return {"pick": thing.shipment_id}


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


PUBLIC = {
    "healthz/live", "healthz/ready", "metrics", "login", "logout", "set_language", "set_theme",
    "api:openapi-json", "api:api-root",
}  # fmt: skip

WEB = [
    Row("help", GET, EVERYBODY),
    Row("find", GET, EVERYBODY, data=lambda thing: {"q": thing.number}, outside=200),
    Row("counts", GET, EVERYBODY),
    Row("set_hotkeys", POST, EVERYBODY, ok=302),
    # orders
    Row("orders:today", GET, EVERYBODY),
    Row("orders:review", GET, ".R..FMA."),
    Row("orders:review_step", POST, ".R..FMA.", ok=302),
    Row("orders:review_group", POST, ".R..FMA.", ok=302),
    Row("orders:review_order", GET, ".R..FMA.", "number", ok=302),
    Row("orders:review_approve", POST, ".R..FMA.", "number", ok=302),
    Row("orders:review_release", POST, ".R...MA.", "number", ok=302),
    Row("orders:review_hold", POST, ".R..FMA.", "number", reason, ok=302),
    Row("orders:review_force", POST, ".....MA.", "number", reason, ok=302),
    Row("orders:review_forced", GET, ".....MAU"),
    Row("orders:review_forced_export", GET, ".....MAU"),
    Row("orders:review_cancel", POST, ".R...MA.", "number", reason, ok=302),
    Row("orders:review_take", POST, ".R..FMA.", "number", ok=302),
    Row("orders:review_keep", POST, ".R..FMA.", "number"),
    Row("orders:review_together", POST, ".R...MA.", "number", ok=409),
    Row("orders:review_note", POST, ".R..FMA.", "number", ok=422),
    Row("orders:list", GET, EVERYBODY),
    Row("orders:peek", GET, EVERYBODY, "number"),
    Row("orders:rules", GET, EVERYBODY, "number"),
    Row("orders:fresh", POST, EVERYBODY, ok=204),
    Row("orders:columns", GET, EVERYBODY),
    Row("orders:columns", POST, EVERYBODY, ok=422),
    Row("orders:saved", GET, EVERYBODY),
    Row("orders:saved_new", GET, EVERYBODY),
    Row("orders:saved_new", POST, EVERYBODY, ok=422),
    Row("orders:saved_edit", GET, EVERYBODY, "slug", limited=False),
    Row("orders:saved_edit", POST, EVERYBODY, "slug", ok=422, limited=False),
    Row("orders:saved_keep", POST, EVERYBODY, "slug", ok=302, limited=False),
    Row("orders:saved_delete", POST, EVERYBODY, "slug", ok=302, limited=False),
    Row("orders:new", GET, "CR...MA."),
    Row("orders:new", POST, "CR...MA.", ok=422),
    Row("orders:new", GET, "CR...MA.", data=lambda thing: {"copy": thing.number}),
    Row(
        "orders:new",
        GET,
        "CR...MA.",
        data=lambda thing: {"customer": thing.customer_id},
        limited=False,
    ),
    Row(
        "orders:query_suggest",
        GET,
        EVERYBODY,
        data=lambda _thing: {"word": "status:"},
        limited=False,
    ),
    Row("orders:new_address", POST, "CR...MA."),
    Row("orders:new_customers", POST, "CR...MA."),
    Row("orders:new_customer", POST, "CR...MA.", "customer_id", limited=False),
    Row("orders:new_hints", POST, "CR...MA."),
    Row("orders:new_verdict", POST, "CR...MA."),
    Row("orders:new_keep", POST, "CR...MA.", ok=302),
    Row("orders:new_discard", POST, "CR...MA.", ok=302),
    Row("orders:sku_search", GET, "CR...MA."),
    Row("orders:bulk_approve", POST, ".R..FMA.", data=_ticked, ok=302, outside=302),
    Row("orders:bulk_hold", POST, ".R..FMA.", data=_ticked, ok=302, outside=302),
    Row("orders:bulk_release", POST, ".R...MA.", data=_ticked, ok=302, outside=302),
    Row("orders:bulk_force_approve", POST, ".....MA.", data=_ticked, ok=302, outside=302),
    Row("orders:bulk_cancel", POST, "CR...MA.", data=_ticked, ok=302, outside=302),
    Row("orders:bulk_assign", POST, "CRWPFMA.", data=_ticked_for_me, ok=302, outside=302),
    Row("orders:bulk_tag", POST, "CRWPFMA.", data=_ticked, ok=302, outside=302),
    Row("orders:bulk_untag", POST, "CRWPFMA.", data=_ticked, ok=302, outside=302),
    Row("orders:bulk_ship_parts", POST, "CR...MA.", data=_ticked, ok=302, outside=302),
    Row("orders:bulk_cancel_short", POST, "CR...MA.", data=_ticked, ok=302, outside=302),
    Row("orders:bulk_allocate", POST, ".R...MA.", data=_ticked, ok=302, outside=302),
    Row("orders:bulk_free_goods", POST, ".R...MA.", data=_ticked, ok=302, outside=302),
    Row("orders:bulk_priority", POST, ".R...MA.", data=_ticked_high, ok=302, outside=302),
    Row("orders:bulk_merge", POST, "CRW..MA.", data=_ticked, ok=302, outside=302),
    Row("orders:bulk_export", POST, EVERYBODY, data=_ticked, outside=302),
    Row("orders:bulk_job", GET, EVERYBODY, "job_id", limited=False),
    Row("orders:bulk_do", POST, "CRWPFMA.", "job_id", ok=302, limited=False),
    Row("orders:bulk_undo", POST, "CRWPFMA.", "job_id", ok=302, limited=False),
    Row("orders:bulk_retry", POST, "CRWPFMA.", "job_id", ok=302, limited=False),
    Row("orders:detail", GET, EVERYBODY, "number"),
    Row("orders:split", GET, "CRW..MA.", "number"),
    Row("orders:split", POST, "CRW..MA.", "number", _parcel, ok=422),
    Row("orders:ship_parts", POST, "CR...MA.", "number", ok=302),
    Row("orders:ship_whole", POST, "CR...MA.", "number", ok=302),
    Row("orders:rejoin", POST, "CRW..MA.", "number shipment_id", ok=302),
    Row("orders:merge", POST, "CRW..MA.", "number shipment_id", ok=302),
    Row("orders:unmerge", POST, "CRW..MA.", "number shipment_id", ok=302),
    Row("orders:goods", GET, ".R...MA.", "number"),
    Row("orders:goods", POST, ".R...MA.", "number", ok=409),
    Row("orders:give_goods", GET, ".R...MA.", "reservation_id"),
    Row("orders:allocate", POST, ".R...MA.", "number", ok=302),
    Row("orders:free_goods", POST, ".R...MA.", "number", reason, ok=302),
    Row("orders:priority", POST, ".R...MA.", "number", _high, ok=302),
    Row("orders:edit", GET, "CR...MA.", "number"),
    Row("orders:edit", POST, "CR...MA.", "number", ok=422),
    Row("orders:editing", POST, "CR...MA.", "number"),
    Row("orders:correct", POST, "CR...MA.", "number shipment_id", ok=302),
    Row("orders:pay", POST, "....FMA.", "number", ok=422),
    Row("orders:approve", POST, ".R..FMA.", "number", ok=302),
    Row("orders:hold", POST, ".R..FMA.", "number", reason, ok=302),
    Row("orders:release", POST, ".R...MA.", "number", ok=302),
    Row("orders:force_approve", POST, ".....MA.", "number", reason, ok=302),
    Row("orders:keep_stock", POST, "CR...MA.", "number", ok=302),
    Row("orders:let_stock_go", POST, "CR...MA.", "number", ok=302),
    Row("orders:cancel", POST, "CR...MA.", "number", reason, ok=302),
    Row("orders:comment", POST, EVERYBODY, "number", ok=422),
    Row("orders:tag", POST, "CRWPFMA.", "number", ok=422),
    Row("orders:untag", POST, "CRWPFMA.", "number", ok=302),
    Row("orders:take", POST, "CRWPFMA.", "number", ok=302),
    Row("orders:give", POST, "CRWPFMA.", "number", ok=422),
    Row("orders:give_up", POST, "CRWPFMA.", "number", ok=302),
    Row("orders:mentions", GET, EVERYBODY),
    Row("orders:mentions_read", POST, EVERYBODY, ok=302),
    Row("orders:mention_read", POST, EVERYBODY, "mention_id", ok=302, limited=False),
    Row("orders:pick", POST, "..W..MA.", "number shipment_id", ok=302),
    Row("orders:pack", POST, "..W..MA.", "number shipment_id", ok=302),
    Row("orders:ship", POST, "..W..MA.", "number shipment_id", ok=302),
    Row("orders:deliver", POST, "..W..MA.", "number shipment_id", ok=302),
    # exceptions
    Row("exceptions:queue", GET, EVERYBODY),
    Row("exceptions:panel", GET, EVERYBODY, "exception_id"),
    Row("exceptions:fresh", POST, EVERYBODY, ok=204),
    Row("exceptions:put_off", POST, "CRWPFMA.", data=_ticked_exception, ok=302, outside=302),
    Row("exceptions:bring_back", POST, "CRWPFMA.", data=_ticked_exception, ok=302, outside=302),
    Row("exceptions:dismiss", POST, "CRWPFMA.", data=_ticked_exception, ok=302, outside=302),
    Row("exceptions:take", POST, "CRWPFMA.", data=_ticked_exception, ok=302, outside=302),
    Row("exceptions:give", POST, "CRWPFMA.", data=_ticked_exception, ok=302, outside=302),
    Row("exceptions:paste", POST, "CR...MA."),
    Row("exceptions:address", GET, "CR...MA.", "exception_id", ok=302),
    Row("exceptions:address", POST, "CR...MA.", "exception_id", ok=422),
    # fulfilment
    Row("fulfilment:board", GET, EVERYBODY),
    Row("fulfilment:merge", POST, "..W..MA.", data=_picked, ok=409),
    Row("fulfilment:unmerge", POST, "..W..MA.", data=_picked, ok=302),
    Row("fulfilment:pick", POST, "..W..MA.", data=_picked, ok=302),
    Row("fulfilment:pack", POST, "..W..MA.", data=_picked, ok=302),
    Row("fulfilment:ship", POST, "..W..MA.", data=_picked, ok=302),
    Row("fulfilment:deliver", POST, "..W..MA.", data=_picked, ok=302),
    Row("fulfilment:pick_list", GET, EVERYBODY, data=lambda thing: {"ids": thing.shipment_id}),
    Row("fulfilment:choose_pick_list", POST, EVERYBODY, data=_picked, ok=302),
    # customers
    Row("customers:list", GET, "CR..FMAU"),
    Row("customers:page", GET, "CR..FMAU", "customer_id", limited=False),
    Row("customers:edit", GET, "C....MA.", "customer_id", limited=False),
    Row("customers:edit", POST, "C....MA.", "customer_id", ok=422, limited=False),
    Row("customers:contact_add", GET, "C....MA.", "customer_id", limited=False),
    Row("customers:contact_add", POST, "C....MA.", "customer_id", ok=422, limited=False),
    Row("customers:contact", GET, "C....MA.", "customer_id entry_id", limited=False),
    Row("customers:contact", POST, "C....MA.", "customer_id entry_id", ok=422, limited=False),
    Row(
        "customers:contact_remove", POST, "......A.", "customer_id entry_id", ok=302, limited=False
    ),
    Row("customers:address_add", GET, "C....MA.", "customer_id", limited=False),
    Row("customers:address_add", POST, "C....MA.", "customer_id", ok=422, limited=False),
    Row("customers:address", GET, "C....MA.", "customer_id entry_id", limited=False),
    Row("customers:address", POST, "C....MA.", "customer_id entry_id", ok=422, limited=False),
    Row(
        "customers:address_remove", POST, "......A.", "customer_id entry_id", ok=302, limited=False
    ),
    Row("customers:comment", POST, "CR..FMAU", "customer_id", ok=422, limited=False),
    Row("customers:tag", POST, "C....MA.", "customer_id", ok=422, limited=False),
    Row("customers:untag", POST, "C....MA.", "customer_id", ok=302, limited=False),
    Row("customers:block", POST, "CR...MA.", "customer_id", ok=422, limited=False),
    Row("customers:unblock", POST, "CR...MA.", "customer_id", ok=302, limited=False),
    Row("customers:consents", POST, "C....MA.", "customer_id", ok=302, limited=False),
    Row("customers:export", POST, ".....MA.", "customer_id", limited=False),
    Row("people:duplicates", GET, "C....MA."),
    Row("people:merge", GET, "C....MA.", "customer_id other_id", limited=False),
    Row("people:merge", POST, "C....MA.", "customer_id other_id", ok=409, limited=False),
    Row("people:unmerge", POST, "C....MA.", "customer_id", ok=302, limited=False),
    Row("people:erase", GET, ".....MA.", "customer_id", limited=False),
    Row("people:erase", POST, ".....MA.", "customer_id", ok=302, limited=False),
    # dashboard
    Row("dashboard:show", GET, ".R.PFMAU"),
    # imports
    Row("import:home", GET, "C...FMAU"),
    Row("import:upload", POST, "C....MA.", ok=422),
    Row("import:template", GET, "C....MA."),
    Row("import:template_xlsx", GET, "C....MA."),
    Row("import:draft", GET, "C....MA.", "draft_id", limited=False),
    Row("import:columns", GET, "C....MA.", "draft_id", limited=False),
    Row(
        "import:columns",
        POST,
        "C....MA.",
        "draft_id",
        lambda _thing: {"version": 1},
        ok=422,
        limited=False,
    ),
    Row("import:check", GET, "C....MA.", "draft_id", ok=302, limited=False),
    Row("import:correct", POST, "C....MA.", "draft_id", ok=302, limited=False),
    Row("import:go_on", POST, "C....MA.", "draft_id", ok=302, limited=False),
    Row("import:progress", GET, "C....MA.", "draft_id", ok=302, limited=False),
    Row("import:drop", POST, "C....MA.", "draft_id", ok=302, limited=False),
    Row("import:detail", GET, "C...FMAU", "batch_id", limited=False),
    Row("import:undo", POST, "C....MA.", "batch_id", ok=302, limited=False),
    Row("import:rejected", GET, "C...FMAU", "batch_id", limited=False),
    # purchasing
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
    # stock
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
