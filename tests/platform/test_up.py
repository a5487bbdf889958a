"""One system, started by bin/up, that loses its processes one after the other."""

import os
import signal
import sys

import pytest

from oms.servers import valkey
from oms.servers.home import CHECKOUT, Home, is_listening
from tests.platform.system import System, answer, run, wait_for

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc"),
]
SECOND_START_SECONDS = 5.0


@pytest.fixture(scope="module")
def system(tmp_path_factory):
    system = System(tmp_path_factory.mktemp("up") / "home")
    system.start()
    yield system
    if system.process and system.process.poll() is None:
        system.stop()


def is_ready(system: System) -> bool:
    status, text = answer(system.port)
    return status == 200 and '"redis": "ok"' in text


def test_the_first_page_answers(system):
    assert answer(system.port, "/login/")[0] == 200
    assert is_ready(system)


def test_a_second_start_on_the_same_data_is_refused(system):
    second = run(str(CHECKOUT / "bin" / "up"), **system.values)

    assert second.returncode == 1
    assert "already runs on this data folder" in second.stdout
    assert f"http://localhost:{system.port}/" in second.stdout


def test_a_taken_port_is_named_with_the_remedy(system, tmp_path):
    values = system.values | {"OMS_HOME": str(tmp_path / "other")}

    second = run(str(CHECKOUT / "bin" / "up"), **values)

    assert second.returncode == 1
    assert f"PORT={system.port + 1} bin/up" in second.stdout


def test_a_command_beside_it_uses_the_same_servers_and_leaves_them_running(system):
    before = system.postgres_pid()

    system.manage("check", "--database", "default")

    assert system.postgres_pid() == before
    assert is_ready(system)


def test_a_worker_finishes_tasks(system):
    wait_for(lambda: '"worker": "ok"' in answer(system.port)[1])


def test_a_killed_worker_is_started_again(system):
    before = set(system.pids_of(" worker "))

    os.kill(min(before), signal.SIGKILL)

    # Its pool ends with it; after a pause the supervisor starts another one.
    wait_for(lambda: not before & set(system.pids_of(" worker ")))
    wait_for(lambda: system.pids_of(" worker "))


def test_a_killed_database_comes_back_by_itself(system):
    os.kill(system.postgres_pid(), signal.SIGKILL)

    wait_for(lambda: answer(system.port)[0] != 200, 10)
    wait_for(lambda: is_ready(system), 15)


def test_a_killed_broker_comes_back_by_itself(system):
    with valkey._client(Home(system.home)) as client:
        pid = int(client.info("server")["process_id"])

    os.kill(pid, signal.SIGKILL)

    wait_for(lambda: not is_ready(system), 10)
    wait_for(lambda: is_ready(system), 15)


def test_after_a_kill_of_everything_the_next_start_keeps_the_data(system):
    system.manage("shell", "-c", USER)
    for pid in [system.process.pid, system.postgres_pid(), min(system.pids_of("gunicorn"))]:
        os.kill(pid, signal.SIGKILL)
    system.process.wait()

    seconds = system.start()

    print(f"start after a crash: {seconds:.1f} s to the first page")
    assert system.manage("shell", "-v0", "-c", COUNT).strip() == "1"
    assert len([line for line in system.processes().values() if " beat " in line]) == 1


def test_a_clean_stop_leaves_no_process_and_the_next_start_is_fast(system):
    port = int(Home(system.home).remembered("postgres_port"))

    code = system.stop()

    assert code == 0
    assert system.processes() == {}
    assert not is_listening(port)
    seconds = system.start()
    busy = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    print(f"second start: {seconds:.1f} s to the first page; load per processor {busy:.1f}")
    assert seconds <= SECOND_START_SECONDS * busy


def test_a_start_killed_in_the_middle_is_begun_anew(tmp_path):
    system = System(tmp_path / "home")
    system.start_only()
    wait_for(lambda: system.pids_of("manage.py migrate"))

    system.process.kill()
    system.process.wait()

    system.start()
    assert answer(system.port, "/login/")[0] == 200
    assert system.stop() == 0


def test_an_interrupted_start_stops_its_servers(tmp_path):
    system = System(tmp_path / "home")
    system.start_only()
    wait_for(lambda: system.pids_of("manage.py migrate"))

    assert system.stop(signal.SIGTERM) == 1

    assert "interrupted before the system was up" in system.output.read_text()
    assert system.processes() == {}
    assert not is_listening(int(Home(system.home).remembered("postgres_port")))


USER = "from oms.models import User; User.objects.create(username='kept')"
COUNT = "from oms.models import User; print(User.objects.filter(username='kept').count())"
