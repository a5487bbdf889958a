"""Taking in a delivery of a purchase order."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from inventory.arrivals import GoodsArrived, tell_arrival
from inventory.count import MAX_QUANTITY
from inventory.ledger import Blocking, LotPieces, block
from inventory.models import PurchaseLine, PurchaseOrder, Receipt, ReceiptLine, StockMovement
from inventory.places import check_place, clean_place
from inventory.purchasing.states import COMING, PurchaseStatus
from inventory.purchasing.transition import lock_purchase, move_purchase
from inventory.receive import Arrival
from inventory.receive import receive as receive_goods
from oms.errors import Conflict, FieldError, InvalidInput, NotPossible
from oms.models import User

DAMAGED = "damaged"
MOST_TOLD = 500
"""So many of the orders that could get on are kept beside the receipt."""
_COST_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Delivered:
    """What came of a line: whole pieces, broken ones, the bin they are put in, and their lots where the SKU has any."""

    line_id: int
    good: int
    damaged: int = 0
    bin_code: str = ""
    lots: tuple[LotPieces, ...] = ()

    @property
    def pieces(self) -> int:
        return self.good + self.damaged


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery as counted at the door. `reason` says why more is taken than was ordered."""

    lines: Sequence[Delivered]
    reference: str = ""
    reason: str = ""


def receive_delivery(
    order_id: int,
    delivery: Delivery,
    *,
    event_key: str,
    version: int | None = None,
    actor: User | None,
) -> Receipt:
    """Post what came, all or nothing; the same `event_key` again gives the first receipt and changes nothing.

    Broken pieces are taken in and blocked. Who waits for the goods is told (`inventory.arrivals`). Raises
    InvalidInput (fields `lines[0].good`, `lines[0].damaged`, `lines[0].lots`, `reason`), NotPossible, Stale, Conflict.
    """
    _check_pieces(delivery)
    with transaction.atomic():
        order = lock_purchase(order_id)
        if before := Receipt.objects.filter(event_key=event_key).first():
            return _same(before, order)
        lock_purchase(order_id, version=version)
        if order.status not in COMING:
            words = _("%(number)s is “%(status)s”: nothing is to come of it.")
            raise NotPossible(
                words % {"number": order.number, "status": order.get_status_display()}
            )
        lines = {line.pk: line for line in order.lines.select_related("sku")}
        over = _check_over(delivery, order, lines)
        receipt = Receipt.objects.create(
            purchase_order=order,
            event_key=event_key,
            reference=delivery.reference,
            reason=delivery.reason.strip(),
            actor=actor,
        )
        _post(receipt, order, delivery, lines, over)
        _write_lines(order, delivery, lines)
        _tell(receipt, order, delivery, lines)
    return receipt


def _same(before: Receipt, order: PurchaseOrder) -> Receipt:
    if before.purchase_order_id != order.pk:
        raise Conflict(_("This key belongs to a delivery of another purchase order."))
    return before


def _check_pieces(delivery: Delivery) -> None:
    errors = []
    for at, one in enumerate(delivery.lines):
        for field, pieces in (("good", one.good), ("damaged", one.damaged)):
            if not 0 <= pieces <= MAX_QUANTITY:
                words = _("Give the pieces that came: a whole number, 0 or more")
                errors.append(FieldError(f"lines[{at}].{field}", "out_of_range", words, pieces))
        errors += check_place(clean_place(one.bin_code), f"lines[{at}].bin")
    if not errors and not any(one.pieces for one in delivery.lines):
        words = _("Nothing was counted. Give the pieces that came.")
        errors.append(FieldError("lines[0].good", "empty", words))
    if errors:
        raise InvalidInput(errors)


