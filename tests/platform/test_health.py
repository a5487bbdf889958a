import re

import pytest
from django.core.cache import cache

from oms.health import Gauge
from oms.tasks import HEARTBEAT, heartbeat

LINE = re.compile(r"[a-z_]+(\{[a-z_]+=\"[^\"]*\"(,[a-z_]+=\"[^\"]*\")*\})? [0-9.e+infa-]+")


def test_live_answers_without_touching_the_database(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        answer = client.get("/healthz/live")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_ready_tells_each_part(client):
    heartbeat()

    answer = client.get("/healthz/ready")

    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "database": "ok", "redis": "ok", "worker": "ok"}
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_a_silent_worker_does_not_take_the_pages_away(client):
    cache.delete(HEARTBEAT)

    answer = client.get("/healthz/ready")

    assert (answer.status_code, answer.json()["worker"]) == (200, "unknown")


@pytest.mark.django_db
def test_metrics_are_lines_of_the_prometheus_format(client):
    lines = client.get("/metrics").content.decode().splitlines()

    assert "oms_database_up 1" in lines
    assert [line for line in lines if not LINE.fullmatch(line)] == []


def test_a_gauge_writes_its_labels():
    assert str(Gauge("oms_orders", 12, 'state="approved"')) == 'oms_orders{state="approved"} 12'


@pytest.mark.django_db
def test_metrics_are_not_for_others(client):
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404


@pytest.mark.django_db
def test_with_a_token_metrics_need_it_from_everywhere(client, settings):
    settings.METRICS_TOKEN = "a-long-random-token"

    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 404
    good = client.get("/metrics", headers={"Authorization": "Bearer a-long-random-token"})
    assert good.status_code == 200


@pytest.mark.parametrize("path", ["/healthz/live", "/healthz/ready", "/metrics"])
def test_a_post_is_refused(client, db, path):
    assert client.post(path).status_code == 405
