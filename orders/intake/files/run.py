"""Taking in one file from beginning to end: the verb behind the command and the screen."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from oms.errors import NotPossible
from oms.models import Channel, User
from oms.sql import query
from oms.tables.columns import Columns, detect, match
from oms.tables.source import Kind, kind_of
from oms.tables.table import Table, UnreadableFile
from oms.tables.text import read_text
from oms.tables.xlsx import read_xlsx
from orders.intake.files.account import account_of
from orders.intake.files.document import Intake, Outcome
from orders.intake.files.json_table import read_json
from orders.intake.files.load import Loader
from orders.intake.files.memory import peak_megabytes, without_collection
from orders.intake.files.preset import Preset
from orders.intake.files.presets import PRESETS
from orders.intake.files.settle import Booking
from orders.intake.files.stage import drop_stage, stage, staged
from orders.intake.models import ImportBatch
from orders.review.accept_channel import accept_channel

Tell = Callable[[str], None]
_READERS = {Kind.TEXT: read_text, Kind.JSON: read_json, Kind.XLSX: read_xlsx}
_LOCK = 0x494D50  # distinguishes our advisory locks: "IMP"
_NAME_LENGTH = 200
_PATIENCE = 20  # seconds
_FINISHED = ImportBatch.Status.FINISHED
# Of the account; a run that changed nothing leaves them as they were.
_OF_THE_RUN = ("seconds", "peak_memory_mb")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be taken in and how; "" leaves the choice to the file's columns and the preset."""

    path: Path
    name: str
    preset: str = ""
    channel: str = ""
    most_rows: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A table that is understood: how its columns are read, and by which digest its content is known again."""

    name: str
    digest: str
    table: Table
    preset: Preset
    columns: Columns
    channel: str = ""
    most_rows: int | None = None


def import_file(wanted: Wanted, *, actor: User | None, tell: Tell) -> ImportBatch:
    """Take the file in, or go on where an earlier run stopped; returns the finished batch with its account.

    Raises UnreadableFile when the file as a whole cannot be taken in (nothing was written), and as `take_in` does.
    """
    table = open_table(wanted.path)
    preset = _preset(wanted.preset, table)
    source = Source(
        wanted.name, digest_of(wanted.path), table, preset, match(preset.layout, table.header),
        wanted.channel, wanted.most_rows,
    )  # fmt: skip
    return take_in(source, actor=actor, tell=tell)


def take_in(source: Source, *, actor: User | None, tell: Tell) -> ImportBatch:
    """Take the table in, or go on where an earlier run stopped; returns the finished batch with its account.

    Of one that is finished already only what was rejected is tried again. Raises UnreadableFile when it breaks off
    (nothing was written), NotPossible while another process takes in the same file.
    """
    started = monotonic()
    preset, columns = source.preset, source.columns
    channel = channel_of(source.channel, preset)
    done = ImportBatch.objects.filter(
        file_hash=source.digest, channel__code=channel.code, preset=preset.name, status=_FINISHED
    ).first()
    if done is not None and not done.rows.filter(outcome=Outcome.REJECTED).exists():
        tell(_("This file was taken in before; nothing is left to do."))
        return done
    # Nothing is written before the whole file has been read.
    count = _stage(source, tell)
    channel = _stored(channel, preset)
    batch, _created = ImportBatch.objects.get_or_create(
        file_hash=source.digest,
        channel=channel,
        preset=preset.name,
        defaults={
            "file_name": source.name[:_NAME_LENGTH], "header": source.table.header, "rows_total": count,
            "actor": actor,
        },
    )  # fmt: skip
    with _AloneWith(batch):
        _reopen(batch)
        _load(batch, preset, columns, Booking(channel, channel.currency, actor), tell)
        _finish(batch, columns, monotonic() - started)
    return batch


def open_table(path: Path) -> Table:
    """The table in a file of any kind. Raises UnreadableFile."""
    return _READERS[kind_of(path)](path)


def _preset(name: str, table: Table) -> Preset:
    if not name:
        return PRESETS[detect([preset.layout for preset in PRESETS.values()], table.header)]
    if name not in PRESETS:
        raise UnreadableFile(
            _("There is no preset %(name)s. Choose one of: %(known)s.")
            % {"name": name[:40], "known": ", ".join(PRESETS)}
        )
    return PRESETS[name]


def channel_of(code: str, preset: Preset) -> Channel:
    """The channel the orders come from; not stored yet when it is created by this import, as a preset's own one is.

    Raises UnreadableFile when there is no such channel and none may be created.
    """
    wanted = code or preset.channel
    channel = Channel.objects.filter(code=wanted).first()
    if channel is not None:
        return channel
    if code and code != preset.channel and not preset.creates_any_channel:
        known = ", ".join(Channel.objects.values_list("code", flat=True)) or "–"
        raise UnreadableFile(
            _(
                "There is no channel %(code)s. There are: %(known)s. Create it in the settings or name another."
            )
            % {"code": code[:40], "known": known}
        )
    return Channel(code=wanted, name=str(preset.title)[:80], currency=preset.currency)


def _stored(channel: Channel, preset: Preset) -> Channel:
    if channel._state.adding:
        defaults = {"name": channel.name, "currency": channel.currency}
        channel, is_new = Channel.objects.get_or_create(code=channel.code, defaults=defaults)
        if is_new and preset.are_invoices:
            accept_channel(channel)
    return channel


def digest_of(path: Path) -> str:
    """By which the same content is known again."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def intake_of(channel: Channel, preset: Preset, columns: Columns) -> Intake:
    """What is common to all rows of a file of this preset."""
    return Intake(
        channel=channel.code,
        currency=channel.currency,
        zone=ZoneInfo(preset.zone or settings.TIME_ZONE),
        words=preset.words,
        headings=columns.headings,
    )