def _check_over(
    delivery: Delivery, order: PurchaseOrder, lines: dict[int, PurchaseLine]
) -> dict[int, int]:
    """By line the pieces beyond the ordered ones; more than the supplier's limit is refused, a few need a reason."""
    over: dict[int, int] = {}
    errors = []
    for at, one in enumerate(delivery.lines):
        line = lines.get(one.line_id)
        if line is None or one.line_id in over:
            words = _("This line is not one of %s, or is named twice.") % order.number
            errors.append(FieldError(f"lines[{at}].line", "unknown", words, one.line_id))
            continue
        over[line.pk] = beyond = min(one.pieces, max(0, one.pieces - line.open))
        most = line.ordered * order.supplier.tolerance_percent // 100
        total = max(0, line.received + line.damaged + one.pieces - line.ordered)
        if beyond and total > most:
            words = _(
                "%(total)d more than ordered; this supplier may bring at most %(most)d more (%(percent)d %%). "
                "Send the rest back, or have the limit raised."
            ) % {"total": total, "most": most, "percent": order.supplier.tolerance_percent}
            errors.append(FieldError(f"lines[{at}].good", "over", words, one.good))
    if any(over.values()) and not errors and not delivery.reason.strip():
        words = _("More came than was ordered. Say why it is taken, or count again.")
        errors.append(FieldError("reason", "over", words))
    if errors:
        raise InvalidInput(errors)
    return over


def _post(
    receipt: Receipt,
    order: PurchaseOrder,
    delivery: Delivery,
    lines: dict[int, PurchaseLine],
    over: dict[int, int],
) -> None:
    """The movements, the broken pieces blocked, and the receipt's lines that name both."""
    came = [one for one in delivery.lines if one.pieces]
    movements = _take_in(receipt, order, came, lines, delivery)
    stocks = dict(StockMovement.objects.filter(pk__in=movements).values_list("pk", "stock_id"))
    broken = [
        Blocking(stocks[movement], one.damaged, DAMAGED, order.number)
        for one, movement in zip(came, movements, strict=True)
        if one.damaged
    ]
    if broken:
        block(broken, actor=receipt.actor)
    ReceiptLine.objects.bulk_create(
        ReceiptLine(
            receipt=receipt, line_id=one.line_id, good=one.good, damaged=one.damaged, over=over[one.line_id],
            movement_id=movement,
        )
        for one, movement in zip(came, movements, strict=True)
    )  # fmt: skip


def _take_in(
    receipt: Receipt,
    order: PurchaseOrder,
    came: Sequence[Delivered],
    lines: dict[int, PurchaseLine],
    delivery: Delivery,
) -> list[int]:
    """The movements' ids; what is wrong with the lots of a line is named by its place in the delivery."""
    arrivals = [
        Arrival(line.sku_id, one.pieces, one.bin_code, cost_of(order, line), one.lots)
        for one in came
        for line in (lines[one.line_id],)
    ]
    try:
        return receive_goods(
            arrivals,
            warehouse_id=order.warehouse_id,
            reference=order.number,
            event_key=f"receipt:{receipt.pk}",
            actor=receipt.actor,
        )
    except InvalidInput as refusal:
        places = {f"lines[{at}].lots": one for at, one in enumerate(came)}
        raise InvalidInput(
            [
                replace(error, field=f"lines[{delivery.lines.index(places[error.field])}].lots")
                if error.field in places
                else error
                for error in refusal.errors
            ]
        ) from None


def cost_of(order: PurchaseOrder, line: PurchaseLine) -> Decimal | None:
    """What a piece costs in the SKU's currency; None when the exchange rate is not known."""
    if order.rate is None:
        return None
    return (line.price * order.rate).quantize(_COST_PLACES)


def _write_lines(order: PurchaseOrder, delivery: Delivery, lines: dict[int, PurchaseLine]) -> None:
    for one in delivery.lines:
        lines[one.line_id].received += one.good
        lines[one.line_id].damaged += one.damaged
    PurchaseLine.objects.bulk_update(lines.values(), ["received", "damaged"])
    is_all = not any(line.open for line in lines.values())
    move_purchase(order, PurchaseStatus.RECEIVED if is_all else PurchaseStatus.PARTLY_RECEIVED)


def _tell(
    receipt: Receipt, order: PurchaseOrder, delivery: Delivery, lines: dict[int, PurchaseLine]
) -> None:
    pieces = Counter[int]()
    for one in delivery.lines:
        pieces[lines[one.line_id].sku_id] += one.good
    told = tell_arrival(GoodsArrived(order.number, str(receipt), +pieces, receipt.actor))
    receipt.told = told[:MOST_TOLD]
    receipt.save(update_fields=["told"])
