"""What the events of an order are called, and who speaks in them."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

WORDS: "dict[str, StrPromise]" = {
    "placed": gettext_lazy("Order placed"),
    "approved": gettext_lazy("Approved"),
    "referred": gettext_lazy("Left to a person: no rule decided"),
    "second_review_asked": gettext_lazy("A rule wants the second review by finance"),
    "first_approved": gettext_lazy("First review passed, finance decides next"),
    "back_to_finance": gettext_lazy("Hold ended, waits for finance again"),
    "forced": gettext_lazy("Approved by force"),
    "held": gettext_lazy("Put on hold"),
    "released": gettext_lazy("Released"),
    "taken_back": gettext_lazy("Back to review: the decision was taken back"),
    "stock_held": gettext_lazy("Stock reserved for a time"),
    "let_go": gettext_lazy("Stock let go again"),
    "hold_expired": gettext_lazy("The time is over: stock is free again"),
    "allocated": gettext_lazy("Stock reserved for everything"),
    "backordered": gettext_lazy("Not enough stock"),
    "fulfilment_started": gettext_lazy("Picking and packing"),
    "picking_started": gettext_lazy("Picking has begun"),
    "packed": gettext_lazy("Parcel packed"),
    "handed_over": gettext_lazy("Parcel handed to the carrier"),
    "partially_shipped": gettext_lazy("A part has left"),
    "shipped": gettext_lazy("Everything has left"),
    "parcel_delivered": gettext_lazy("Parcel delivered"),
    "delivered": gettext_lazy("Everything delivered"),
    "completed": gettext_lazy("Done"),
    "cancelled": gettext_lazy("Cancelled"),
    "edited": gettext_lazy("Changed"),
    "replanned": gettext_lazy("Back to allocation: the order was changed"),
    "waybill_corrected": gettext_lazy("Waybill corrected"),
    "reduced": gettext_lazy("Pieces taken off"),
    "parts_allowed": gettext_lazy("May leave in parts"),
    "parts_refused": gettext_lazy("Leaves only when complete"),
    "put_off": gettext_lazy("Exception put off"),
    "brought_back": gettext_lazy("Exception brought back"),
    "waved_off": gettext_lazy("Exception waved off"),
    "rules_asked": gettext_lazy("Back to the rules"),
    "paid": gettext_lazy("Payment recorded"),
    "commented": gettext_lazy("Comment"),
    "tagged": gettext_lazy("Tag added"),
    "untagged": gettext_lazy("Tag removed"),
    "anonymised": gettext_lazy("Personal data of the customer erased"),
    "assigned": gettext_lazy("Another owner"),
    "review_taken_over": gettext_lazy("Review taken over"),
    "marked": gettext_lazy("Marked by the rules"),
    "prioritised": gettext_lazy("Priority changed"),
    "merged": gettext_lazy("Travels with other orders"),
    "unmerged": gettext_lazy("Left the merged parcel"),
    "together_asked": gettext_lazy("To be shipped with other orders"),
    "parcel_split": gettext_lazy("Parcel split"),
    "parcel_moved": gettext_lazy("Goods taken from another warehouse"),
    "parcel_rejoined": gettext_lazy("Parcels put together"),
    "goods_given": gettext_lazy("Reserved goods given to another order"),
    "goods_got": gettext_lazy("Goods got from other orders"),
    "given_back": gettext_lazy("Reserved goods given back"),
    "notified": gettext_lazy("A colleague was told"),
    "goods_arrived": gettext_lazy("Goods it waited for have arrived"),
    "notice_due": gettext_lazy("The customer is to be told: the goods are there"),
}
"""What an event is called; one of another kind is shown under its own name."""

# Who speaks when no person acted: the door or the machine named in the event.
ACTORS: "dict[str, StrPromise]" = {
    "system": gettext_lazy("System"),
    "rules": gettext_lazy("Review rules"),
    "allocation": gettext_lazy("Allocation"),
    "import": gettext_lazy("File import"),
    "api": gettext_lazy("API"),
}
