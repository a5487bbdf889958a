"""What an import would do with documents, without writing anything: the same reading and the same checks."""

from collections.abc import Sequence

from oms.models import Channel
from orders.intake.draft import ZERO, KnownChannel, KnownSku
from orders.intake.files.document import Document, Outcome
from orders.intake.files.settle import refuse
from orders.intake.place import Placed, Rejected, Taken, judge_orders


def rehearse(documents: Sequence[Document], channel: Channel) -> dict[str, Taken]:
    """Give every row the outcome that it would have now.

    Returns the documents whose number belongs to an order with other content; their rows keep what they would be.
    """
    wanted = [one for one in documents if one.draft is not None and not one.is_rejected]
    drafts = [one.draft for one in wanted if one.draft is not None]
    known = KnownChannel(0, channel.code, channel.currency, True)
    verdicts = judge_orders(
        drafts,
        channels={channel.code: known} if channel.pk is None else {},
        skus=_coming(wanted),
    )
    taken: dict[str, Taken] = {}
    for document, verdict in zip(wanted, verdicts, strict=True):
        if isinstance(verdict, Rejected):
            refuse(document, verdict)
        elif isinstance(verdict, Taken):
            taken[document.number] = verdict
        elif isinstance(verdict, Placed):
            document.settle(document.line_rows, Outcome.DUPLICATE)
    return taken


def _coming(documents: Sequence[Document]) -> dict[str, KnownSku]:
    """The SKUs that these documents tell of: importing them creates those that are new."""
    return {
        code: KnownSku(0, code, named.name, "goods", ZERO, True)
        for document in documents
        for code, named in document.skus.items()
    }
