"""The roles of the house, in one table: what each may see and do.

`manage.py sync_roles` makes the groups of these names equal to it.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext_lazy as _

CLERK = "clerk"
REVIEWER = "reviewer"
WAREHOUSE = "warehouse"
PURCHASING = "purchasing"
FINANCE = "finance"
MANAGER = "manager"
ADMIN = "admin"
AUDITOR = "auditor"


def _on(app: str, models: str, actions: str) -> frozenset[str]:
    """`app.action_model` for every word of `models` and of `actions`."""
    return frozenset(
        f"{app}.{action}_{model}" for model in models.split() for action in actions.split()
    )


# Parts that several roles share.
_SEE_ORDERS = _on(
    "orders", "order orderline orderevent orderexception shipment shipmentline", "view"
) | _on("orders", "return returnline", "view")
_SEE_GOODS = (
    _on("inventory", "product sku skubarcode skualias skupack bundlecomponent channelkept", "view")
    | _on("inventory", "warehouse bin stock stockmovement reservation lot", "view")
    | _on("inventory", "transfer countsheet", "view")
)  # fmt: skip
_SEE_PURCHASES = _on("inventory", "purchaseorder purchaseline receipt receiptline", "view")
_SEE_SUPPLIERS = _on("inventory", "supplier supplieritem", "view")
_BUY = _SEE_PURCHASES | _SEE_SUPPLIERS | {"inventory.buy_goods"}
_SEE_CUSTOMERS = _on("customers", "customer customeridentity contact address", "view")
# Whole phone numbers, for those who call, ship or check; each look is written down.
_SEE_CONTACTS = frozenset({"customers.view_full_contact"})
_SEE_LOOKS = frozenset({"customers.view_contactview"})
_SEE_MONEY = _on("orders", "payment financialadjustment", "view")
_SEE_IMPORTS = _on("orders", "importbatch importrow", "view") | {"inventory.view_stockadjustment"}
_SEE_SETTINGS = (
    _on("orders", "reviewrule ruleversion rulechange rulehit risksignal remotearea", "view")
    | _on("orders", "approvallimit allocationpolicy warehouserate", "view")
    | _on("orders", "carrier carrierrule carrierrate", "view")
    | _on("orders", "ordertally tag exceptionkeeper", "view")
    | _on("oms", "channel user apitoken idempotencykey shownerror", "view")
    | _on("auth", "group permission", "view")
    | {"inventory.view_warehousestaff"}
)
_SEE_DAILY_WORK = _SEE_ORDERS | _SEE_GOODS | _SEE_CUSTOMERS | _SEE_MONEY | _SEE_IMPORTS
_SEE_CHARTS = frozenset({"orders.view_dashboard"})

# Tags on orders, whose an order or an exception is, and until when an exception waits.
_MARK_ORDERS = _on("orders", "ordertag", "add delete") | _on(
    "orders", "orderowner orderexception", "change"
)
_KEEP_CUSTOMERS = _on("customers", "customer contact address", "add change") | {
    "customers.block_customer",
    "customers.merge_customer",
}
# Handing out what we keep about a person, and making us forget them.
_PERSONAL_DATA = frozenset({"customers.export_personal_data", "customers.erase_personal_data"})
_KEEP_GOODS = _on(
    "inventory", "product sku skubarcode skualias skupack bundlecomponent", "add change"
)
# Counting, and moving goods between warehouses.
_WAREHOUSE_WORK = frozenset({"inventory.count_stock", "inventory.move_stock"})
_KEEP_SETTINGS = (
    _on("orders", "risksignal remotearea tag exceptionkeeper approvallimit", "add change delete")
    | _on("orders", "allocationpolicy warehouserate carrierrule carrierrate", "add change delete")
    | _on("orders", "carrier", "add change")
    | _on("orders", "reviewrule", "add change publish")
    | _on("inventory", "warehouse bin warehousestaff", "add change delete")
    | _on("inventory", "skubarcode skualias skupack bundlecomponent", "delete")
    | _on("inventory", "supplier", "add change")
    | _on("inventory", "supplieritem", "add change delete")
    | _on("oms", "channel user apitoken", "add change")
    | _on("customers", "contact address", "delete")
)
_MANAGER = (
    _SEE_DAILY_WORK | _SEE_CHARTS | _KEEP_CUSTOMERS | _KEEP_GOODS | _MARK_ORDERS
    | {"orders.place_order", "orders.review_order", "orders.cancel_order", "orders.fulfil_order"}
    | {"orders.finance_review", "orders.force_approve", "orders.view_forced"}
    | {"orders.import_orders", "orders.add_payment", "inventory.adjust_stock"}
    | {"orders.share_savedview", "orders.reallocate_order", "inventory.repair_stock"} | _BUY
    | _on("inventory", "channelkept", "add change delete")
    | _SEE_CONTACTS | _SEE_LOOKS | _PERSONAL_DATA | _WAREHOUSE_WORK
)  # fmt: skip

ROLES: dict[str, frozenset[str]] = {
    # 客服/录单: takes orders in, corrects them, speaks with customers
    CLERK: _SEE_DAILY_WORK | _SEE_CONTACTS | _KEEP_CUSTOMERS | _MARK_ORDERS
    | {"orders.place_order", "orders.cancel_order", "orders.import_orders"},
    # 审单: decides which orders go on; may correct what the rules complained about
    REVIEWER: _SEE_ORDERS | _SEE_GOODS | _SEE_CUSTOMERS | _SEE_MONEY | _SEE_CHARTS | _MARK_ORDERS
    | _SEE_CONTACTS
    | {"orders.review_order", "orders.place_order", "orders.cancel_order"}
    | {"orders.reallocate_order"}
    | {"customers.block_customer"},
    # 仓库: picks, packs, ships, counts, transfers; can be limited to some warehouses
    WAREHOUSE: _SEE_ORDERS | _SEE_GOODS | _MARK_ORDERS | _WAREHOUSE_WORK | _SEE_PURCHASES
    | {"orders.fulfil_order", "inventory.adjust_stock"},
    # 采购: keeps the catalogue, orders goods and receives them
    PURCHASING: _SEE_ORDERS | _SEE_GOODS | _SEE_CHARTS | _KEEP_GOODS | _MARK_ORDERS | _BUY
    | {"inventory.adjust_stock"},
    # 财务: payments and accounts; the second review of orders for which a rule wants one
    FINANCE: _SEE_DAILY_WORK | _SEE_CHARTS | _MARK_ORDERS | _SEE_PURCHASES | _SEE_SUPPLIERS
    | {"orders.add_payment", "orders.finance_review"},
    # 主管: every step of daily work, and the charts
    MANAGER: _MANAGER,
    # 系统管理员: the settings; helps out everywhere, but writes no ledger row by hand
    ADMIN: _MANAGER | _SEE_SETTINGS | _KEEP_SETTINGS,
    # 审计: sees everything, changes nothing
    AUDITOR: _SEE_DAILY_WORK | _SEE_CONTACTS | _SEE_LOOKS | _SEE_SETTINGS | _SEE_CHARTS
    | _SEE_PURCHASES | _SEE_SUPPLIERS
    | {"orders.view_forced"},
}  # fmt: skip

# Roles that open Django admin; there, too, each sees and changes only what the table above gives.
STAFF_ROLES = frozenset({ADMIN, AUDITOR})


_WORDS = {
    CLERK: _("clerk"),
    REVIEWER: _("reviewer"),
    WAREHOUSE: _("warehouse worker"),
    PURCHASING: _("purchasing"),
    FINANCE: _("finance"),
    MANAGER: _("manager"),
    ADMIN: _("administrator"),
    AUDITOR: _("auditor"),
}


def role_words(name: str) -> str:
    """What a role is called; one that an administrator made has its own name."""
    return str(_WORDS.get(name, name))


class UnknownPermission(Exception):
    """The table names a permission that no model of the project has."""


@transaction.atomic
def sync_roles() -> dict[str, int]:
    """Make each role's group hold exactly its permissions; returns how many each has.

    Groups of other names, made by an administrator, are left alone. Raises UnknownPermission.
    """
    known = _permissions_by_name(frozenset().union(*ROLES.values()))
    Group.objects.bulk_create([Group(name=role) for role in ROLES], ignore_conflicts=True)
    groups = dict(Group.objects.filter(name__in=ROLES).values_list("name", "pk"))
    wanted = {(groups[role], known[name].pk) for role, names in ROLES.items() for name in names}
    rows = Group.permissions.through.objects.filter(group__in=groups.values())
    held = {(group, permission): pk for pk, group, permission in rows.values_list()}
    rows.filter(pk__in=[held[pair] for pair in held.keys() - wanted]).delete()
    rows.bulk_create(
        [rows.model(group_id=group, permission_id=right) for group, right in wanted - held.keys()],
        ignore_conflicts=True,
    )
    return {role: len(names) for role, names in ROLES.items()}


def _permissions_by_name(names: Iterable[str]) -> dict[str, Permission]:
    found = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    missing = sorted(set(names) - found.keys())
    if missing:
        raise UnknownPermission(
            f"No model has the permission {', '.join(missing)}. "
            "Correct oms/roles.py, or migrate first."
        )
    return found
