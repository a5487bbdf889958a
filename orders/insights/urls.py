"""/dashboard/"""

from django.urls import path

from orders.insights import views

app_name = "dashboard"

urlpatterns = [path("", views.dashboard, name="show")]
