"""/customers/: what concerns a customer together with their orders."""

from django.urls import path

from orders.people import views

app_name = "people"

urlpatterns = [
    path("duplicates/", views.duplicate_list, name="duplicates"),
    path("<int:customer_id>/merge/<int:other_id>/", views.merge, name="merge"),
    path("<int:customer_id>/unmerge/", views.unmerge, name="unmerge"),
    path("<int:customer_id>/erase/", views.erase, name="erase"),
]
