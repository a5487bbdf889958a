"""SKUs that a file tells of: created when they are new, named when they were known by their code only."""

import re
from collections.abc import Iterable, Mapping

from inventory.catalogue import CODE_LENGTH, NAME_LENGTH, SkuDraft, clean_code, create_skus
from inventory.models import Sku
from inventory.naming import name_bare_skus
from oms.errors import InvalidInput
from orders.intake.files.document import Document, Named

_AT = re.compile(r"skus\[(\d+)\]")


class Goods:
    """The SKUs of one run. What was looked at once is not asked for again."""

    def __init__(self, currency: str) -> None:
        self.currency = currency
        self._settled: set[str] = set()

    def take(self, documents: Iterable[Document]) -> int:
        """Create and name what the documents tell of; returns how many SKUs are new. Inside a transaction."""
        told: dict[str, Named] = {}
        for document in documents:
            if document.is_rejected:
                continue
            for code, named in document.skus.items():
                if code not in self._settled and (code not in told or told[code].name == code):
                    told[code] = named
        if not told:
            return 0
        known = set(Sku.objects.filter(code__in=told).values_list("code", flat=True))
        drafts = {code: self._draft(code, named) for code, named in told.items()}
        name_bare_skus([drafts[code] for code in known if told[code].name != code])
        return _create([draft for code, draft in drafts.items() if code not in known])

    def settle(self, documents: Iterable[Document]) -> None:
        """The transaction is committed: codes that have their name need no second look."""
        for document in documents:
            if not document.is_rejected:
                self._settled.update(
                    code for code, named in document.skus.items() if named.name != code
                )

    def _draft(self, code: str, named: Named) -> SkuDraft:
        name = " ".join(named.name.split())[:NAME_LENGTH]
        return SkuDraft(code, name or code, price=named.price, currency=self.currency)


def _create(drafts: list[SkuDraft]) -> int:
    """Create those that can be; the others stay unknown, and the orders that name them say so."""
    if not drafts:
        return 0
    try:
        return len(create_skus(drafts))
    except InvalidInput as error:
        bad = {int(found[1]) for one in error.errors if (found := _AT.match(one.field))}
        return _create([draft for at, draft in enumerate(drafts) if at not in bad]) if bad else 0


def ids_by_code(codes: Iterable[str]) -> Mapping[str, int]:
    """The SKUs' ids by code; unknown ones are left out."""
    wanted = {clean_code(code) for code in codes if len(code) <= CODE_LENGTH}
    return dict(Sku.objects.filter(code__in=wanted).values_list("code", "id"))
