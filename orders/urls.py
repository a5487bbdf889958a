"""The desk: today, the orders, the review queue. Other rooms have address lists of their own."""

from django.urls import include, path, register_converter

from orders.allocation import views as goods_views
from orders.amend import views as amend_views
from orders.desk import (
    act_views,
    detail_views,
    fresh_views,
    list_views,
    peek_views,
    shipment_views,
)
from orders.desk.bulk import export_view
from orders.desk.bulk import views as bulk_views
from orders.desk.columns import views as column_views
from orders.desk.notes import views as note_views
from orders.desk.query import views as query_views
from orders.desk.saved import views as saved_views
from orders.intake import clerk_views, fill_views
from orders.intake.unfinished import views as unfinished_views
from orders.parcels import views as parcel_views
from orders.review.desk import explained_view, forced_views
from orders.review.desk import views as review_views

app_name = "orders"


class OrderNumber:
    """`SO2611220001`, in either case; anything else is another page."""

    regex = "[A-Za-z]{2}[0-9]{1,22}"

    def to_python(self, value: str) -> str:
        return value.upper()

    def to_url(self, value: str) -> str:
        return value


register_converter(OrderNumber, "order")

bulk = [
    path("approve/", bulk_views.approve, name="bulk_approve"),
    path("hold/", bulk_views.hold, name="bulk_hold"),
    path("release/", bulk_views.release, name="bulk_release"),
    path("force-approve/", bulk_views.force_approve, name="bulk_force_approve"),
    path("cancel/", bulk_views.cancel, name="bulk_cancel"),
    path("assign/", bulk_views.assign, name="bulk_assign"),
    path("tag/", bulk_views.tag, name="bulk_tag"),
    path("untag/", bulk_views.untag, name="bulk_untag"),
    path("ship-parts/", bulk_views.ship_parts, name="bulk_ship_parts"),
    path("cancel-short/", bulk_views.cancel_short, name="bulk_cancel_short"),
    path("allocate/", bulk_views.allocate, name="bulk_allocate"),
    path("free-goods/", bulk_views.free_goods, name="bulk_free_goods"),
    path("priority/", bulk_views.priority, name="bulk_priority"),
    path("merge/", bulk_views.merge, name="bulk_merge"),
    path("export/", export_view.export, name="bulk_export"),
    path("<int:job_id>/", bulk_views.job, name="bulk_job"),
    path("<int:job_id>/do/", bulk_views.do, name="bulk_do"),
    path("<int:job_id>/undo/", bulk_views.undo, name="bulk_undo"),
    path("<int:job_id>/retry/", bulk_views.retry, name="bulk_retry"),
]

one_order = [
    path("", detail_views.detail, name="detail"),
    path("peek/", peek_views.peek, name="peek"),
    path("edit/", amend_views.edit, name="edit"),
    path("editing/", amend_views.editing, name="editing"),
    path("rules/", explained_view.explained, name="rules"),
    path("pay/", detail_views.pay, name="pay"),
    path("approve/", act_views.approve, name="approve"),
    path("hold/", act_views.hold, name="hold"),
    path("release/", act_views.release, name="release"),
    path("force-approve/", act_views.force_approve, name="force_approve"),
    path("cancel/", act_views.cancel, name="cancel"),
    path("keep-stock/", act_views.keep, name="keep_stock"),
    path("let-stock-go/", act_views.let_stock_go, name="let_stock_go"),
    path("comment/", note_views.comment, name="comment"),
    path("tag/", note_views.tag, name="tag"),
    path("untag/", note_views.untag, name="untag"),
    path("take/", note_views.take, name="take"),
    path("give/", note_views.give, name="give"),
    path("give-up/", note_views.give_up, name="give_up"),
    path("split/", parcel_views.split, name="split"),
    path("ship-parts/", parcel_views.ship_parts, name="ship_parts"),
    path("ship-whole/", parcel_views.ship_whole, name="ship_whole"),
    path("goods/", goods_views.goods, name="goods"),
    path("allocate/", goods_views.allocate, name="allocate"),
    path("free-goods/", goods_views.free_goods, name="free_goods"),
    path("priority/", goods_views.set_priority, name="priority"),
    path("shipments/<int:shipment_id>/rejoin/", parcel_views.rejoin, name="rejoin"),
    path("shipments/<int:shipment_id>/merge/", parcel_views.merge, name="merge"),
    path("shipments/<int:shipment_id>/unmerge/", parcel_views.unmerge, name="unmerge"),
    path("shipments/<int:shipment_id>/pick/", shipment_views.pick, name="pick"),
    path("shipments/<int:shipment_id>/pack/", shipment_views.pack, name="pack"),
    path("shipments/<int:shipment_id>/ship/", shipment_views.ship, name="ship"),
    path("shipments/<int:shipment_id>/correct/", amend_views.correct, name="correct"),
    path("shipments/<int:shipment_id>/deliver/", shipment_views.deliver, name="deliver"),
]

