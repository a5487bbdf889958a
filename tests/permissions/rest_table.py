"""Every address of the REST API and who may call it; see `row.py` for how to read a line."""

from typing import Any

from tests.permissions.row import EVERYBODY, GET, PATCH, POST, Row, reason
from tests.permissions.world import Thing

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


def _delivered(thing: Thing) -> dict[str, Any]:
    return {"lines": [{"sku": thing.code, "good": 1}]}


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
    Row("api:explain_order", GET, EVERYBODY, "number", scope=_READ),
    Row("api:approve", POST, ".R..FMA.", "number", ok=409, scope=_WRITE),
    Row("api:force_approve", POST, ".....MA.", "number", reason, ok=409, scope=_WRITE),
    Row("api:hold", POST, ".R...MA.", "number", reason, scope=_WRITE),
    Row("api:release", POST, ".R...MA.", "number", ok=409, scope=_WRITE),
    Row("api:cancel", POST, "CR...MA.", "number", reason, scope=_WRITE),
    Row("api:keep_stock", POST, "CR...MA.", "number", ok=409, scope=_WRITE),
    Row("api:let_stock_go", POST, "CR...MA.", "number", ok=409, scope=_WRITE),
    Row("api:edit", POST, "CR...MA.", "number", lambda _t: {"version": 1, "note": "x"},
        scope=_WRITE),
    Row("api:pay", POST, "....FMA.", "number", _pay, scope=_WRITE),
    Row("api:pick", POST, "..W..MA.", "number", scope=_WRITE),
    Row("api:pack", POST, "..W..MA.", "number", ok=409, scope=_WRITE),
    Row("api:ship", POST, "..W..MA.", "number", ok=409, scope=_WRITE),
    Row("api:deliver", POST, "..W..MA.", "number", ok=409, scope=_WRITE),
    Row("api:list_exceptions", GET, EVERYBODY, scope=_READ),
    Row("api:assign", POST, "CRWPFMA.", "exception_id", lambda _t: {"to": "me"}, scope=_WRITE),
    Row("api:list_stock", GET, EVERYBODY, scope="stock:read"),
    # Asked without a channel and a SKU, which a GET of this test cannot send.
    Row("api:list_sellable", GET, EVERYBODY, ok=400, limited=False, outside=400, scope="stock:read"),
    Row("api:receive", POST, "..WP.MA.", data=_received, ok=201, outside=400, scope="stock:write"),
    Row("api:adjust", POST, "..WP.MA.", data=_goods, ok=201, outside=400, scope="stock:write"),
    Row("api:list_purchases", GET, "..WPFMAU", scope="stock:read"),
    Row("api:get_purchase", GET, "..WPFMAU", "purchase", scope="stock:read"),
    # It is a draft: nothing can come of it.
    Row("api:receive_purchase", POST, "..WP.MA.", "purchase", _delivered, ok=409, scope="stock:write"),
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
