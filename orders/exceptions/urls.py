"""/exceptions/: the queue of what needs a person."""

from django.urls import path

from orders.exceptions import act_views, address_views, fresh_views, views

app_name = "exceptions"

urlpatterns = [
    path("", views.queue, name="queue"),
    path("fresh/", fresh_views.fresh, name="fresh"),
    path("put-off/", act_views.put_off_chosen, name="put_off"),
    path("bring-back/", act_views.bring_back_chosen, name="bring_back"),
    path("dismiss/", act_views.dismiss_chosen, name="dismiss"),
    path("take/", act_views.take, name="take"),
    path("give/", act_views.give, name="give"),
    path("paste/", address_views.paste, name="paste"),
    path("<int:exception_id>/", views.panel, name="panel"),
    path("<int:exception_id>/address/", address_views.address, name="address"),
]
