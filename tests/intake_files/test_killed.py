"""kill -9 at a chunk's end and in its middle: run again, the books end up the same as without."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from oms.sql import query
from orders.intake.models import ImportBatch
from orders.invariants import violations
from orders.models import Order, ReturnLine
from tests.intake_files.conftest import HEADER

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

CHUNK_ROWS = 20
ROWS = [
    row
    for at in range(100)
    for row in (
        f"{at},22666,BOX,{at % 7 + 1},2010-12-01 09:{at % 60:02}:00,2.95,{at % 5}2345.0,EIRE",
        f"{at},2266{at % 9},TIN,2,2010-12-01 09:{at % 60:02}:00,0.335,{at % 5}2345.0,EIRE",
        f"C{at},22666,BOX,-{at % 4 + 1},2010-12-02 09:00:00,2.95,{at % 5}2345.0,EIRE",
    )
]
RUN = f"""
import django, sys
django.setup()
from django.core.management import call_command
from orders.intake.files import load
load.CHUNK_ROWS = {CHUNK_ROWS}
call_command("import_orders", sys.argv[1], "--channel", sys.argv[2])
"""


@pytest.fixture
def file(write):
    return write("\n".join([HEADER, *ROWS]))


def start(file: Path, channel: str) -> "subprocess.Popen[str]":
    known = connection.settings_dict
    login = f"{quote(known['USER'])}:{quote(known['PASSWORD'])}"
    url = f"postgres://{login}@{known['HOST']}:{known['PORT']}/{known['NAME']}"
    return subprocess.Popen(
        [sys.executable, "-c", RUN, str(file), channel],
        env=os.environ | {"DATABASE_URL": url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def kill(process: "subprocess.Popen[str]") -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL


def wait_for_chunk(process: "subprocess.Popen[str]", number: int) -> None:
    """Until the process has said so many times that rows are taken in."""
    assert process.stderr is not None
    said: list[str] = []
    while sum("taken in" in line for line in said) < number:
        line = process.stderr.readline()
        assert line, said
        said.append(line)


def wait_until_blocked() -> None:
    """Until somebody waits for our lock: he is in the middle of a chunk then."""
    for _try in range(600):
        if query(
            "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        ):
            return
        time.sleep(0.05)
    raise AssertionError("nobody came to the lock")


def end_state(channel: str) -> tuple[object, ...]:
    batch = ImportBatch.objects.get(channel__code=channel)
    personal = {"import", "channel", "seconds", "peak_memory_mb", "skus_created"}
    return (
        {name: told for name, told in batch.account.items() if name not in personal},
        list(batch.rows.order_by("row_no").values_list("row_no", "raw", "outcome", "document")),
        sorted(
            Order.objects.filter(channel__code=channel).values_list(
                "external_no", "status", "total_amount"
            )
        ),
        sorted(
            ReturnLine.objects.filter(document__channel__code=channel).values_list(
                "document__external_no", "order_line__order__external_no", "quantity", "status"
            ),
            key=str,
        ),
    )


def compare_with_an_undisturbed_run(file: Path) -> None:
    process = start(file, "undisturbed")
    assert (process.communicate()[1], process.returncode)[1] == 0
    call_command("import_orders", str(file), "--channel", "killed")
    assert end_state("killed") == end_state("undisturbed")
    assert [str(one) for one in violations()] == []


def test_killed_at_the_end_of_a_chunk(file) -> None:
    process = start(file, "killed")
    wait_for_chunk(process, 2)
    kill(process)

    done = ImportBatch.objects.get(channel__code="killed")
    assert 2 * CHUNK_ROWS <= done.rows_done < len(ROWS)
    assert done.rows.count() == done.rows_done
    compare_with_an_undisturbed_run(file)


@pytest.mark.parametrize("table", ["orders_importrow", "orders_returnline", "orders_orderline"])
def test_killed_in_the_middle_of_a_chunk(file, table) -> None:
    process = start(file, "killed")
    wait_for_chunk(process, 1)
    with transaction.atomic():
        query(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
        wait_until_blocked()
        kill(process)

    done = ImportBatch.objects.get(channel__code="killed")
    assert 0 < done.rows_done < len(ROWS)
    compare_with_an_undisturbed_run(file)
