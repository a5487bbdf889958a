"""What the administration offers to whom."""

# What the administration offers the admin role beside looking; the auditor only looks, nobody else
# comes in. Ledgers and everything else that verbs write can only be looked at.
ADMINISTRATION = {
    "oms_user": "add change",
    "auth_group": "",
    "oms_channel": "add change",
    "oms_apitoken": "add change",
    "oms_shownerror": "",
    "customers_customer": "add change",
    "inventory_sku": "add change",
    "inventory_product": "add change",
    "inventory_warehouse": "add change delete",
    "inventory_supplier": "add change",
    "inventory_bin": "add change delete",
    "inventory_stock": "",
    "inventory_channelkept": "add change delete",
    "inventory_stockmovement": "",
    "inventory_stockadjustment": "",
    "inventory_lot": "",
    "orders_importbatch": "",
    "orders_importrow": "",
    "orders_reviewrule": "add change",
    "orders_risksignal": "add change delete",
    "orders_remotearea": "add change delete",
    "orders_approvallimit": "add change delete",
    "orders_allocationpolicy": "add change delete",
    "orders_warehouserate": "add change delete",
    "orders_carrier": "add change",
    "orders_carrierrule": "add change delete",
    "orders_carrierrate": "add change delete",
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

# The addresses of rules beside those, their method.
RULES: dict[str, tuple[str, int, bool]] = {
    "orders_reviewrule_book": ("GET", 200, True),
    "orders_reviewrule_order": ("GET", 200, True),
    "orders_reviewrule_start": ("POST", 302, False),
    "orders_reviewrule_preview": ("POST", 200, False),
    "orders_risksignal_preview": ("POST", 200, False),
    "orders_reviewrule_try": ("POST", 422, False),
    "orders_reviewrule_shadow": ("POST", 302, False),
    "orders_reviewrule_publish": ("POST", 302, False),
    "orders_reviewrule_off": ("POST", 302, False),
    "orders_reviewrule_retire": ("POST", 302, False),
    "orders_reviewrule_roll_back": ("POST", 302, False),
    "orders_reviewrule_move": ("POST", 302, False),
}
"""Name → (method, answer to an administrator who sends nothing with it, whether the auditor may too)."""
