"""/stock/: the list, and each SKU under its code."""

from django.urls import path

from inventory import kept_views, views

app_name = "stock"

urlpatterns = [
    path("", views.stock_list, name="list"),
    path("<path:code>/receive/", views.receive_stock, name="receive"),
    path("<path:code>/keep/", kept_views.keep, name="keep"),
    path("<path:code>/count/", views.count_stock, name="count"),
    path("<path:code>/", views.stock_item, name="item"),
]
