"""Setting stock right after somebody counted."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inventory.adjust import Difference, adjust
from inventory.ledger import lock_on_hand
from oms.errors import FieldError, InvalidInput, Stale
from oms.models import User

MAX_QUANTITY = 10_000_000
REASONS = {
    "count": gettext_lazy("Stock count"),
    "breakage": gettext_lazy("Breakage"),
    "sample": gettext_lazy("Sample"),
    "other": gettext_lazy("Other"),
}


def reason_words(reason: str) -> str:
    """A movement's reason as it is shown: a code of REASONS translated, what was noted kept."""
    code, _colon, note = reason.partition(":")
    word = REASONS.get(code)
    if word is None:
        return reason
    note = note.strip()
    return _("%(reason)s: %(note)s") % {"reason": word, "note": note} if note else str(word)


def record_count(
    *, warehouse_id: int, sku_id: int, counted: int, book: int, reason: str, actor: User | None
) -> int:
    """Make on hand equal to `counted`; returns the difference posted (0: the book was right).

    `book` is the on-hand quantity the counter saw: Stale when it has moved since, since nobody can
    tell whether those pieces were counted. NotPossible when less than the reserved would be left.
    """
    if not 0 <= counted <= MAX_QUANTITY:
        raise InvalidInput(
            [
                FieldError(
                    "counted", "out_of_range", _("Give the pieces you counted, 0 or more."), counted
                )
            ]
        )
    if not reason.strip():
        raise InvalidInput([FieldError("reason", "empty", _("Say why the stock differs."))])
    with transaction.atomic():
        on_hand = lock_on_hand(warehouse_id, sku_id)
        if on_hand != book:
            raise Stale(
                _(
                    "The book said %(book)d when you opened this page, now it says %(on_hand)d. "
                    "Count again, then send it again."
                )
                % {"book": book, "on_hand": on_hand},
                theirs={"on_hand": on_hand},
                yours={"counted": counted},
            )
        difference = counted - on_hand
        if difference:
            differences = [Difference(sku_id, difference)]
            adjust(differences, warehouse_id=warehouse_id, reason=reason, actor=actor)
    return difference
