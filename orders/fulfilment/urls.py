"""/fulfilment/: the board, its acts, the pick list."""

from django.urls import path

from orders.fulfilment import views

app_name = "fulfilment"

urlpatterns = [
    path("", views.show_board, name="board"),
    path("pick/", views.pick, name="pick"),
    path("pack/", views.pack, name="pack"),
    path("ship/", views.ship, name="ship"),
    path("deliver/", views.deliver, name="deliver"),
    path("merge/", views.merge, name="merge"),
    path("unmerge/", views.unmerge, name="unmerge"),
    path("pick-list/", views.show_pick_list, name="pick_list"),
    path("pick-list/choose/", views.choose_pick_list, name="choose_pick_list"),
]
