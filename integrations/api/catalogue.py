"""Products and their SKUs: lists, one, new ones, changes."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from integrations.api import pages
from integrations.api.answers import answer
from integrations.api.caller import Needs
from integrations.api.once import once
from integrations.api.problems import not_found
from integrations.api.schema.catalogue import (
    ProductChanges,
    ProductIn,
    ProductOut,
    ProductPage,
    SkuChanges,
    SkuIn,
    SkuOut,
    SkuPage,
)
from integrations.api.schema.filters import ProductFilters, SkuFilters
from inventory.catalogue import SkuDraft, clean_code, create_sku, update_sku
from inventory.listing import matching
from inventory.models import Product, Sku
from inventory.products import ProductDraft, create_product, update_product
from oms.errors import FieldError, InvalidInput

router = Router(tags=["products"])
READ, WRITE = "products:read", "products:write"


@router.get("/products", auth=Needs(READ, "inventory.view_product"), response=ProductPage)
def list_products(request: HttpRequest, filters: Query[ProductFilters]) -> HttpResponse:
    """Products, the newest first."""
    pages.refuse_unknown(request, ProductFilters)
    rows = _after(Product.objects.prefetch_related("skus").all(), filters)
    if filters.is_active is not None:
        rows = rows.filter(is_active=filters.is_active)
    found = list(rows[: filters.limit + 1])
    return answer(pages.page(found, filters.limit, _show_product, lambda row: (row.pk,)))


@router.get(
    "/products/{int:product_id}", auth=Needs(READ, "inventory.view_product"), response=ProductOut
)
def get_product(request: HttpRequest, product_id: int) -> HttpResponse:
    """One product with the codes of its SKUs."""
    return answer(_show_product(_product(product_id)))


@router.post("/products", auth=Needs(WRITE, "inventory.add_product"), response={201: ProductOut})
@once
def add_product(request: HttpRequest, payload: ProductIn) -> HttpResponse:
    """Create a product."""
    product = create_product(ProductDraft(payload.name, payload.category, payload.is_active))
    return answer(_show_product(product), status=201)


@router.patch(
    "/products/{int:product_id}",
    auth=Needs(WRITE, "inventory.change_product"),
    response=ProductOut,
)
def change_product(request: HttpRequest, product_id: int, payload: ProductChanges) -> HttpResponse:
    """Change the fields that are sent."""
    product = update_product(_product(product_id).pk, **payload.sent())
    return answer(_show_product(product))


@router.get("/skus", auth=Needs(READ, "inventory.view_sku"), response=SkuPage)
def list_skus(request: HttpRequest, filters: Query[SkuFilters]) -> HttpResponse:
    """SKUs, the newest first. `q` finds pieces of code and name, and barcodes."""
    pages.refuse_unknown(request, SkuFilters)
    rows = _after(Sku.objects.prefetch_related("barcodes").all(), filters)
    if filters.code:
        rows = rows.filter(code=clean_code(filters.code))
    if filters.q:
        rows = rows.filter(pk__in=matching(filters.q))
    if filters.is_active is not None:
        rows = rows.filter(is_active=filters.is_active)
    found = list(rows[: filters.limit + 1])
    return answer(pages.page(found, filters.limit, _show_sku, lambda row: (row.pk,)))


@router.get("/skus/{path:code}", auth=Needs(READ, "inventory.view_sku"), response=SkuOut)
def get_sku(request: HttpRequest, code: str) -> HttpResponse:
    """One SKU."""
    return answer(_show_sku(_sku(code)))


@router.post("/skus", auth=Needs(WRITE, "inventory.add_sku"), response={201: SkuOut})
@once
def add_sku(request: HttpRequest, payload: SkuIn) -> HttpResponse:
    """Create a SKU."""
    wanted = payload.model_dump()
    if payload.product is not None:
        _check_product(payload.product)
    sku = create_sku(SkuDraft(product_id=wanted.pop("product"), **wanted))
    return answer(_show_sku(sku), status=201)


@router.patch("/skus/{path:code}", auth=Needs(WRITE, "inventory.change_sku"), response=SkuOut)
def change_sku(request: HttpRequest, code: str, payload: SkuChanges) -> HttpResponse:
    """Change the fields that are sent."""
    changes = payload.sent()
    if "product" in changes:
        _check_product(changes["product"])
        changes["product_id"] = changes.pop("product")
    return answer(_show_sku(update_sku(_sku(code).pk, **changes)))


def _after(rows: QuerySet[Any], filters: ProductFilters) -> QuerySet[Any]:
    after = pages.decode_cursor(filters.cursor, int)
    return (rows.filter(pk__lt=after[0]) if after else rows).order_by("-pk")


def _product(product_id: int) -> Product:
    product = Product.objects.filter(pk=product_id).first()
    if product is None:
        raise not_found()
    return product


def _sku(code: str) -> Sku:
    sku = None
    if code.isprintable():
        sku = Sku.objects.filter(code=clean_code(code)).first()
    if sku is None:
        raise not_found()
    return sku


def _check_product(product_id: int) -> None:
    if not Product.objects.filter(pk=product_id).exists():
        message = _("There is no such product. Leave it out to make a new one.")
        raise InvalidInput([FieldError("product", "unknown", message, product_id)])


def _show_product(product: Product) -> dict[str, Any]:
    return {
        "id": product.pk,
        "name": product.name,
        "category": product.category,
        "is_active": product.is_active,
        "skus": [sku.code for sku in product.skus.all()],
    }


def _show_sku(sku: Sku) -> dict[str, Any]:
    plain = (
        "id", "code", "name", "kind", "tracking", "unit", "weight_grams", "price", "currency", "is_active",
    )  # fmt: skip
    return {name: getattr(sku, name) for name in plain} | {
        "product": sku.product_id,
        "barcodes": [barcode.code for barcode in sku.barcodes.all()],
    }
