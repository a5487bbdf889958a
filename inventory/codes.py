"""From what is typed or scanned to SKUs."""

from collections.abc import Iterable

from inventory.catalogue import clean_code
from inventory.models import Sku, SkuBarcode


def skus_by_code(texts: Iterable[str]) -> dict[str, Sku]:
    """The SKU that each text names by its code or by a barcode; unknown ones are left out. Two queries."""
    wanted = {text: clean_code(text) for text in texts if text.strip() and "\x00" not in text}
    codes = set(wanted.values())
    skus = {sku.code: sku for sku in Sku.objects.filter(code__in=codes)} if codes else {}
    others = (codes | {text.strip() for text in wanted}) - skus.keys()
    scanned = SkuBarcode.objects.filter(code__in=others).select_related("sku")
    by_barcode = {one.code: one.sku for one in scanned} if others else {}
    return {
        text: sku
        for text, code in wanted.items()
        if (sku := skus.get(code) or by_barcode.get(text.strip()) or by_barcode.get(code))
    }
