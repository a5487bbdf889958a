"""/customers/: the list, and each customer under their number."""

from django.urls import path

from customers import entry_views, views

app_name = "customers"

urlpatterns = [
    path("", views.customer_list, name="list"),
    path("<int:customer_id>/", views.customer_page, name="page"),
    path("<int:customer_id>/edit/", views.customer_edit, name="edit"),
    path("<int:customer_id>/contacts/", entry_views.contact_add, name="contact_add"),
    path("<int:customer_id>/contacts/<int:entry_id>/", entry_views.contact_change, name="contact"),
    path(
        "<int:customer_id>/contacts/<int:entry_id>/remove/",
        entry_views.contact_remove,
        name="contact_remove",
    ),
    path("<int:customer_id>/addresses/", entry_views.address_add, name="address_add"),
    path("<int:customer_id>/addresses/<int:entry_id>/", entry_views.address_change, name="address"),
    path(
        "<int:customer_id>/addresses/<int:entry_id>/remove/",
        entry_views.address_remove,
        name="address_remove",
    ),
]
