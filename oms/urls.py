"""Every address of the product, app by app."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("oms.shell_urls")),
    path("admin/", admin.site.urls),
]
