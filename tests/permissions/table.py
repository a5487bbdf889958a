"""Who may open which address: one row per address and method; the tests read every answer off it.

`who` names the roles by letter, in this order:

    C clerk   R reviewer   W warehouse   P purchasing   F finance   M manager   A admin   U auditor

`needs` are the arguments of the address, taken from the thing it is about (see `world.py`):
  number (an order with a parcel), waiting, held (orders in those states), shipment_id, customer_id,
  entry_id (of that customer's: one contact and one address share it),
  other_id (another customer), code (a SKU), product_id, batch_id, draft_id (an import that somebody prepares),
  exception_id (of that order),
  job_id (a bulk job that tags), mention_id (a mention): of the one who asks, nobody else's exists
  for them.
What lies outside somebody's warehouses, and what does not exist, answers `outside`, to everybody who
holds the right; without the right the answer is 403 anyway.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.permissions.world import Thing

EVERYBODY = "CRWPFMAU"
GET, POST, PATCH = "GET", "POST", "PATCH"
Data = Callable[[Thing], Any]


def _nothing(_thing: Thing) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Row:
    """`ok` is the answer to those who may; `limited`: warehouses make a difference to it."""

    name: str
    method: str
    who: str
    needs: str = ""
    data: Data = _nothing
    ok: int = 200
    outside: int = 404
    limited: bool = True
    scope: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.name}"


def _reason(_thing: Thing) -> dict[str, str]:
    return {"reason": "asked for"}


def _ticked(thing: Thing) -> dict[str, Any]:
    return {"order": thing.order_id, "reason": "asked for"}


def _ticked_for_me(thing: Thing) -> dict[str, Any]:
    return {"order": thing.order_id, "reason": "me"}


def _ticked_exception(thing: Thing) -> dict[str, Any]:
    return {"exception": thing.exception_id}


def _picked(thing: Thing) -> dict[str, Any]:
    return {"pick": thing.shipment_id}


def _at_warehouse(thing: Thing) -> dict[str, Any]:
    return {"warehouse": thing.warehouse_id, "quantity": 1, "form_key": "k"}


def _counted(thing: Thing) -> dict[str, Any]:
    return {"warehouse": thing.warehouse_id, "counted": 1, "book": 0}


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
    Row("orders:review", GET, ".R...MA."),
    Row("orders:review_step", POST, ".R...MA.", ok=302),
    Row("orders:review_group", POST, ".R...MA.", ok=302),
    Row("orders:review_order", GET, ".R...MA.", "number", ok=302),
    Row("orders:review_approve", POST, ".R...MA.", "number", ok=302),
    Row("orders:review_release", POST, ".R...MA.", "number", ok=302),
    Row("orders:review_hold", POST, ".R...MA.", "number", _reason, ok=302),
    Row("orders:review_cancel", POST, ".R...MA.", "number", _reason, ok=302),
    Row("orders:review_take", POST, ".R...MA.", "number", ok=302),
    Row("orders:review_keep", POST, ".R...MA.", "number"),
    Row("orders:review_note", POST, ".R...MA.", "number", ok=422),
    Row("orders:list", GET, EVERYBODY),
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
    Row("orders:bulk_approve", POST, ".R...MA.", data=_ticked, ok=302, outside=302),
    Row("orders:bulk_hold", POST, ".R...MA.", data=_ticked, ok=302, outside=302),
    Row("orders:bulk_release", POST, ".R...MA.", data=_ticked, ok=302, outside=302),
    Row("orders:bulk_cancel", POST, "CR...MA.", data=_ticked, ok=302, outside=302),
    Row("orders:bulk_assign", POST, "CRWPFMA.", data=_ticked_for_me, ok=302, outside=302),
    Row("orders:bulk_tag", POST, "CRWPFMA.", data=_ticked, ok=302, outside=302),
    Row("orders:bulk_untag", POST, "CRWPFMA.", data=_ticked, ok=302, outside=302),
    Row("orders:bulk_ship_parts", POST, "CR...MA.", data=_ticked, ok=302, outside=302),
    Row("orders:bulk_cancel_short", POST, "CR...MA.", data=_ticked, ok=302, outside=302),
    Row("orders:bulk_export", POST, EVERYBODY, data=_ticked, outside=302),
    Row("orders:bulk_job", GET, EVERYBODY, "job_id", limited=False),
    Row("orders:bulk_do", POST, "CRWPFMA.", "job_id", ok=302, limited=False),
    Row("orders:bulk_undo", POST, "CRWPFMA.", "job_id", ok=302, limited=False),
    Row("orders:bulk_retry", POST, "CRWPFMA.", "job_id", ok=302, limited=False),
    Row("orders:detail", GET, EVERYBODY, "number"),
    Row("orders:edit", GET, "CR...MA.", "number"),
    Row("orders:edit", POST, "CR...MA.", "number", ok=422),
    Row("orders:editing", POST, "CR...MA.", "number"),
    Row("orders:correct", POST, "CR...MA.", "number shipment_id", ok=302),
    Row("orders:pay", POST, "....FMA.", "number", ok=422),
    Row("orders:approve", POST, ".R...MA.", "number", ok=302),
    Row("orders:hold", POST, ".R...MA.", "number", _reason, ok=302),
    Row("orders:release", POST, ".R...MA.", "number", ok=302),
    Row("orders:cancel", POST, "CR...MA.", "number", _reason, ok=302),
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
    Row("exceptions:put_off", POST, "CRWPFMA.", data=_ticked_exception, ok=302, outside=302),
    Row("exceptions:bring_back", POST, "CRWPFMA.", data=_ticked_exception, ok=302, outside=302),
    Row("exceptions:dismiss", POST, "CRWPFMA.", data=_ticked_exception, ok=302, outside=302),
    Row("exceptions:take", POST, "CRWPFMA.", data=_ticked_exception, ok=302, outside=302),
    Row("exceptions:give", POST, "CRWPFMA.", data=_ticked_exception, ok=302, outside=302),
    Row("exceptions:paste", POST, "CR...MA."),
    Row("exceptions:address", POST, "CR...MA.", "exception_id", ok=422),
    # fulfilment
    Row("fulfilment:board", GET, EVERYBODY),
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
    # stock
    Row("stock:list", GET, EVERYBODY),
    Row("stock:item", GET, EVERYBODY, "code", limited=False),
    Row("stock:receive", POST, "..WP.MA.", "code", _at_warehouse, ok=302),
    Row("stock:count", POST, "..WP.MA.", "code", _counted, ok=422),
]

_READ, _WRITE = "orders:read", "orders:write"


def _order(thing: Thing) -> dict[str, Any]:
    return {"channel": "web", "lines": [{"sku": thing.code, "quantity": 1}]}


def _pay(_thing: Thing) -> dict[str, Any]:
    return {"method": "bank", "amount": "1.00"}


def _goods(thing: Thing) -> dict[str, Any]:
    return {
        "warehouse": thing.warehouse_code, "reason": "counted",
        "lines": [{"sku": thing.code, "quantity": 1}],
    }  # fmt: skip


def _received(thing: Thing) -> dict[str, Any]:
    return {name: value for name, value in _goods(thing).items() if name != "reason"}


def _name(_thing: Thing) -> dict[str, Any]:
    return {"name": "A new name"}


def _customer(_thing: Thing) -> dict[str, Any]:
    return {"name": "A new name", "version": 1}


API = [
    Row("api:place", POST, "CR...MA.", data=_order, ok=201, limited=False, outside=400, scope=_WRITE),
    Row("api:list_orders", GET, EVERYBODY, scope=_READ),
    Row("api:place_batch", POST, "CR...MA.", data=lambda t: {"orders": [_order(t)]}, limited=False,
        outside=200, scope=_WRITE),
    Row("api:get_order", GET, EVERYBODY, "number", scope=_READ),
    Row("api:approve", POST, ".R...MA.", "number", ok=409, scope=_WRITE),
    Row("api:hold", POST, ".R...MA.", "number", _reason, scope=_WRITE),
    Row("api:release", POST, ".R...MA.", "number", ok=409, scope=_WRITE),
    Row("api:cancel", POST, "CR...MA.", "number", _reason, scope=_WRITE),
    Row("api:edit", POST, "CR...MA.", "number", lambda _t: {"version": 1, "note": "x"},
        scope=_WRITE),
    Row("api:pay", POST, "....FMA.", "number", _pay, scope=_WRITE),
    Row("api:pick", POST, "..W..MA.", "number", scope=_WRITE),
    Row("api:pack", POST, "..W..MA.", "number", ok=409, scope=_WRITE),
    Row("api:ship", POST, "..W..MA.", "number", ok=409, scope=_WRITE),
    Row("api:deliver", POST, "..W..MA.", "number", ok=409, scope=_WRITE),
    Row("api:list_stock", GET, EVERYBODY, scope="stock:read"),
    Row("api:receive", POST, "..WP.MA.", data=_received, ok=201, outside=400, scope="stock:write"),
    Row("api:adjust", POST, "..WP.MA.", data=_goods, ok=201, outside=400, scope="stock:write"),
    Row("api:list_products", GET, EVERYBODY, scope="products:read"),
    Row("api:add_product", POST, "...P.MA.", data=_name, ok=201, scope="products:write"),
    Row("api:get_product", GET, EVERYBODY, "product_id", limited=False, scope="products:read"),
    Row("api:change_product", PATCH, "...P.MA.", "product_id", _name, limited=False,
        scope="products:write"),
    Row("api:list_skus", GET, EVERYBODY, scope="products:read"),
    Row("api:add_sku", POST, "...P.MA.", data=lambda _t: {"code": "NEW-1", "name": "New"}, ok=201,
        scope="products:write"),
    Row("api:get_sku", GET, EVERYBODY, "code", limited=False, scope="products:read"),
    Row("api:change_sku", PATCH, "...P.MA.", "code", _name, limited=False, scope="products:write"),
    Row("api:list_customers", GET, "CR..FMAU", scope="customers:read"),
    Row("api:add_customer", POST, "C....MA.", data=_name, ok=201, scope="customers:write"),
    Row("api:get_customer", GET, "CR..FMAU", "customer_id", limited=False, scope="customers:read"),
    Row("api:change_customer", PATCH, "C....MA.", "customer_id", _customer, limited=False,
        scope="customers:write"),
]  # fmt: skip

# What the administration offers the admin role beside looking; the auditor only looks, nobody else
# comes in. Ledgers and everything else that verbs write can only be looked at.
ADMINISTRATION = {
    "oms_user": "add change",
    "auth_group": "",
    "oms_channel": "add change",
    "oms_apitoken": "add change",
    "customers_customer": "add change",
    "inventory_sku": "add change",
    "inventory_product": "add change",
    "inventory_warehouse": "add change delete",
    "inventory_bin": "add change delete",
    "inventory_stock": "",
    "inventory_stockmovement": "",
    "inventory_stockadjustment": "",
    "orders_importbatch": "",
    "orders_importrow": "",
    "orders_reviewrule": "add change delete",
    "orders_tag": "add change delete",
    "orders_orderevent": "",
    "orders_orderexception": "",
    "orders_exceptionkeeper": "add change delete",
}

# Pages of the administration that are about no table of ours.
ADMINISTRATION_ITSELF = {
    "index", "login", "logout", "password_change", "password_change_done", "autocomplete",
    "jsi18n", "view_on_site", "app_list", "auth_user_password_change",
}  # fmt: skip
