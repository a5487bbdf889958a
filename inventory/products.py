"""The writer of products, each of which groups the SKUs of one thing."""

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from inventory.models import Product
from oms.errors import FieldError, InvalidInput

NAME_LENGTH = 200
CATEGORY_LENGTH = 80


@dataclass(slots=True)
class ProductDraft:
    """A product as somebody wants it."""

    name: str
    category: str = ""
    is_active: bool = True


def create_product(draft: ProductDraft) -> Product:
    """Write a product. Raises InvalidInput."""
    _check(draft)
    return Product.objects.create(**asdict(draft))


def update_product(product_id: int, **changes: str | bool) -> Product:
    """Change fields of `ProductDraft`. Raises InvalidInput."""
    with transaction.atomic():
        product = Product.objects.select_for_update(no_key=True).get(pk=product_id)
        names = ("name", "category", "is_active")
        draft = ProductDraft(**{name: getattr(product, name) for name in names} | changes)
        _check(draft)
        for name in names:
            setattr(product, name, getattr(draft, name))
        product.save(update_fields=names)
    return product


def _check(draft: ProductDraft) -> None:
    draft.name, draft.category = draft.name.strip(), draft.category.strip()
    errors = []
    if not draft.name:
        errors.append(FieldError("name", "empty", _("Fill this in."), ""))
    for field, text, limit in (
        ("name", draft.name, NAME_LENGTH),
        ("category", draft.category, CATEGORY_LENGTH),
    ):
        if len(text) > limit:
            words = _("Shorten this to %d characters.") % limit
            errors.append(FieldError(field, "too_long", words, text[:80]))
    if errors:
        raise InvalidInput(errors)
