"""Runs benchmarks: throw-away databases before, a process of its own for each, nothing left behind."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict

from django.db import connection

from integrations.bench.goals import Report
from integrations.bench.registry import Benchmark
from integrations.bench.scratch import (
    BenchProblem,
    Server,
    empty_redis,
    only_run,
    server_of_environment,
)
from integrations.bench.workbench import Options, say

_STOP_SECONDS = 20


def run_all(benchmarks: Sequence[Benchmark], options: Options) -> Iterator[Report]:
    """Run one after the other and yield each report. Raises BenchProblem with a remedy."""
    server = server_of_environment()
    connection.close()
    with (
        _asked_to_stop(),
        only_run(server),
        empty_redis(os.environ["REDIS_URL"]) as redis_url,
    ):
        environment = {**os.environ, "REDIS_URL": redis_url}
        _make_empty_database(server, environment)
        for benchmark in benchmarks:
            say(f"{benchmark.name} – {benchmark.title}")
            yield _run_one(benchmark, options, environment)


@contextmanager
def _asked_to_stop() -> Iterator[None]:
    """SIGTERM ends the run as Ctrl-C does, so that everything is cleaned up."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _make_empty_database(server: Server, environment: dict[str, str]) -> None:
    """A database with all tables and roles and no data; the others are copies of it."""
    name = f"{server.prefix}_empty"
    server.create(name)
    environment = {**environment, "DATABASE_URL": server.url_of(name)}
    say("making the database")
    for command in (["migrate", "--no-input"], ["sync_roles"]):
        done = subprocess.run(
            [sys.executable, "manage.py", *command, "--verbosity=0"],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise BenchProblem(f"manage.py {command[0]} failed:\n{done.stdout}{done.stderr}")


def _run_one(benchmark: Benchmark, options: Options, environment: dict[str, str]) -> Report:
    """The report of a child process; a void one when it failed."""
    with tempfile.NamedTemporaryFile("r", suffix=".json") as answer:
        child = subprocess.Popen(
            [sys.executable, "-m", "integrations.bench.child", benchmark.name, answer.name],
            env={**environment, "OMS_BENCH": json.dumps(asdict(options))},
            start_new_session=True,
        )
        try:
            code = child.wait()
        finally:
            _end(child)
        if code == 0:
            return Report.from_json(json.load(answer))
    report = Report(benchmark.name)
    report.check("the benchmark ran to its end", False, f"exit code {code}, see above")
    return report


def _end(child: "subprocess.Popen[bytes]") -> None:
    """End the child and everything it started (it leads a session of its own)."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(child.pid, number)
            child.wait(_STOP_SECONDS)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue
