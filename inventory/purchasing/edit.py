"""Changing a purchase order while it is a draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from inventory.count import MAX_QUANTITY
from inventory.models import PurchaseLine, PurchaseOrder, Sku, SupplierItem
from inventory.purchasing.states import PurchaseStatus
from inventory.purchasing.transition import lock_purchase
from oms.errors import FieldError, InvalidInput, NotPossible
from oms.models import User


@dataclass(frozen=True, slots=True)
class LineDraft:
    """A line as it is to be; no pieces take it off. `line_id` None: a new line of the SKU with this code."""

    line_id: int | None
    ordered: int
    price: Decimal | None
    expected_on: date | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """What a purchase order is to say."""

    warehouse_id: int
    expected_on: date | None
    rate: Decimal | None
    note: str
    lines: Sequence[LineDraft]


def edit_draft(
    order_id: int, draft: OrderDraft, *, version: int, actor: User | None
) -> PurchaseOrder:
    """Write `draft` over what the purchase order says; who did it last is its buyer.

    Raises Stale, NotPossible when it is no draft any more, InvalidInput with fields `lines[0].ordered`, `rate`.
    """
    with transaction.atomic():
        order = lock_purchase(order_id, version=version)
        if order.status != PurchaseStatus.DRAFT:
            raise NotPossible(_("%s was sent; it cannot be changed any more.") % order.number)
        lines = {line.pk: line for line in order.lines.select_related("sku")}
        new = _new_skus(draft, order)
        _check(draft, order, lines, new)
        _write_lines(draft, order, lines, new)
        order.warehouse_id = draft.warehouse_id
        order.expected_on, order.rate, order.note = draft.expected_on, draft.rate, draft.note
        order.actor, order.version = actor, order.version + 1
        fields = ["warehouse", "expected_on", "rate", "note", "actor", "version"]
        order.save(update_fields=fields)
    return order


def _new_skus(
    draft: OrderDraft, order: PurchaseOrder
) -> dict[str, tuple[Sku, SupplierItem | None]]:
    """By code the SKUs of new lines, and each as this supplier sells it."""
    codes = {line.code for line in draft.lines if line.line_id is None}
    skus = Sku.objects.filter(code__in=codes, kind=Sku.Kind.GOODS) if codes else ()
    found = {sku.code: sku for sku in skus}
    items = SupplierItem.objects.filter(supplier=order.supplier_id, sku__in=found.values())
    by_sku = {item.sku_id: item for item in items} if found else {}
    return {code: (sku, by_sku.get(sku.pk)) for code, sku in found.items()}


def _check(
    draft: OrderDraft,
    order: PurchaseOrder,
    lines: dict[int, PurchaseLine],
    new: dict[str, tuple[Sku, SupplierItem | None]],
) -> None:
    errors = [error for at, line in enumerate(draft.lines) for error in _wrong(at, line, new)]
    kept = [
        lines[line.line_id].sku if line.line_id else new[line.code][0]
        for line in draft.lines
        if line.ordered > 0 and (line.line_id in lines or line.code in new)
    ]
    if len({sku.pk for sku in kept}) < len(kept):
        words = _("A SKU stands on two lines. Put its pieces on one.")
        errors.append(FieldError("lines", "twice", words))
    if not kept and not errors:
        words = _("Nothing would be left to order. Cancel the purchase order instead.")
        errors.append(FieldError("lines", "empty", words))
    errors += _check_rate(draft, order, {sku.currency for sku in kept})
    if errors:
        raise InvalidInput(errors)


def _wrong(
    at: int, line: LineDraft, new: dict[str, tuple[Sku, SupplierItem | None]]
) -> list[FieldError]:
    errors = []
    if not 0 <= line.ordered <= MAX_QUANTITY or (line.line_id is None and not line.ordered):
        words = _("Give the pieces to order: a whole number from 1")
        errors.append(FieldError(f"lines[{at}].ordered", "out_of_range", words, line.ordered))
    if line.price is not None and not 0 <= line.price < 10**10:
        words = _("Give a price of 0 or more")
        errors.append(FieldError(f"lines[{at}].price", "out_of_range", words, line.price))
    if line.line_id is not None:
        return errors
    if line.code not in new:
        words = _("There is no SKU %s. Check the code or create it first.") % line.code
        errors.append(FieldError(f"lines[{at}].code", "unknown", words, line.code))
    elif line.price is None and new[line.code][1] is None:
        words = _("Give a price: this supplier’s is not known")
        errors.append(FieldError(f"lines[{at}].price", "empty", words))
    return errors


def _check_rate(draft: OrderDraft, order: PurchaseOrder, currencies: set[str]) -> list[FieldError]:
    if len(currencies) > 1:
        words = _("The SKUs are kept in several currencies: %s. Order them apart.")
        return [FieldError("lines", "currencies", words % ", ".join(sorted(currencies)))]
    if draft.rate is not None and not 0 < draft.rate < 10**8:
        words = _("Give an exchange rate above 0")
        return [FieldError("rate", "out_of_range", words, draft.rate)]
    if currencies == {order.currency} and draft.rate != 1:
        words = _("The goods are kept in %s, too: the exchange rate is 1") % order.currency
        return [FieldError("rate", "not_one", words, draft.rate)]
    return []


def _write_lines(
    draft: OrderDraft,
    order: PurchaseOrder,
    lines: dict[int, PurchaseLine],
    new: dict[str, tuple[Sku, SupplierItem | None]],
) -> None:
    kept, added, last = [], [], max((line.position for line in lines.values()), default=0)
    gone = []
    for one in draft.lines:
        if one.line_id is None:
            sku, item = new[one.code]
            last += 1
            price = one.price if one.price is not None else item.price if item else Decimal(0)
            added.append(
                PurchaseLine(
                    purchase_order=order, position=last, sku=sku, code=item.code if item else "",
                    ordered=one.ordered, price=price, expected_on=one.expected_on,
                )
            )  # fmt: skip
        elif (line := lines.get(one.line_id)) is None:
            continue
        elif one.ordered == 0:
            gone.append(line.pk)
        else:
            line.ordered, line.expected_on = one.ordered, one.expected_on
            line.price = line.price if one.price is None else one.price
            kept.append(line)
    PurchaseLine.objects.filter(pk__in=gone).delete()
    PurchaseLine.objects.bulk_update(kept, ["ordered", "price", "expected_on"])
    PurchaseLine.objects.bulk_create(added)
