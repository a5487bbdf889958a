"""/customers/: the list, and each customer under their number."""

from django.urls import path

from customers import views

app_name = "customers"

urlpatterns = [
    path("", views.customer_list, name="list"),
    path("<int:customer_id>/", views.customer_page, name="page"),
    path("<int:customer_id>/edit/", views.customer_edit, name="edit"),
]
