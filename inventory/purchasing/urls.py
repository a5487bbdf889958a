"""/purchasing/: what to order, the purchase orders, their deliveries."""

from django.urls import path

from inventory.purchasing import make_views, order_views, receive_views, views

app_name = "purchasing"

urlpatterns = [
    path("", views.show_suggestions, name="suggestions"),
    path("preview/", make_views.preview, name="preview"),
    path("make/", make_views.make, name="make"),
    path("snooze/", views.snooze_rows, name="snooze"),
    path("wake/<path:code>/", views.wake_row, name="wake"),
    path("shortages/", views.shortages, name="shortages"),
    path("orders/", order_views.order_list, name="orders"),
    path("orders/<str:purchase>/", order_views.show_order, name="order"),
    path("orders/<str:purchase>/edit/", order_views.edit, name="edit"),
    path("orders/<str:purchase>/send/", order_views.send, name="send"),
    path("orders/<str:purchase>/mail/", order_views.mail_again, name="mail"),
    path("orders/<str:purchase>/cancel/", order_views.cancel, name="cancel"),
    path("orders/<str:purchase>/close/", order_views.close, name="close"),
    path("orders/<str:purchase>/pdf/", order_views.pdf, name="pdf"),
    path("orders/<str:purchase>/receive/", receive_views.receive, name="receive"),
]
