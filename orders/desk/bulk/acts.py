"""What can be done to many orders at once: the verb, who may, which orders it can move, and how it is taken back."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy, ngettext

from oms.models import User
from orders.allocation.now import CAN_GIVE_BACK, allocate_now, give_back_goods
from orders.allocation.parts import SHORT_IN
from orders.allocation.serve import SERVED
from orders.desk.bulk import goods_verbs, note_acts
from orders.desk.cancel import cancel_orders
from orders.desk.untouched import NOT_BEGUN, cancel_untouched
from orders.exceptions.fixes import ship_only_whole, ship_what_is_there
from orders.outcome import Outcome
from orders.parcels.merge_many import merge_orders
from orders.parcels.unmerge import unmerge_orders
from orders.returns.cancel_short import cancel_short
from orders.review import outlook
from orders.review.decide import approve_orders, hold_orders, release_orders
from orders.review.force_approve import force_approve_orders, reason_for_force
from orders.review.limits import FINANCE, FORCE
from orders.review.outlook import Outlook
from orders.review.undo import hold_again, resume_orders, take_back_orders
from orders.states import OrderStatus, is_legal

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

S = OrderStatus
Verb = Callable[[Sequence[int], User, str], Outcome]
Words = Callable[[int], str]
Read = Callable[[str, User], str]
Look = Callable[[Sequence[int], User], Outlook]
Afterwards = Callable[[Sequence[int]], str]


def _as_written(text: str, _actor: User) -> str:
    return text


@dataclass(frozen=True, slots=True)
class BulkAct:
    """`target` is what the orders become and `sources` where they must be for it.

    An act without `target` moves nothing and goes from every status. `heading` asks before ("Approve 47 orders"),
    `told` says after ("47 orders approved."). `undo` names the act that takes it back, "" for what stays.
    With `needs_reason` somebody must write something first: what `asks` names, which `read` judges. `hint` says
    before what will happen. Whoever holds `or_permission` may do it too, as far as the verb lets them. `look` says of
    each order before whether it can go, `afterwards` what `told` leaves out.
    """

    name: str
    permission: str
    verb: Verb
    target: OrderStatus | None
    sources: Collection[OrderStatus]
    heading: Words
    told: Words
    icon: str
    needs_reason: bool = False
    undo: str = ""
    asks: str = "reason"
    read: Read = _as_written
    hint: "str | StrPromise" = ""
    or_permission: str = ""
    look: Look | None = None
    afterwards: Afterwards | None = None

    @property
    def permissions(self) -> tuple[str, ...]:
        """Any of these will do."""
        return tuple(filter(None, (self.permission, self.or_permission)))

    def may(self, user: User) -> bool:
        return any(map(user.has_perm, self.permissions))

    @property
    def is_final(self) -> bool:
        return not self.undo


def _to(target: OrderStatus) -> frozenset[OrderStatus]:
    return frozenset(source for source in S if is_legal(source, target))


_IN_REVIEW = frozenset({S.PENDING_REVIEW, S.ON_HOLD})
_NOT_BEGUN = frozenset({S.APPROVED, S.ALLOCATED, S.BACKORDERED})

_OFFERED = (
    BulkAct(
        "approve", "orders.review_order",
        lambda ids, actor, reason: approve_orders(ids, actor=actor, reason=reason),
        S.APPROVED, _IN_REVIEW,
        lambda n: ngettext("Approve %d order", "Approve %d orders", n) % n,
        lambda n: ngettext("%d order approved.", "%d orders approved.", n) % n,
        icon="check", undo="take_back", or_permission=FINANCE, look=outlook.of_approval,
        afterwards=outlook.after_approval,
    ),
    BulkAct(
        "hold", "orders.review_order",
        lambda ids, actor, reason: hold_orders(ids, actor=actor, reason=reason),
        S.ON_HOLD, _to(S.ON_HOLD),
        lambda n: ngettext("Put %d order on hold", "Put %d orders on hold", n) % n,
        lambda n: ngettext("%d order put on hold.", "%d orders put on hold.", n) % n,
        icon="hand-stop", needs_reason=True, undo="resume", or_permission=FINANCE,
    ),
    BulkAct(
        "release", "orders.review_order",
        lambda ids, actor, reason: release_orders(ids, actor=actor, reason=reason),
        S.APPROVED, frozenset({S.ON_HOLD}),
        lambda n: ngettext("Release %d order", "Release %d orders", n) % n,
        lambda n: ngettext("%d order released.", "%d orders released.", n) % n,
        icon="player-play", undo="hold_again", look=outlook.of_approval, afterwards=outlook.after_approval,
    ),
    BulkAct(
        "force_approve", FORCE,
        lambda ids, actor, reason: force_approve_orders(ids, actor=actor, reason=reason),
        S.APPROVED, _IN_REVIEW,
        lambda n: ngettext("Force the approval of %d order", "Force the approval of %d orders", n) % n,
        lambda n: ngettext("%d order approved by force.", "%d orders approved by force.", n) % n,
        icon="shield", needs_reason=True, undo="take_back", read=reason_for_force, look=outlook.of_force,
    ),
    BulkAct(
        "cancel", "orders.cancel_order",
        lambda ids, actor, reason: cancel_orders(ids, actor=actor, reason=reason),
        S.CANCELLED, _to(S.CANCELLED),
        lambda n: ngettext("Cancel %d order", "Cancel %d orders", n) % n,
        lambda n: ngettext("%d order cancelled.", "%d orders cancelled.", n) % n,
        icon="ban", needs_reason=True,
        hint=gettext_lazy("Reserved goods are free again at once. This cannot be undone."),
    ),
    BulkAct(
        "ship_parts", "orders.place_order",
        lambda ids, actor, _reason: ship_what_is_there(ids, actor=actor),
        S.ALLOCATED, SHORT_IN,
        lambda n: ngettext("Ship what is there of %d order", "Ship what is there of %d orders", n) % n,
        lambda n: ngettext("%d order ships what is there; the rest is back-ordered.",
                           "%d orders ship what is there; the rest is back-ordered.", n) % n,
        icon="arrows-split", undo="ship_whole",
    ),
    BulkAct(
        "cancel_short", "orders.cancel_order",
        lambda ids, actor, reason: cancel_short(ids, actor=actor, reason=reason),
        S.ALLOCATED, SHORT_IN,
        lambda n: ngettext("Cancel what is short of %d order", "Cancel what is short of %d orders", n) % n,
        lambda n: ngettext("What was short of %d order is cancelled.",
                           "What was short of %d orders is cancelled.", n) % n,
        icon="ban",
        hint=gettext_lazy("The missing pieces are taken off and credited; an order without any other goods is "
                          "cancelled. This cannot be undone."),
    ),
    BulkAct(
        "assign", "orders.change_orderowner", note_acts.assign, None, frozenset(S),
        lambda n: ngettext("Give %d order to a colleague", "Give %d orders to a colleague", n) % n,
        lambda n: ngettext("%d order given.", "%d orders given.", n) % n,
        icon="user", needs_reason=True, undo="give_back", asks="owner", read=note_acts.colleague_named,
    ),
    BulkAct(
        "tag", "orders.add_ordertag", note_acts.tag, None, frozenset(S),
        lambda n: ngettext("Tag %d order", "Tag %d orders", n) % n,
        lambda n: ngettext("%d order tagged.", "%d orders tagged.", n) % n,
        icon="tag", needs_reason=True, undo="untag", asks="tag", read=note_acts.tag_written,
    ),
    BulkAct(
        "untag", "orders.add_ordertag", note_acts.untag, None, frozenset(S),
        lambda n: ngettext("Take a tag off %d order", "Take a tag off %d orders", n) % n,
        lambda n: ngettext("The tag is off %d order.", "The tag is off %d orders.", n) % n,
        icon="x", needs_reason=True, undo="tag", asks="tag", read=note_acts.tag_written,
    ),
    BulkAct(
        "allocate", "orders.reallocate_order",
        lambda ids, actor, _reason: allocate_now(ids, actor=actor),
        S.ALLOCATED, SERVED | {S.ON_HOLD},
        lambda n: ngettext("Reserve goods for %d order now", "Reserve goods for %d orders now", n) % n,
        lambda n: ngettext("Goods are reserved for %d order.", "Goods are reserved for %d orders.", n) % n,
        icon="package", hint=gettext_lazy("What each order got is told afterwards."),
    ),
    BulkAct(
        "free_goods", "orders.reallocate_order",
        lambda ids, actor, reason: give_back_goods(ids, actor=actor, reason=reason),
        S.ON_HOLD, frozenset(CAN_GIVE_BACK),
        lambda n: ngettext("Give the goods of %d order back", "Give the goods of %d orders back", n) % n,
        lambda n: ngettext("The goods of %d order are free again; it waits on hold.",
                           "The goods of %d orders are free again; they wait on hold.", n) % n,
        icon="arrow-left", needs_reason=True, undo="allocate",
    ),
    BulkAct(
        "priority", "orders.reallocate_order", goods_verbs.set_priority, None, frozenset(S),
        lambda n: ngettext("Change the priority of %d order", "Change the priority of %d orders", n) % n,
        lambda n: ngettext("%d order has another priority.", "%d orders have another priority.", n) % n,
        icon="chart-bar", needs_reason=True, undo="priority_back", asks="priority", read=goods_verbs.priority_named,
    ),
    BulkAct(
        "merge", "orders.place_order", lambda ids, actor, _reason: merge_orders(ids, actor=actor), None, frozenset(S),
        lambda n: ngettext("Merge the parcels of %d order", "Merge the parcels of %d orders", n) % n,
        lambda n: ngettext("%d order travels with others.", "%d orders travel with others.", n) % n,
        icon="arrows-join", undo="unmerge", or_permission="orders.fulfil_order",
    ),
)  # fmt: skip
_UNDOING = (
    BulkAct(
        "take_back", "orders.review_order",
        lambda ids, actor, _reason: take_back_orders(ids, actor=actor),
        S.PENDING_REVIEW, _NOT_BEGUN,
        lambda n: ngettext("Take back %d order to review", "Take back %d orders to review", n) % n,
        lambda n: ngettext("%d order is back in review.", "%d orders are back in review.", n) % n,
        icon="arrow-left", or_permission=FINANCE,
    ),
    BulkAct(
        "resume", "orders.review_order",
        lambda ids, actor, _reason: resume_orders(ids, actor=actor),
        S.APPROVED, frozenset({S.ON_HOLD}),
        lambda n: ngettext("End the hold of %d order", "End the hold of %d orders", n) % n,
        lambda n: ngettext("%d order stands where it stood before the hold.",
                           "%d orders stand where they stood before the hold.", n) % n,
        icon="player-play", or_permission=FINANCE,
    ),
    BulkAct(
        "ship_whole", "orders.place_order",
        lambda ids, actor, _reason: ship_only_whole(ids, actor=actor),
        S.BACKORDERED, frozenset({S.BACKORDERED, S.ALLOCATED}),
        lambda n: ngettext("Let %d order wait for all its goods", "Let %d orders wait for all their goods", n) % n,
        lambda n: ngettext("%d order waits for all of its goods.", "%d orders wait for all of their goods.", n) % n,
        icon="clock",
    ),
    BulkAct(
        "hold_again", "orders.review_order",
        lambda ids, actor, _reason: hold_again(ids, actor=actor),
        S.ON_HOLD, _to(S.ON_HOLD),
        lambda n: ngettext("Put %d order on hold again", "Put %d orders on hold again", n) % n,
        lambda n: ngettext("%d order is on hold again.", "%d orders are on hold again.", n) % n,
        icon="hand-stop",
    ),
    BulkAct(
        "undo_import", "orders.cancel_order",
        lambda ids, actor, reason: cancel_untouched(ids, actor=actor, reason=reason),
        S.CANCELLED, NOT_BEGUN,
        lambda n: ngettext("Take %d imported order back", "Take %d imported orders back", n) % n,
        lambda n: ngettext("%d imported order cancelled.", "%d imported orders cancelled.", n) % n,
        icon="arrow-left",
    ),
    BulkAct(
        "priority_back", "orders.reallocate_order", goods_verbs.priority_before, None, frozenset(S),
        lambda n: ngettext("Give %d order its priority back", "Give %d orders their priority back", n) % n,
        lambda n: ngettext("%d order has its priority again.", "%d orders have their priority again.", n) % n,
        icon="chart-bar",
    ),
    BulkAct(
        "unmerge", "orders.place_order", lambda ids, actor, _reason: unmerge_orders(ids, actor=actor), None,
        frozenset(S),
        lambda n: ngettext("Part the parcel of %d order", "Part the parcels of %d orders", n) % n,
        lambda n: ngettext("%d order travels alone.", "%d orders travel alone.", n) % n,
        icon="arrows-split", or_permission="orders.fulfil_order",
    ),
    BulkAct(
        "give_back", "orders.change_orderowner", note_acts.give_back, None, frozenset(S),
        lambda n: ngettext("Give %d order back", "Give %d orders back", n) % n,
        lambda n: ngettext("%d order is whose it was before.", "%d orders are whose they were before.", n) % n,
        icon="user",
    ),
)  # fmt: skip

ACTS = {act.name: act for act in (*_OFFERED, *_UNDOING)}
OFFERED = tuple(act.name for act in _OFFERED)
