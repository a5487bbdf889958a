from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from oms.finding import provide_hits


class InventoryConfig(AppConfig):
    name = "inventory"
    verbose_name = _("Inventory")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # By name: models cannot be imported before every app is loaded.
        hits = import_string("inventory.hits.sku_hits")
        provide_hits(_("Goods"), "inventory.view_stock", hits)
