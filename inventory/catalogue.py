"""The one writer of SKUs: keeps codes in upper case and what is searched equal to code and name."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from inventory.models import Product, Sku, SkuBarcode
from oms.errors import FieldError, InvalidInput, NotPossible
from oms.initials import initials
from oms.money import CURRENCY_PLACES
from oms.search import grams

MAX_PRICE = Decimal(10_000_000)
MAX_WEIGHT_GRAMS = 100_000_000
CODE_LENGTH = 64
NAME_LENGTH = 200
UNIT_LENGTH = 20
_FOUR_PLACES = Decimal("0.0001")


@dataclass(slots=True)
class SkuDraft:
    """A SKU as somebody wants it; without `product_id` it gets a new product of its name.

    `cost` and `price_floor` (the lowest price) are None where nobody knows them. `reserve_from` makes it a pre-order:
    the first day on which stock of it is reserved.
    """

    code: str
    name: str
    product_id: int | None = None
    kind: str = Sku.Kind.GOODS
    tracking: str = Sku.Tracking.NONE
    unit: str = "pcs"
    weight_grams: int = 0
    price: Decimal = Decimal(0)
    cost: Decimal | None = None
    price_floor: Decimal | None = None
    currency: str = "CNY"
    is_active: bool = True
    reserve_from: date | None = None
    barcodes: Sequence[str] = ()


_CHANGEABLE = {field.name for field in fields(SkuDraft)} - {"barcodes"}


def clean_code(text: str) -> str:
    """How a SKU's code, alias or barcode is spelt: no blanks around it, upper case."""
    return text.strip().upper()


def create_skus(drafts: Sequence[SkuDraft]) -> list[Sku]:
    """Write all of `drafts`, or none; returns the SKUs in their order.

    Raises InvalidInput with every error, fields named `skus[3].price`; a taken code or barcode is
    one of them.
    """
    with transaction.atomic():
        errors = [
            error for at, draft in enumerate(drafts) for error in check_draft(draft, f"skus[{at}].")
        ]
        errors += _taken_codes(drafts) + _taken_barcodes(drafts)
        if errors:
            raise InvalidInput(errors)
        _add_products(drafts)
        skus = Sku.objects.bulk_create([_filled(Sku(), asdict(draft)) for draft in drafts])
        SkuBarcode.objects.bulk_create(
            SkuBarcode(sku=sku, code=clean_code(code))
            for sku, draft in zip(skus, drafts, strict=True)
            for code in draft.barcodes
        )
    return skus


def create_sku(draft: SkuDraft) -> Sku:
    """Write one SKU. Raises InvalidInput; its fields have plain names (`price`)."""
    try:
        return create_skus([draft])[0]
    except InvalidInput as error:
        raise InvalidInput(
            [
                FieldError(one.field.removeprefix("skus[0]."), one.code, one.message, one.value)
                for one in error.errors
            ]
        ) from None


def update_sku(sku_id: int, **changes: Any) -> Sku:
    """Change fields of `SkuDraft` other than barcodes.

    Raises InvalidInput; NotPossible for another code or kind once the SKU has stock or orders, for another tracking
    once it has lain in a warehouse.
    """
    unknown = changes.keys() - _CHANGEABLE
    if unknown:
        raise TypeError(f"not fields of a SKU: {', '.join(sorted(unknown))}")
    with transaction.atomic():
        # The strong lock when tracking changes: it waits for a first stock that is being opened, and is waited for.
        sku = Sku.objects.select_for_update(no_key="tracking" not in changes).get(pk=sku_id)
        draft = SkuDraft(**{name: getattr(sku, name) for name in _CHANGEABLE} | changes)
        errors = list(check_draft(draft))
        code = clean_code(draft.code)
        if code != sku.code and Sku.objects.filter(code=code).exists():
            errors.append(_duplicate("code", code))
        if errors:
            raise InvalidInput(errors)
        if (code, draft.kind) != (sku.code, sku.kind) and is_used(sku):
            raise NotPossible(
                _(
                    "%s has stock or orders, or is in a bundle; its code and kind stay. Create a new SKU instead."
                )
                % sku.code,
                code="sku_in_use",
            )
        if draft.tracking != sku.tracking and sku.stock.exists():
            raise NotPossible(
                _(
                    "%s has lain in a warehouse; how its pieces are tracked stays. Create a new SKU instead."
                )
                % sku.code,
                code="sku_in_use",
            )
        _filled(sku, {name: getattr(draft, name) for name in _CHANGEABLE}).save()
    return sku


def _filled(sku: Sku, values: dict[str, Any]) -> Sku:
    for name in _CHANGEABLE:
        setattr(sku, name, values[name])
    sku.code = clean_code(sku.code)
    sku.name = sku.name.strip()
    sku.initials, sku.search_grams = findable(sku.code, sku.name)
    return sku


def findable(code: str, name: str) -> tuple[str, list[str]]:
    """What is kept of a SKU for searching: the initials of its name, and the grams of everything."""
    letters = initials(name)
    return letters, grams(code, name, *letters.split())


