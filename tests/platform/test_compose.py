"""The container files: valid, complete, and their very commands run here without a container."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest
import yaml

from oms.servers.home import CHECKOUT
from tests.platform.system import answer, free_port, plain_environment, run, wait_for
from tests.platform.test_env import GOOD_SECRET

COMPOSE = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "beat")
FILLED_IN = {
    "OMS_SECRET_KEY": GOOD_SECRET,
    "OMS_DATA_KEY": GOOD_SECRET,
    "OMS_ALLOWED_HOSTS": "orders.example.com",
    "POSTGRES_PASSWORD": "p",
    "VALKEY_PASSWORD": "v",
}
VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")


def substituted(text: str) -> str:
    """What docker compose makes of ${NAME:-default} and ${NAME:?message}."""
    return VARIABLE.sub(lambda found: FILLED_IN.get(found[1]) or default_of(found), text)


def default_of(found: re.Match[str]) -> str:
    assert found[2] == "-", f"{found[1]} must be set"
    return found[3]


def test_the_file_is_valid_by_the_schema_of_compose():
    schema = ("--builtin-schema", "vendor.compose-spec")
    done = run(sys.executable, "-m", "check_jsonschema", *schema, "docker-compose.yml")

    assert (done.returncode, done.stdout) == (0, "ok -- validation done\n")


def test_every_service_has_a_health_check_and_comes_back_after_a_crash():
    assert sorted(SERVICES) == ["beat", "migrate", "postgres", "valkey", "web", "worker"]
    assert [name for name, service in SERVICES.items() if "healthcheck" not in service] == []
    assert {service["restart"] for service in SERVICES.values()} == {"unless-stopped", "on-failure"}


def test_the_data_lies_in_named_volumes():
    used = {volume.split(":")[0] for s in SERVICES.values() for volume in s.get("volumes", [])}

    assert used == set(COMPOSE["volumes"]) == {"postgres", "valkey", "beat"}


def test_what_must_be_filled_in_is_in_the_example_file():
    text = (CHECKOUT / "docker-compose.yml").read_text()
    asked = {found[1] for found in VARIABLE.finditer(text)}
    example = (CHECKOUT / ".env.example").read_text()

    assert {found[1] for found in VARIABLE.finditer(text) if found[2] == "?"} == set(FILLED_IN)
    assert [name for name in asked if not re.search(rf"^(# )?{name}=", example, re.M)] == []


def test_every_variable_the_code_reads_is_in_the_example_file():
    read = re.compile(r"env_(?:str|bool|int|list|choice|url|secret)\(\s*\"(\w+)\"")
    sources = (CHECKOUT / "oms").rglob("*.py")
    names = {name for path in sources for name in read.findall(path.read_text())}
    example = (CHECKOUT / ".env.example").read_text()
    internal = {"OMS_STATIC_ROOT", "OMS_PROCESS", "OMS_STARTED_AT"}

    assert [n for n in names - internal if not re.search(rf"^(# )?{n}=", example, re.M)] == []


def test_the_image_runs_as_a_plain_user_with_the_same_commands():
    lines = (CHECKOUT / "Dockerfile").read_text().splitlines()
    stages = [line for line in lines if line.startswith("FROM ")]

    assert len(stages) == 3
    assert "USER oms" in lines
    assert 'CMD ["bin/serve", "web"]' in lines


@pytest.fixture(scope="module")
def static_root(tmp_path_factory):
    """What the image holds: everything that `bin/serve build` makes ahead."""
    folder = str(tmp_path_factory.mktemp("static"))
    build = run("bin/serve", "build", OMS_STATIC_ROOT=folder)
    assert build.returncode == 0, build.stdout
    return folder


@pytest.fixture(scope="module")
def environment(static_root, tmp_path_factory):
    """The environment of our services, with a fresh database of the test server."""
    base, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    connection = psycopg2.connect(f"{base}/postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE composed")
    yield {
        **{name: substituted(text) for name, text in SERVICES["web"]["environment"].items()},
        "OMS_STATIC_ROOT": static_root,
        "DATABASE_URL": f"{base}/composed",
        "REDIS_URL": os.environ["REDIS_URL"].rpartition("/")[0] + "/15",
        "OMS_HOME": str(tmp_path_factory.mktemp("home")),
        "PORT": str(free_port()),
    }
    with connection.cursor() as cursor:
        cursor.execute("DROP DATABASE composed WITH (FORCE)")
    connection.close()


@pytest.mark.slow
def test_the_commands_of_the_services_run(environment, tmp_path):
    migrate = run(*SERVICES["migrate"]["command"], **environment)
    assert migrate.returncode == 0, migrate.stdout

    parts = {name: start(name, environment, tmp_path) for name in ("web", "worker", "beat")}
    try:
        for name in parts:
            command = SERVICES[name]["healthcheck"]["test"][1:]
            wait_for(lambda command=command: run(*command, **environment).returncode == 0, 150)
    finally:
        codes = {name: end(part) for name, part in parts.items()}

    assert codes == {"web": 0, "worker": 0, "beat": 0}


def test_without_a_database_the_web_server_lives_but_is_not_ready(static_root, tmp_path):
    port = free_port()
    values = {
        "PORT": str(port),
        "OMS_HOME": str(tmp_path),
        "OMS_STATIC_ROOT": static_root,
        "DATABASE_URL": f"postgres://u:p@127.0.0.1:{free_port()}/none",
        "REDIS_URL": os.environ["REDIS_URL"],
    }
    web = start("web", values, tmp_path)
    try:
        wait_for(lambda: answer(port, "/healthz/live") == (200, "ok\n"))
        status, text = answer(port)
        page = answer(port, "/", Cookie=f"sessionid={'a' * 32}")
    finally:
        end(web)

    assert status == 503
    assert '"database": "away"' in text
    assert page[0] == 503


def start(name: str, environment: dict[str, str], folder: Path) -> "subprocess.Popen[bytes]":
    with (folder / f"{name}.log").open("wb") as output:
        return subprocess.Popen(
            SERVICES[name]["command"],
            cwd=CHECKOUT,
            env=plain_environment(**environment),
            stdout=output,
            stderr=output,
        )


def end(part: "subprocess.Popen[bytes]") -> int:
    part.send_signal(signal.SIGTERM)
    return part.wait(30)
