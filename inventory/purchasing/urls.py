"""/purchasing/: what to order, the purchase orders, their deliveries."""

from django.urls import path

from inventory.purchasing import make_views, order_views, receive_views, views

app_name = "purchasing"

urlpatterns = [
    path("", views.show_suggestions, name="suggestions"),
    path("preview/", make_views.preview, name="preview"),
    path("make/", make_views.make, name="make"),
    path("snooze/", views.snooze_rows, name="snooze"),
    path("wake/<int:sku_id>/", views.wake_row, name="wake"),
    path("shortages/", views.shortages, name="shortages"),
    path("orders/", order_views.order_list, name="orders"),
    path("orders/<str:number>/", order_views.show_order, name="order"),
    path("orders/<str:number>/edit/", order_views.edit, name="edit"),
    path("orders/<str:number>/send/", order_views.send, name="send"),
    path("orders/<str:number>/mail/", order_views.mail_again, name="mail"),
    path("orders/<str:number>/cancel/", order_views.cancel, name="cancel"),
    path("orders/<str:number>/close/", order_views.close, name="close"),
    path("orders/<str:number>/pdf/", order_views.pdf, name="pdf"),
    path("orders/<str:number>/receive/", receive_views.receive, name="receive"),
]
