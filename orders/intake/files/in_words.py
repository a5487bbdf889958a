"""The account of an import as a person reads it."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from orders.intake.files.document import Outcome


def in_words(account: Mapping[str, Any]) -> str:
    """Lines for a terminal."""
    return "\n".join(_lines(account))


def _lines(account: Mapping[str, Any]) -> Iterator[str]:
    documents = account["documents"]
    yield _("%(rows)s rows: %(invoices)s invoices, %(cancellations)s cancellations, %(adjustments)s adjustments") % {
        "rows": f"{account['rows']:,}", **documents,
    }  # fmt: skip
    yield _("%(orders)s orders placed, %(rejected)s documents rejected, %(known)s here before") % {
        "orders": documents["orders"], "rejected": documents["rejected"], "known": documents["already_here"],
    }  # fmt: skip
    yield ""
    for outcome in Outcome:
        told = account["outcomes"][outcome.value]
        if told["rows"]:
            yield f"  {outcome.label:<42} {told['rows']:>9,} {told['units']:>12,} {told['source']:>18}"
    yield ""
    heads = (_("source"), _("booked"), _("not booked"), _("difference"))
    yield f"  {account['currency']:<15}" + "".join(f"{head:>18}" for head in heads)
    for name, word in _amount_words().items():
        sides = account["amounts"][name]
        yield f"  {word:<15}" + "".join(f"{amount:>18}" for amount in sides.values())
    yield ""
    yield from _rest(account)


def _amount_words() -> dict[str, str]:
    return {
        "gross": _("gross"),
        "cancellations": _("cancellations"),
        "adjustments": _("adjustments"),
        "net": _("net"),
    }


def _rest(account: Mapping[str, Any]) -> Iterator[str]:
    returns, adjusted = account["returns"], account["stock_adjustments"]
    yield _("Units: %(source)s in the source, %(booked)s booked") % account["units"]
    yield _(
        "Credits: %(applied)s lines taken off orders (%(cancelled)s orders cancelled); waiting for a person: "
        "%(linked)s linked, %(unlinked)s unlinked"
    ) % {
        "applied": returns["applied"]["lines"], "cancelled": returns["orders_cancelled"],
        "linked": returns["waiting_linked"]["lines"], "unlinked": returns["waiting_unlinked"]["lines"],
    }  # fmt: skip
    yield _("Write-offs of stock: %(applied)s applied, %(waiting)s waiting for a person") % {
        "applied": adjusted["applied"]["rows"], "waiting": adjusted["waiting"]["rows"],
    }  # fmt: skip
    yield _("%(customers)s customers, %(skus)s SKUs created") % {
        "customers": account["customers"], "skus": account["skus_created"],
    }  # fmt: skip
    if account["unused_columns"]:
        yield _("Columns not used: %s") % ", ".join(account["unused_columns"])
    yield _("%(seconds)s s, at most %(memory)s MB") % {
        "seconds": account["seconds"], "memory": account["peak_memory_mb"],
    }  # fmt: skip
