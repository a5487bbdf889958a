"""Writing down what is to be moved. Nothing leaves its shelf before the transfer is sent."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from inventory.codes import skus_by_code
from inventory.count import MAX_QUANTITY
from inventory.models import Sku, Stock
from inventory.transfers.models import Transfer, TransferLine
from inventory.transfers.transition import locked, touch
from oms.errors import FieldError, InvalidInput
from oms.models import User

MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """Pieces of a SKU, named by its code or a barcode. The same SKU twice is both together."""

    code: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Route:
    source_id: int
    target_id: int
    note: str = ""


def write_transfer(route: Route, wanted: Sequence[Wanted], *, actor: User | None) -> Transfer:
    """A new draft. Raises InvalidInput (`target`, `lines`, `lines[0].sku`, `lines[0].quantity`)."""
    pieces = _pieces(route, wanted)
    with transaction.atomic():
        transfer = Transfer.objects.create(
            source_id=route.source_id,
            target_id=route.target_id,
            note=route.note,
            created_by=actor,
        )
        _write_lines(transfer, pieces)
    return transfer


def change_transfer(
    transfer_id: int, route: Route, wanted: Sequence[Wanted], *, version: int
) -> None:
    """Let a draft say something else. Raises InvalidInput, NotPossible, Stale."""
    pieces = _pieces(route, wanted)
    with transaction.atomic():
        transfer = locked(transfer_id, version=version, within=Transfer.Status.DRAFT)
        transfer.source_id, transfer.target_id = route.source_id, route.target_id
        transfer.note = route.note
        transfer.save(update_fields=["source", "target", "note"])
        transfer.lines.all().delete()
        _write_lines(transfer, pieces)
        touch(transfer)


def _write_lines(transfer: Transfer, pieces: Mapping[int, int]) -> None:
    TransferLine.objects.bulk_create(
        TransferLine(transfer=transfer, sku_id=sku, quantity=quantity)
        for sku, quantity in sorted(pieces.items())
    )


def _pieces(route: Route, wanted: Sequence[Wanted]) -> dict[int, int]:
    """SKU id → pieces; raises InvalidInput with everything that is wrong."""
    skus = skus_by_code([one.code for one in wanted])
    errors = list(_wrong(route, wanted, skus))
    pieces: dict[int, int] = {}
    first: dict[int, int] = {}
    for at, one in enumerate(wanted):
        if sku := skus.get(one.code):
            first.setdefault(sku.pk, at)
            pieces[sku.pk] = pieces.get(sku.pk, 0) + one.quantity
    if not errors:
        errors = list(beyond_free(route.source_id, pieces, first))
    if errors:
        raise InvalidInput(errors)
    return pieces


def _wrong(route: Route, wanted: Sequence[Wanted], skus: Mapping[str, Sku]) -> Iterator[FieldError]:
    if route.source_id == route.target_id:
        words = _("Choose another warehouse than the one the goods come from.")
        yield FieldError("target", "same", words, route.target_id)
    if not wanted:
        yield FieldError("lines", "empty", _("Name at least one SKU and its pieces."))
    if len(wanted) > MOST_LINES:
        words = _("Divide this into transfers of at most %d lines.") % MOST_LINES
        yield FieldError("lines", "too_many", words, len(wanted))
    for at, one in enumerate(wanted):
        yield from _wrong_line(at, one, skus.get(one.code))


def _wrong_line(at: int, one: Wanted, sku: Sku | None) -> Iterator[FieldError]:
    if sku is None:
        words = _("No SKU or barcode is “%s”. Correct the code or remove the line.") % one.code[:64]
        yield FieldError(f"lines[{at}].sku", "unknown", words, one.code)
    elif not sku.is_active:
        words = _("%s is no longer sold. Activate it first or remove the line.") % sku.code
        yield FieldError(f"lines[{at}].sku", "inactive", words, one.code)
    elif sku.kind != Sku.Kind.GOODS:
        words = _("%s has no stock of its own. Remove the line.") % sku.code
        yield FieldError(f"lines[{at}].sku", "no_goods", words, one.code)
    if not 1 <= one.quantity <= MAX_QUANTITY:
        words = _("Give the pieces to move: a whole number from 1.")
        yield FieldError(f"lines[{at}].quantity", "out_of_range", words, one.quantity)


def beyond_free(
    source_id: int, pieces: Mapping[int, int], place: Mapping[int, int]
) -> Iterator[FieldError]:
    """Which SKUs have fewer free pieces in the source; `place` is the line to name."""
    stock = Stock.objects.filter(warehouse=source_id, sku__in=pieces)
    free = dict(stock.values_list("sku", "available"))
    for sku, quantity in pieces.items():
        left = free.get(sku, 0)
        if quantity > left:
            words = _("%(free)d are free there. Move at most these; reserved pieces stay.")
            yield FieldError(
                f"lines[{place[sku]}].quantity", "not_free", words % {"free": left}, quantity
            )
