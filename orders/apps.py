from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from customers.history import provide_history, provide_personal_data
from inventory.arrivals import hear_arrivals
from inventory.demand import provide_demand
from inventory.holders import provide_holders
from oms.finding import provide_hits
from oms.health import add_gauges
from oms.navigation import provide_counts


class OrdersConfig(AppConfig):
    name = "orders"
    verbose_name = _("Orders")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # By name: models cannot be imported before every app is loaded.
        provide_hits(_("Orders"), "orders.view_order", import_string("orders.desk.hits.order_hits"))
        provide_holders(import_string("orders.insights.holders.holders_of_lines"))
        provide_demand(import_string("orders.supply.waiting.SOURCE"))
        hear_arrivals(import_string("orders.supply.arrived.tell_waiting_orders"))
        provide_counts(import_string("orders.desk.counts.navigation_counts"))
        add_gauges(import_string("orders.truth.gauges.truth_gauges"))
        provide_history(import_string("orders.insights.history.history_of_customer"))
        provide_personal_data(import_string("orders.people.personal.personal_data_of"))
