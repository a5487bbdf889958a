import pytest
from gunicorn.workers.gthread import ThreadWorker

from oms import gunicorn_worker
from oms.gunicorn_worker import EvenWorker


@pytest.mark.parametrize(("connections", "waits"), [(0, 0), (1, 0.0005), (4, 0.002), (90, 0.002)])
def test_the_more_connections_a_process_has_the_longer_it_leaves_a_new_one_to_others(
    connections, waits, monkeypatch
):
    done: list[object] = []
    monkeypatch.setattr(gunicorn_worker.time, "sleep", done.append)
    monkeypatch.setattr(ThreadWorker, "accept", lambda _self, listener: done.append(listener))
    worker = EvenWorker.__new__(EvenWorker)
    worker.nr_conns = connections

    worker.accept("listener")

    assert done == [waits, "listener"]
