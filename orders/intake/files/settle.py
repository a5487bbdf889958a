"""Books the documents of one chunk and gives every row its outcome. Inside the chunk's transaction."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from customers.identity import channel_key
from customers.recognise import recognise
from inventory.write_off import WriteOff, known_references, record_write_offs
from oms.errors import FieldError
from oms.models import Channel, User
from oms.money import round_amount
from orders.billing.models import FinancialAdjustment
from orders.intake.files.document import Document, Outcome, Problem, WrittenOffRow
from orders.intake.files.goods import ids_by_code
from orders.intake.place import Placed, Rejected, Taken, place_orders
from orders.returns.credit import Credit, CreditLine, record_credits
from orders.review.decide import hold_orders

DOOR = "import"
# Fields that go by another word as columns.
_OF_LINE = {"discount": "line_discount"}
_OF_ORDER = {
    "external_no": "order_no",
    "customer.external_no": "customer_no",
    "payment.paid_at": "paid_at",
    "channel": "",
    "lines": "",
}
_LINE = re.compile(r"lines\[(\d+)\]\.?")


@dataclass(frozen=True, slots=True)
class Booking:
    """For whom the documents are booked."""

    channel: Channel
    currency: str
    actor: User | None


def settle(documents: Sequence[Document], booking: Booking) -> None:
    """Place the orders, then record what the other rows say; write-offs come last (`write_off`)."""
    bounds = _place(documents, booking)
    good = [one for one in documents if not one.is_rejected]
    _credit([one for one in good if one.credited], bounds, booking)
    _skip_known_write_offs(good, booking)
    _adjust([one for one in good if one.money], booking)


def _place(documents: Sequence[Document], booking: Booking) -> dict[str, int]:
    """Place the drafts; returns, for each other document, the id of the first new order after it."""
    wanted = [one for one in documents if one.draft is not None and not one.is_rejected]
    drafts = [one.draft for one in wanted if one.draft is not None]
    outcomes = place_orders(drafts, actor=booking.actor, door=DOOR) if drafts else []
    new_ids: dict[str, int] = {}
    held: dict[str, list[int]] = {}
    for document, outcome in zip(wanted, outcomes, strict=True):
        if isinstance(outcome, Placed) and outcome.is_new:
            document.is_placed = True
            new_ids[document.number] = outcome.id
            if document.hold_reason:
                held.setdefault(document.hold_reason, []).append(outcome.id)
        elif isinstance(outcome, Placed):
            document.settle(document.line_rows, Outcome.DUPLICATE)
        else:
            refuse(document, outcome)
    for reason, ids in held.items():
        # The file says so, not the person who brought it: nobody has touched these orders.
        hold_orders(ids, actor=None, reason=reason)
    return _bounds(documents, new_ids)


def _bounds(documents: Sequence[Document], new_ids: dict[str, int]) -> dict[str, int]:
    bounds: dict[str, int] = {}
    next_id: int | None = None
    for document in reversed(documents):
        if document.number in new_ids:
            next_id = new_ids[document.number]
        elif next_id is not None:
            bounds[document.number] = next_id
    return bounds


def refuse(document: Document, outcome: Rejected | Taken) -> None:
    """Say of each row what is wrong with its line, and of all rows what is wrong with the order."""
    if isinstance(outcome, Taken):
        words = _("Order %(number)s has this number already, with other content: %(fields)s.") % {
            "number": outcome.number, "fields": ", ".join(outcome.differences),
        }  # fmt: skip
        document.reject(dict.fromkeys((row.number for row in document.rows), words))
        return
    whole: list[str] = []
    by_row: dict[int, list[str]] = {}
    for error in outcome.errors:
        found = _LINE.match(error.field)
        if found and int(found[1]) < len(document.line_rows):
            row = document.line_rows[int(found[1])]
            field = _LINE.sub("", error.field)
            by_row.setdefault(row.number, []).append(_words(error, field))
            row.problems += (Problem(column_of(field, of_line=True), error.message),)
        else:
            whole.append(_words(error, error.field))
            document.rows[0].problems += (Problem(column_of(error.field), error.message, True),)
    reasons = {number: " ".join(words) for number, words in by_row.items()}
    if whole:
        reasons = {
            row.number: " ".join(by_row.get(row.number, []) + whole) for row in document.rows
        }
    document.reject(reasons)


def column_of(field: str, *, of_line: bool = False) -> str:
    """Our word for the column in which this field of an order, or of a line, stands."""
    words = _OF_LINE if of_line else _OF_ORDER
    return words.get(field, field.replace("ship_to.", "ship_").replace(".", "_"))


def _words(error: FieldError, field: str) -> str:
    told = {"where": field, "field": field, "value": str(error.value)[:60], "error": error.message}
    if error.value in (None, ""):
        return _("%(where)s: %(error)s") % told
    return _("%(field)s “%(value)s”: %(error)s") % told


def _credit(documents: Sequence[Document], bounds: dict[str, int], booking: Booking) -> None:
    skus = ids_by_code(row.sku for one in documents for row in one.credited)
    people = recognise(
        {_key(one, booking): one.customer_name for one in documents if one.customer_no}
    )
    credits = [
        Credit(
            booking.channel.pk,
            one.number,
            people.get(_key(one, booking)),
            booking.currency,
            one.began,
            [
                CreditLine(skus.get(row.sku), row.description, row.quantity, row.unit_price)
                for row in one.credited
            ],
            bounds.get(one.number),
        )
        for one in documents
    ]
    for document, credited in zip(
        documents, record_credits(credits, actor=booking.actor), strict=True
    ):
        for row, is_linked in zip(document.credited, credited.linked, strict=True):
            if not credited.is_new:
                row.result.outcome = Outcome.DUPLICATE
            elif is_linked:
                row.result.outcome = Outcome.RETURN_LINKED


def _key(document: Document, booking: Booking) -> str:
    return channel_key(booking.channel.code, document.customer_no)


def _skip_known_write_offs(documents: Sequence[Document], booking: Booking) -> None:
    """Rows whose write-off is here already are not written off again."""
    rows = {_reference(one, at, booking): row for one, at, row in _written_off(documents)}
    for reference in known_references(rows):
        rows[reference].result.outcome = Outcome.DUPLICATE


def write_off(documents: Sequence[Document], booking: Booking) -> None:
    """Take off the stock what the documents write off. The last step of a chunk, because it locks stock."""
    good = [one for one in documents if one.written_off and not one.is_rejected]
    fresh = [
        (one, at, row)
        for one, at, row in _written_off(good)
        if row.result.outcome != Outcome.DUPLICATE
    ]
    skus = ids_by_code(row.sku for _one, _at, row in fresh) if fresh else {}
    record_write_offs(
        [
            WriteOff(
                skus.get(row.sku),
                row.code,
                row.quantity,
                row.reason,
                _reference(one, at, booking),
                one.began,
            )
            for one, at, row in fresh
        ],
        actor=booking.actor,
    )


def _written_off(documents: Sequence[Document]) -> Iterator[tuple[Document, int, WrittenOffRow]]:
    for one in documents:
        for at, row in enumerate(one.written_off, start=1):
            yield one, at, row


def _reference(document: Document, at: int, booking: Booking) -> str:
    return f"{booking.channel.code}:{document.number}:{at}"


def _adjust(documents: Sequence[Document], booking: Booking) -> None:
    known = set(
        FinancialAdjustment.objects.filter(
            channel=booking.channel, external_no__in=[one.number for one in documents]
        ).values_list("external_no", flat=True)
    )
    FinancialAdjustment.objects.bulk_create(
        FinancialAdjustment(
            channel=booking.channel,
            external_no=one.number,
            position=position,
            currency=booking.currency,
            amount=round_amount(row.amount, booking.currency),
            description=row.description,
            happened_at=one.began,
        )
        for one in documents
        if one.number not in known
        for position, row in enumerate(one.money, start=1)
    )
    for one in documents:
        if one.number in known:
            one.settle([row.result for row in one.money], Outcome.DUPLICATE)
