"""Every address of the product, app by app."""

from django.contrib import admin
from django.urls import include, path

from oms import health

urlpatterns = [
    path("healthz/live", health.live),
    path("healthz/ready", health.ready),
    path("metrics", health.metrics),
    path("", include("oms.shell_urls")),
    path("", include("orders.urls")),
    path("exceptions/", include("orders.exceptions.urls")),
    path("fulfilment/", include("orders.fulfilment.urls")),
    path("customers/", include("orders.people.urls")),
    path("customers/", include("customers.urls")),
    path("dashboard/", include("orders.insights.urls")),
    path("purchasing/", include("inventory.purchasing.urls")),
    path("stock/truth/", include("orders.truth.urls")),
    path("stock/", include("inventory.urls")),
    path("import/", include("orders.intake.files.urls")),
    path("", include("integrations.urls")),
    path("admin/", admin.site.urls),
]

handler403 = "oms.views.forbidden"
handler500 = "oms.views.server_error"
