"""Setting stock right after somebody counted."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inventory.ledger import LotPieces, Posting, lock_on_hand, post
from inventory.models import StockMovement
from oms.errors import FieldError, InvalidInput, Stale
from oms.models import User

MAX_QUANTITY = 10_000_000
REASONS = {
    "count": gettext_lazy("Stock count"),
    "breakage": gettext_lazy("Breakage"),
    "sample": gettext_lazy("Sample"),
    "other": gettext_lazy("Other"),
}
_OTHER_WORDS = {
    "transfer_cancelled": gettext_lazy("Transfer cancelled"),
    "expired": gettext_lazy("Expired"),
}


def reason_words(reason: str) -> str:
    """A movement's reason as it is shown: a code of REASONS translated, what was noted kept."""
    code, _colon, note = reason.partition(":")
    word = REASONS.get(code) or _OTHER_WORDS.get(code)
    if word is None:
        return reason
    note = note.strip()
    return _("%(reason)s: %(note)s") % {"reason": word, "note": note} if note else str(word)


@dataclass(frozen=True, slots=True)
class Count:
    """What somebody counted in a place where the book said `book`; `reason` is a code of REASONS and a note.

    `lots` are those of the difference, for a SKU with lots or serial numbers.
    """

    warehouse_id: int
    sku_id: int
    counted: int
    book: int
    reason: str
    lots: tuple[LotPieces, ...] = ()


def record_count(count: Count, *, actor: User | None) -> int:
    """Make on hand equal to what was counted; returns the difference posted (0: the book was right).

    Raises InvalidInput; Stale when the book has moved since, since nobody can tell whether those pieces were counted;
    NotPossible when less than the reserved and blocked would be left.
    """
    _check(count)
    with transaction.atomic():
        on_hand = lock_on_hand(count.warehouse_id, count.sku_id)
        if on_hand != count.book:
            raise Stale(
                _(
                    "The book said %(book)d when you opened this page, now it says %(on_hand)d. "
                    "Count again, then send it again, or apply the difference."
                )
                % {"book": count.book, "on_hand": on_hand},
                theirs={"on_hand": on_hand},
                yours={"counted": count.counted},
            )
        _post(count, actor)
    return count.counted - count.book


def apply_difference(count: Count, *, actor: User | None) -> int:
    """Post the difference that was found, whatever has moved since: for who knows that those pieces were not counted.

    Returns it. Raises InvalidInput, NotPossible.
    """
    _check(count)
    _post(count, actor)
    return count.counted - count.book


def _check(count: Count) -> None:
    errors = []
    if not 0 <= count.counted <= MAX_QUANTITY:
        words = _("Give the pieces you counted, 0 or more.")
        errors.append(FieldError("counted", "out_of_range", words, count.counted))
    if not count.reason.strip():
        errors.append(FieldError("reason", "empty", _("Say why the stock differs.")))
    if errors:
        raise InvalidInput(errors)


def _post(count: Count, actor: User | None) -> None:
    difference = count.counted - count.book
    if difference:
        kind = _kind_of(count.reason, difference).value
        place = (count.warehouse_id, count.sku_id)
        post([Posting(*place, difference, kind, count.reason, lots=count.lots)], actor=actor)


def _kind_of(reason: str, difference: int) -> StockMovement.Kind:
    """A stock count is a count; what broke or was given away as a sample is written off."""
    code = reason.partition(":")[0]
    if code == "count":
        return StockMovement.Kind.COUNT
    if code in ("breakage", "sample") and difference < 0:
        return StockMovement.Kind.WRITE_OFF
    return StockMovement.Kind.ADJUSTMENT
