"""/stock/: the list, the rooms of the warehouse, and each SKU under its code."""

from django.urls import path

from inventory import (
    bin_views,
    item_acts,
    item_views,
    kept_views,
    label_views,
    list_views,
    value_views,
)
from inventory.counting import act_views as counting_acts
from inventory.counting import views as counting
from inventory.lots import views as lot_views
from inventory.transfers import act_views as transfer_acts
from inventory.transfers import views as transfers

app_name = "stock"

# The codes of SKUs are in upper case: none is taken for one of these words.
urlpatterns = [
    path("", list_views.stock_list, name="list"),
    path("export/", list_views.export, name="export"),
    path("safety/", list_views.set_safety, name="safety"),
    path("to-labels/", list_views.choose_labels, name="choose_labels"),
    path("to-sheet/", list_views.choose_sheet, name="choose_sheet"),
    path("labels/", label_views.bin_labels, name="bin_labels"),
    path("value/", value_views.value, name="value"),
    path("value/export/", value_views.export, name="value_export"),
    path("bins/<str:warehouse_code>/<str:bin_code>/", bin_views.bin_page, name="bin"),
    # transfers
    path("transfers/", transfers.transfer_list, name="transfers"),
    path("transfers/new/", transfers.new_transfer, name="transfer_new"),
    path("transfers/<str:transfer>/", transfers.transfer_page, name="transfer"),
    path("transfers/<str:transfer>/edit/", transfers.edit_transfer, name="transfer_edit"),
    path("transfers/<str:transfer>/print/", transfers.print_transfer, name="transfer_print"),
    path("transfers/<str:transfer>/send/", transfer_acts.send, name="transfer_send"),
    path("transfers/<str:transfer>/receive/", transfer_acts.receive, name="transfer_receive"),
    path("transfers/<str:transfer>/missing/", transfer_acts.missing, name="transfer_missing"),
    path("transfers/<str:transfer>/cancel/", transfer_acts.cancel, name="transfer_cancel"),
    # counting
    path("counts/", counting.sheet_list, name="sheets"),
    path("counts/new/", counting.new_sheet, name="sheet_new"),
    path("counts/<str:sheet>/", counting.sheet_page, name="sheet"),
    path("counts/<str:sheet>/print/", counting.print_sheet, name="sheet_print"),
    path("counts/<str:sheet>/enter/", counting_acts.enter, name="sheet_enter"),
    path("counts/<str:sheet>/recount/", counting_acts.recount, name="sheet_recount"),
    path("counts/<str:sheet>/post/", counting_acts.post, name="sheet_post"),
    path("counts/<str:sheet>/close/", counting_acts.close, name="sheet_close"),
    # one SKU
    path("<path:code>/receive/", item_acts.receive_stock, name="receive"),
    path("<path:code>/count/", item_acts.count_stock, name="count"),
    path("<path:code>/keep/", kept_views.keep, name="keep"),
    path("<path:code>/write-off-lot/", lot_views.write_off_lot, name="write_off_lot"),
    path("<path:code>/block/", item_acts.block_stock, name="block"),
    path("<path:code>/unblock/", item_acts.unblock_stock, name="unblock"),
    path("<path:code>/bin/", item_acts.change_bin_of, name="change_bin"),
    path("<path:code>/labels/", label_views.item_labels, name="item_labels"),
    path("<path:code>/", item_views.stock_item, name="item"),
]