class _AloneWith:
    """Nobody else takes in this batch meanwhile; the database forgets it when the process dies."""

    def __init__(self, batch: ImportBatch) -> None:
        self._batch = batch
        self._key = [_LOCK, batch.pk]

    def __enter__(self) -> None:
        # A process that was killed a moment ago may live on in the server until its statement ends.
        for _second in range(_PATIENCE):
            if query("SELECT pg_try_advisory_lock(%s, %s)", self._key)[0][0]:
                # What it still committed counts.
                self._batch.refresh_from_db()
                return
            sleep(1)
        raise NotPossible(_("Another process is taking in the same file. Let it finish."))

    def __exit__(self, *_error: object) -> None:
        if not connection.needs_rollback:
            query("SELECT pg_advisory_unlock(%s, %s)", self._key)


def _stage(source: Source, tell: Tell) -> int:
    with without_collection():
        count = stage(
            source.table,
            source.columns.places[0],
            lambda rows: tell(_("%s rows read") % f"{rows:,}"),
        )
    if source.most_rows is not None and count > source.most_rows:
        raise UnreadableFile(
            _(
                "The file has %(rows)s rows; here at most %(most)s are taken in. Use the command import_orders."
            )
            % {"rows": f"{count:,}", "most": f"{source.most_rows:,}"}
        )
    return count


def _reopen(batch: ImportBatch) -> None:
    """Rows that were rejected in an earlier run get another chance: a SKU may exist by now."""
    if batch.status != _FINISHED:
        return
    with transaction.atomic():
        rejected, _by_model = batch.rows.filter(outcome=Outcome.REJECTED).delete()
        batch.rows_done -= rejected
        batch.status = ImportBatch.Status.RUNNING
        batch.save(update_fields=["rows_done", "status"])


def _load(
    batch: ImportBatch, preset: Preset, columns: Columns, booking: Booking, tell: Tell
) -> None:
    def said(done: int) -> None:
        share = done * 100 // max(batch.rows_total, 1)
        tell(
            _("%(done)s of %(all)s rows taken in (%(share)d %%)")
            % {"done": f"{done:,}", "all": f"{batch.rows_total:,}", "share": share}
        )

    Loader(batch, preset, intake_of(booking.channel, preset, columns), columns, booking).load(
        staged(batch.pk), said
    )
    drop_stage()


def _finish(batch: ImportBatch, columns: Columns, seconds: float) -> None:
    account: dict[str, Any] = {"import": batch.pk, "file": batch.file_name} | account_of(batch)
    account["unused_columns"] = list(columns.unused)
    if account != {name: told for name, told in batch.account.items() if name not in _OF_THE_RUN}:
        account["seconds"] = round(seconds, 1)
        account["peak_memory_mb"] = peak_megabytes()
        batch.account = account
    batch.status = _FINISHED
    batch.finished_at = datetime.now(UTC)
    batch.save(update_fields=["account", "status", "finished_at"])