saved = [
    path("", saved_views.all_views, name="saved"),
    path("new/", saved_views.new, name="saved_new"),
    path("<slug:slug>/", saved_views.edit, name="saved_edit"),
    path("<slug:slug>/keep/", saved_views.keep, name="saved_keep"),
    path("<slug:slug>/delete/", saved_views.delete, name="saved_delete"),
]

review = [
    path("", review_views.queue, name="review"),
    path("step/", review_views.step, name="review_step"),
    path("group/", review_views.approve_group, name="review_group"),
    path("forced/", forced_views.forced, name="review_forced"),
    path("forced/export/", forced_views.export, name="review_forced_export"),
    path("<order:number>/", review_views.show, name="review_order"),
    path("<order:number>/approve/", review_views.approve, name="review_approve"),
    path("<order:number>/release/", review_views.release, name="review_release"),
    path("<order:number>/hold/", review_views.hold, name="review_hold"),
    path("<order:number>/force/", review_views.force_approve, name="review_force"),
    path("<order:number>/cancel/", review_views.cancel, name="review_cancel"),
    path("<order:number>/take/", review_views.take, name="review_take"),
    path("<order:number>/keep/", review_views.keep, name="review_keep"),
    path("<order:number>/note/", review_views.note, name="review_note"),
    path("<order:number>/together/", review_views.together, name="review_together"),
]

urlpatterns = [
    path("", list_views.today, name="today"),
    path("mentions/", note_views.mentions, name="mentions"),
    path("mentions/read/", note_views.mentions_read, name="mentions_read"),
    path("mentions/<int:mention_id>/read/", note_views.mention_read, name="mention_read"),
    path("review/", include(review)),
    path("orders/", list_views.order_list, name="list"),
    path("orders/query/suggest/", query_views.suggest, name="query_suggest"),
    path("orders/new/", clerk_views.new, name="new"),
    path("orders/new/address/", fill_views.address, name="new_address"),
    path("orders/new/customers/", fill_views.customers, name="new_customers"),
    path("orders/new/customers/<int:customer_id>/", fill_views.customer, name="new_customer"),
    path("orders/new/hints/", fill_views.hints, name="new_hints"),
    path("orders/new/verdict/", fill_views.verdict, name="new_verdict"),
    path("orders/new/keep/", unfinished_views.keep, name="new_keep"),
    path("orders/new/discard/", unfinished_views.discard, name="new_discard"),
    path("orders/sku-search/", clerk_views.sku_search, name="sku_search"),
    path("orders/give/<int:reservation_id>/", goods_views.give, name="give_goods"),
    path("orders/fresh/", fresh_views.fresh, name="fresh"),
    path("orders/columns/", column_views.choose, name="columns"),
    path("orders/saved/", include(saved)),
    path("orders/bulk/", include(bulk)),
    path("orders/<order:number>/", include(one_order)),
]
