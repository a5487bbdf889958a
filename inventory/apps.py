from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from inventory.expectations import provide_expectations
from inventory.incoming import provide_incoming
from oms.finding import provide_hits
from oms.navigation import provide_counts


class InventoryConfig(AppConfig):
    name = "inventory"
    verbose_name = _("Inventory")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # By name: models cannot be imported before every app is loaded.
        bins, skus = "inventory.hits.bin_hits", "inventory.hits.sku_hits"
        provide_hits(_("Bins"), "inventory.view_stock", import_string(bins))
        provide_hits(_("Goods"), "inventory.view_stock", import_string(skus))
        provide_incoming(import_string("inventory.transfers.sight.in_transit"))
        provide_incoming(import_string("inventory.purchasing.expected.purchases_coming"))
        provide_expectations(import_string("inventory.purchasing.expected.days_expected"))
        provide_counts(import_string("inventory.purchasing.counts.navigation_counts"))
