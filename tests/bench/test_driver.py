import os
import signal
import subprocess
import sys
import time

import pytest
import redis

from integrations.bench import driver
from integrations.bench.registry import BENCHMARKS, Benchmark
from integrations.bench.scratch import (
    BenchProblem,
    Server,
    empty_redis,
    only_run,
    server_of_environment,
)
from integrations.bench.workbench import Options

TINY = Options(rounds=1, sizes=(100, 200), is_quick=True)

pytestmark = pytest.mark.slow


@pytest.fixture
def server(monkeypatch):
    """The test server, with throw-away names of this test worker's own."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "only")
    url = server_of_environment().url_of(f"oms_{worker}")
    monkeypatch.setenv("DATABASE_URL", url)
    return Server(url)


def test_a_run_measures_checks_and_leaves_nothing_behind(server):
    (report,) = driver.run_all([BENCHMARKS["place_cpu"]], TINY)

    assert report.verdict in ("met", "missed")
    assert [goal.limit for goal in report.goals] == [1.5, 3]
    assert server.leftovers() == []


def test_a_benchmark_that_fails_is_void_and_leaves_nothing_behind(server):
    broken = Benchmark("broken", "there is no such module", "integrations.bench.broken")

    (report,) = driver.run_all([broken], TINY)

    assert report.verdict == "void"
    assert server.leftovers() == []


def test_a_run_that_is_stopped_leaves_nothing_behind(server):
    run = subprocess.Popen(
        [sys.executable, "manage.py", "bench", "place_cpu", "--quick"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while len(server.leftovers()) < 2 and time.monotonic() < deadline:
        time.sleep(0.1)
    begun = server.leftovers()
    run.send_signal(signal.SIGTERM)

    assert run.wait(60) == 130
    assert len(begun) >= 2
    assert server.leftovers() == []


def test_what_a_killed_run_left_is_dropped_by_the_next(server):
    server.create(f"{server.prefix}_of_a_killed_run")

    with only_run(server):
        assert server.leftovers() == []


def test_the_redis_database_of_a_run_is_empty_before_and_after():
    with empty_redis(os.environ["REDIS_URL"]) as address:
        client = redis.Redis.from_url(address)
        before = client.dbsize()
        client.set("nudge", 1)

    assert (before, client.dbsize()) == (0, 0)
    client.close()


def test_two_runs_at_once_are_refused_and_the_first_goes_on(server):
    second, name = only_run(server), f"{server.prefix}_of_the_first"

    with only_run(server):
        server.create(name)
        with pytest.raises(BenchProblem, match="Another benchmark run"):
            second.__enter__()
        assert server.leftovers() == [name]


def test_only_throw_away_databases_can_be_dropped(server):
    with pytest.raises(ValueError, match="not a throw-away"):
        server.drop("postgres")


def test_the_names_of_throw_away_databases_begin_with_the_live_ones():
    assert Server("postgres://u:p@h/shop").prefix == "shop_bench"
    assert Server("postgres://u:p@h/shop_bench_lists").prefix == "shop_bench"
