"""What must always be true, in words of the house, and how the rows that break it are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orders.invariants import (
    INVARIANTS,
    lots,
    merged,
    money,
    parcels,
    people,
    promises,
    purchases,
    stock,
)
from orders.invariants.invariant import Invariant

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class Group:
    """Invariants that speak of one thing. Whoever holds `permission` sees the rows that break one."""

    title: "StrPromise"
    permission: str
    invariants: Sequence[Invariant]


_NAMED = (
    Group(
        _("Stock against its ledger"), "inventory.view_stock", [*stock.INVARIANTS, *lots.INVARIANTS]
    ),
    Group(
        _("Promises to orders, and parcels"),
        "orders.view_order",
        [*promises.INVARIANTS, *parcels.INVARIANTS, *merged.INVARIANTS],
    ),
    Group(_("Purchases and deliveries"), "inventory.view_purchaseorder", purchases.INVARIANTS),
    Group(pgettext_lazy("truth", "Money"), "orders.view_payment", money.INVARIANTS),
    Group(pgettext_lazy("truth", "Customers"), "customers.view_customer", people.INVARIANTS),
)
_IN_A_GROUP = {one.name for group in _NAMED for one in group.invariants}
GROUPS = (
    *_NAMED,
    Group(
        _("Orders, their history and their counters"),
        "orders.view_order",
        [one for one in INVARIANTS if one.name not in _IN_A_GROUP],
    ),
)

WORDS: "dict[str, StrPromise]" = {
    "reserved_within_on_hand": _("No place has more reserved and blocked than lies there."),
    "on_hand_is_sum_of_movements": _("On hand is the sum of all movements."),
    "reserved_is_open_reservations": _("Reserved is the sum of the open reservations."),
    "blocked_is_open_blocks": _("Blocked is the sum of the blocks that were not let go."),
    "taken_back_in_full": _("A movement that takes another back is its exact inverse."),
    "balance_never_below_zero": _("The ledger, read in its order, never goes below zero."),
    "applied_adjustment_has_its_movement": _("An imported write-off moved what it says, once."),
    "ended_holds_were_swept": _("Goods kept for a time are free again when the time is over."),
    "components_fit_their_bundle": _(
        "The parts of a bundle come in the number that it is made of."
    ),
    "missing_in_transfers_is_in_transit": _(
        "What left one warehouse and has not arrived is in transit."
    ),
    "counted_difference_is_its_movement": _("What a count sheet posted is what its line says."),
    "merged_parcel_goes_as_one": _(
        "Orders in one parcel have one recipient, one warehouse and one step."
    ),
    "parcel_knows_its_recipient": _("A parcel that waits knows whom it is for."),
    "purchase_line_is_sum_of_deliveries": _(
        "What has come of a purchase is the sum of its deliveries."
    ),
    "purchase_status_follows_from_deliveries": _(
        "The status of a purchase follows from its deliveries."
    ),
    "delivery_is_in_the_ledger": _("What a delivery brought is in the ledger."),
    "lots_sum_to_on_hand": _("The lots of a place add up to what lies there."),
    "lot_is_sum_of_its_movements": _("What lies there of a lot is the sum of its movements."),
    "serial_number_is_one_piece": _("A serial number is one piece, in one place."),
    "movement_is_told_in_lots": _("Each movement of a tracked SKU says which lots it moved."),
    "blocked_pieces_of_a_lot_lie_there": _("No more of a lot is blocked than lies there."),
    "named_rows_are_there": _("What a reservation, parcel, event or hit names is there."),
    "reserved_within_what_the_line_needs": _(
        "No order line has more reserved and shipped than was ordered and not cancelled."
    ),
    "reservation_is_of_its_lines_sku": _("The goods promised are the goods ordered."),
    "finished_orders_hold_no_stock": _("Finished and cancelled orders keep no goods from others."),
    "reservation_fits_its_parcel": _(
        "What is reserved travels in a parcel of its own order and warehouse."
    ),
    "promised_pieces_are_in_a_parcel": _(
        "All that is reserved is in a parcel, unless it is held for a time."
    ),
    "shipped_units_left_stock_once": _("What was shipped left the stock exactly once."),
    "status_follows_from_parcels": _("The status of an order is what its parcels say."),
    "no_parcel_against_its_orders_status": _(
        "Nothing left for an order that was not approved; nothing waits for one that is closed."
    ),
    "line_amount_is_computed": _(
        "The amount of a line is quantity × price − discount, rounded once."
    ),
    "order_total_is_sum_of_lines": _("The total of an order is what its lines add up to."),
    "refunds_within_payments": _("No more money is given back than came in."),
    "returned_within_ordered": _("No more is returned than was ordered."),
    "every_transition_is_legal": _("Every change of status is one that is allowed."),
    "transitions_chain": _("Every change of status starts where the one before ended."),
    "status_is_of_the_last_transition": _("An order is where its history says."),
    "external_number_once_per_channel": _("No order of a shop was taken in twice."),
    "idempotency_key_once_per_user": _("The same request of a program has one answer."),
    "idempotency_key_names_its_orders": _("The orders named in such an answer exist."),
    "import_accounts_for_every_row": _("A finished import kept every row that it read."),
    "owner_is_of_the_last_assignment": _("An order’s owner is the one its history named last."),
    "tags_follow_from_their_events": _(
        "An order carries the tags that were put on and not taken off."
    ),
    "mention_is_of_its_comment": _("A mention belongs to a comment that names the colleague."),
    "merged_customer_owns_nothing": _(
        "A customer who was merged into another has nothing of their own."
    ),
    "merged_into_is_of_a_standing_merge": _(
        "Merged customers point to whom they were merged into."
    ),
    "counters_equal_a_recount": _("The numbers on tabs and charts equal counting again."),
    "finished_bulk_job_left_none_waiting": _(
        "An act on many orders that is finished has told of each of them."
    ),
    "open_exceptions_are_what_the_causes_say": _(
        "The open exceptions are those whose cause is there."
    ),
    "waits_for_finance_after_the_first_review": _(
        "What waits for finance has passed the first review."
    ),
    "nothing_went_on_before_its_second_review": _(
        "No order went on before its second review, unless somebody approved it by force."
    ),
    "forced_approval_says_why": _("Each forced approval says who, why and what it passed over."),
    "decision_names_a_version_of_its_rule": _("A decision by rules names versions that exist."),
    "live_version_is_of_its_rule": _("The version of a rule in force is one of its own."),
    "priority_is_of_the_last_mark": _("An order’s priority is the one its history named last."),
}

# What the columns of such rows are called; others show their technical name.
COLUMNS: "dict[str, StrPromise]" = {
    "order": _("Order"),
    "line": pgettext_lazy("truth", "line"),
    "sku": _("SKU"),
    "warehouse": _("warehouse"),
    "on_hand": _("on hand"),
    "reserved": _("reserved"),
    "blocked": _("blocked"),
    "movements": pgettext_lazy("truth", "sum of movements"),
    "open_reservations": pgettext_lazy("truth", "open reservations"),
    "open_blocks": pgettext_lazy("truth", "open blocks"),
    "movement": pgettext_lazy("truth", "movement"),
    "balance": pgettext_lazy("truth", "balance"),
    "status": pgettext_lazy("truth", "status"),
    "follows": pgettext_lazy("truth", "should be"),
    "needed": pgettext_lazy("truth", "needed"),
    "promised": pgettext_lazy("truth", "promised"),
    "shipment": pgettext_lazy("truth", "parcel"),
    "reservation": pgettext_lazy("truth", "reservation"),
    "quantity": pgettext_lazy("truth", "quantity"),
    "counted": pgettext_lazy("truth", "counted"),
    "kept": pgettext_lazy("truth", "kept"),
    "channel": pgettext_lazy("truth", "channel"),
}


def words_of(name: str) -> str:
    """The sentence; a name that has none yet is read as it is."""
    return str(WORDS.get(name) or name.replace("_", " "))


def column_words(name: str) -> str:
    return str(COLUMNS.get(name) or name.replace("_", " "))
