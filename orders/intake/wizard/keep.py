"""Receiving a file or pasted rows: everything is kept as it came before anything of it is interpreted."""

import io
import itertools
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from oms.errors import FieldError, InvalidInput
from oms.models import User
from oms.sql import query
from oms.tables.cells import CellProblem, moment, number
from oms.tables.columns import OUR_OWN_FOLDED, fitting, folded, match
from oms.tables.source import Kind, kind_of
from oms.tables.table import Table, UnreadableFile
from oms.tables.text import encoding_of
from orders.intake.files.presets import PRESETS
from orders.intake.files.presets.own import OWN
from orders.intake.files.run import channel_of, digest_of, open_table
from orders.intake.files.stage import row_json
from orders.intake.wizard.group import group_rows
from orders.intake.wizard.memory import remembered
from orders.intake.wizard.models import ImportDraft

MOST_ROWS = 20_000
_BATCH_ROWS = 5_000
_NAME_LENGTH = 200
_COPY = "COPY orders_importdraftrow (draft_id, row_no, group_no, raw) FROM STDIN"
_WRITTEN_IN = {Kind.XLSX: "XLSX", Kind.JSON: "JSON"}


@dataclass(frozen=True, slots=True)
class Received:
    """What somebody hands in; "" leaves preset and channel to the columns."""

    path: Path
    name: str
    preset: str = ""
    channel: str = ""


def keep(received: Received, *, user: User) -> tuple[ImportDraft, bool]:
    """The draft of this content and whether it is new: the same content in the same sense is kept once.

    Raises UnreadableFile when the file as a whole cannot be taken in, InvalidInput naming the field when a choice is
    needed. Nothing is kept then.
    """
    digest = digest_of(received.path)
    with transaction.atomic():
        query("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [digest])
        before = ImportDraft.objects.filter(
            file_hash=digest, channel=received.channel, batch__undone_by__isnull=True
        )
        if received.preset:
            before = before.filter(preset=received.preset)
        known = before.order_by("-pk").first()
        if known is not None:
            return known, False
        return _kept(received, digest, user), True


def _kept(received: Received, digest: str, user: User) -> ImportDraft:
    table = open_table(received.path)
    preset = _preset(received.preset, table)
    channel_of(received.channel, PRESETS.get(preset, OWN))
    draft = ImportDraft(
        user=user,
        changed_by=user,
        file_name=received.name[:_NAME_LENGTH],
        file_hash=digest,
        written_in=_written_in(received.path),
        header=table.header,
        preset=preset,
        channel=received.channel,
    )
    if not preset:
        _refuse_data_for_header(table.header)
        draft.mapping = remembered(table.header)
    draft.save()
    draft.rows_total = _copy(draft, table)
    draft.save(update_fields=["rows_total"])
    group_rows(draft)
    return draft


def _preset(name: str, table: Table) -> str:
    """The preset that knows the columns, "" when a person must match them."""
    if name:
        match(PRESETS[name].layout, table.header)
        return name
    fits = fitting([preset.layout for preset in PRESETS.values()], table.header)
    if len(fits) > 1:
        words = _("The columns fit several kinds of file. Choose which one it is.")
        raise InvalidInput([FieldError("preset", "several", words)])
    if not fits or (fits == [OWN.name] and _is_more_than_ours(table.header)):
        return ""
    match(PRESETS[fits[0]].layout, table.header)
    return fits[0]


def _is_more_than_ours(header: list[str]) -> bool:
    ours = {folded(heading) for headings in OWN.columns.values() for heading in headings}
    keys = [folded(heading) for heading in header if heading]
    return bool(set(keys) - ours - OUR_OWN_FOLDED) or len(set(keys)) < len(keys)


def _written_in(path: Path) -> str:
    kind = kind_of(path)
    if kind is Kind.TEXT:
        return "UTF-8" if encoding_of(path) == "utf-8-sig" else "GB18030"
    return _WRITTEN_IN[kind]


def _refuse_data_for_header(header: list[str]) -> None:
    """Headings are words: a first row with a number or a time in it is a row of an order."""
    for cell in filter(None, header):
        if _is_value(cell):
            raise UnreadableFile(
                _(
                    "The first row has “%s” where a heading must stand. "
                    "Copy the row of headings too, then try again."
                )
                % cell[:40]
            )


def _is_value(cell: str) -> bool:
    for read in (number, lambda text: moment(text, ZoneInfo(settings.TIME_ZONE))):
        try:
            read(cell)
        except CellProblem:
            continue
        return True
    return False


def _copy(draft: ImportDraft, table: Table) -> int:
    count = 0
    with connection.cursor() as cursor:
        while batch := list(itertools.islice(table.rows, _BATCH_ROWS)):
            count += len(batch)
            if count > MOST_ROWS:
                raise UnreadableFile(
                    _(
                        "The file has more than %(most)s rows. Split it, or use the command import_orders."
                    )
                    % {"most": f"{MOST_ROWS:,}"}
                )
            lines = []
            for row_no, cells in batch:
                raw = row_json(row_no, cells).replace("\\", "\\\\")
                lines.append(f"{draft.pk}\t{row_no}\t{row_no}\t{raw}\n")
            cursor.copy_expert(_COPY, io.StringIO("".join(lines)))
    if not count:
        raise UnreadableFile(
            _(
                "The file has headings but no rows below them. Fill in at least one row, then try again."
            )
        )
    return count
