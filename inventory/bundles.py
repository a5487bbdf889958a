"""What a bundle is made of. Orders keep the composition of the day on which they were placed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from inventory.models import BundleComponent, Sku
from oms.errors import FieldError, InvalidInput

MAX_PIECES = 10_000


@dataclass(frozen=True, slots=True)
class Part:
    """So many pieces of a SKU in one piece of the bundle."""

    sku: Sku
    quantity: int


def set_components(bundle_id: int, parts: Sequence[Part]) -> None:
    """Let the bundle be made of exactly these. Raises InvalidInput; its fields are named `components[1].quantity`."""
    with transaction.atomic():
        bundle = Sku.objects.select_for_update(no_key=True).get(pk=bundle_id)
        errors = list(component_faults(bundle, parts))
        if errors:
            raise InvalidInput(errors)
        BundleComponent.objects.filter(bundle=bundle).delete()
        BundleComponent.objects.bulk_create(
            BundleComponent(bundle=bundle, component=part.sku, quantity=part.quantity)
            for part in parts
        )


def component_faults(bundle: Sku, parts: Sequence[Part]) -> Iterator[FieldError]:
    """What is wrong with a bundle made of these; a SKU that is no bundle has no components."""
    if bundle.kind != Sku.Kind.BUNDLE:
        if parts:
            words = _("Only a bundle has components. Choose the kind “Bundle” or remove them.")
            yield FieldError("kind", "no_bundle", words, bundle.kind)
        return
    if not parts:
        yield FieldError("components", "empty", _("Add at least one component to the bundle."))
    seen: set[int] = set()
    for at, part in enumerate(parts):
        yield from _part_faults(bundle, part, f"components[{at}].")
        if part.sku.pk in seen:
            words = _("%s is in the bundle twice. Give its quantity once.") % part.sku.code
            yield FieldError(f"components[{at}].component", "duplicate", words, part.sku.code)
        seen.add(part.sku.pk)


def _part_faults(bundle: Sku, part: Part, at: str) -> Iterator[FieldError]:
    code = part.sku.code
    if code == bundle.code:
        words = _("A bundle cannot contain itself. Choose another component.")
        yield FieldError(at + "component", "itself", words, code)
    elif part.sku.kind == Sku.Kind.BUNDLE:
        words = _("%s is a bundle itself. Add its components instead.") % code
        yield FieldError(at + "component", "bundle", words, code)
    elif part.sku.kind != Sku.Kind.GOODS:
        words = _("%s is no goods; a bundle is made of goods.") % code
        yield FieldError(at + "component", "no_goods", words, code)
    elif not part.sku.is_active:
        words = _("SKU %s is no longer sold. Choose another.") % code
        yield FieldError(at + "component", "inactive", words, code)
    if not 1 <= part.quantity <= MAX_PIECES:
        words = _("Give a whole quantity from 1 to %d.") % MAX_PIECES
        yield FieldError(at + "quantity", "out_of_range", words, str(part.quantity)[:40])
