"""/stock/truth/: before the SKUs, which lie under their codes."""

from django.urls import path

from orders.truth import views

app_name = "truth"

urlpatterns = [
    path("", views.page, name="page"),
    path("check/", views.check_now, name="check_now"),
    path("repair/", views.repair, name="repair"),
]
