"""/customers/: the list, and each customer under their number."""

from django.urls import path

from customers import care_views, entry_views, page_views, views

app_name = "customers"

urlpatterns = [
    path("", views.customer_list, name="list"),
    path("<int:customer_id>/", page_views.customer_page, name="page"),
    path("<int:customer_id>/edit/", views.customer_edit, name="edit"),
    path("<int:customer_id>/comment/", care_views.comment, name="comment"),
    path("<int:customer_id>/tag/", care_views.tag, name="tag"),
    path("<int:customer_id>/untag/", care_views.untag, name="untag"),
    path("<int:customer_id>/block/", care_views.block, name="block"),
    path("<int:customer_id>/unblock/", care_views.unblock, name="unblock"),
    path("<int:customer_id>/consents/", care_views.consents, name="consents"),
    path("<int:customer_id>/export/", care_views.export, name="export"),
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