def is_used(sku: Sku) -> bool:
    """Whether stock, orders or bundles name the SKU, so that its code and kind stay."""
    # Order lines lie above inventory; the reverse relation reaches them without an import.
    order_lines = sku.order_lines.all()
    return bool(sku.stock.exists() or order_lines.exists() or sku.bundles.exists())


def _add_products(drafts: Sequence[SkuDraft]) -> None:
    alone = [draft for draft in drafts if draft.product_id is None]
    products = Product.objects.bulk_create(
        Product(name=draft.name.strip(), is_active=draft.is_active) for draft in alone
    )
    for draft, product in zip(alone, products, strict=True):
        draft.product_id = product.pk


def check_draft(draft: SkuDraft, at: str = "") -> Iterator[FieldError]:
    """What is wrong with a SKU as wanted, without a look at the others; `at` leads the fields."""
    for name, text, longest in (
        ("code", clean_code(draft.code), CODE_LENGTH),
        ("name", draft.name.strip(), NAME_LENGTH),
        ("unit", draft.unit.strip(), UNIT_LENGTH),
        *(("barcodes", clean_code(code), CODE_LENGTH) for code in draft.barcodes),
    ):
        if not text:
            yield FieldError(at + name, "empty", _("Fill this in."), text)
        elif len(text) > longest:
            yield FieldError(
                at + name, "too_long", _("Shorten this to %d characters.") % longest, text[:80]
            )
        elif not text.isprintable():
            yield FieldError(
                at + name,
                "unprintable",
                _("Remove control characters and line breaks."),
                ascii(text)[:80],
            )
    yield from _check_kind(draft, at)
    if draft.currency not in CURRENCY_PLACES:
        yield FieldError(
            at + "currency",
            "unknown",
            _("Choose a currency that is in use, for example CNY."),
            draft.currency,
        )
    if not 0 <= draft.weight_grams <= MAX_WEIGHT_GRAMS:
        yield FieldError(
            at + "weight_grams",
            "out_of_range",
            _("Give the weight in grams, 0 or more."),
            draft.weight_grams,
        )
    yield from _check_prices(draft, at)


def _check_kind(draft: SkuDraft, at: str) -> Iterator[FieldError]:
    if draft.kind not in Sku.Kind.values:
        yield FieldError(at + "kind", "unknown", _("Choose goods, service or bundle."), draft.kind)
    if draft.tracking not in Sku.Tracking.values:
        words = _("Choose none, lot or serial.")
        yield FieldError(at + "tracking", "unknown", words, draft.tracking)
    elif draft.tracking != Sku.Tracking.NONE and draft.kind != Sku.Kind.GOODS:
        words = _("Only goods are tracked by lots or serial numbers. Choose goods, or none.")
        yield FieldError(at + "tracking", "not_goods", words, draft.tracking)


def _check_prices(draft: SkuDraft, at: str) -> Iterator[FieldError]:
    for name in ("price", "cost", "price_floor"):
        amount = getattr(draft, name)
        if amount is not None:
            yield from _check_price(amount, at + name)


def _check_price(price: Decimal, field: str) -> Iterator[FieldError]:
    if not price.is_finite() or not 0 <= price <= MAX_PRICE:
        yield FieldError(
            field,
            "out_of_range",
            _("Give a price from 0 to %d.") % MAX_PRICE,
            str(price)[:40],
        )
    elif price != price.quantize(_FOUR_PLACES):
        yield FieldError(
            field,
            "too_precise",
            _("Give the price with at most four decimals."),
            str(price)[:40],
        )


def _taken_codes(drafts: Sequence[SkuDraft]) -> list[FieldError]:
    codes = [clean_code(draft.code) for draft in drafts]
    taken = set(Sku.objects.filter(code__in=_askable(codes)).values_list("code", flat=True))
    errors = []
    for at, code in enumerate(codes):
        if code in taken:
            errors.append(_duplicate(f"skus[{at}].code", code))
        taken.add(code)
    return errors


def _taken_barcodes(drafts: Sequence[SkuDraft]) -> list[FieldError]:
    codes = [(at, clean_code(code)) for at, draft in enumerate(drafts) for code in draft.barcodes]
    asked = _askable([code for _at, code in codes])
    taken = set(SkuBarcode.objects.filter(code__in=asked).values_list("code", flat=True))
    errors = []
    for at, code in codes:
        if code in taken:
            errors.append(
                FieldError(
                    f"skus[{at}].barcodes",
                    "duplicate",
                    _("Barcode %s belongs to another SKU.") % code,
                    code,
                )
            )
        taken.add(code)
    return errors


def _askable(codes: Sequence[str]) -> list[str]:
    """PostgreSQL takes no NUL; such codes are reported as unprintable."""
    return [code for code in codes if "\x00" not in code]


def _duplicate(field: str, code: str) -> FieldError:
    return FieldError(
        field, "duplicate", _("There is already a SKU %s. Use another code.") % code, code
    )
