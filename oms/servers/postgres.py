"""One embedded PostgreSQL: made once, started when down, stopped when nobody needs it."""

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2 import sql

from oms.servers.binaries import own, programs
from oms.servers.home import Home, ServerProblem
from oms.servers.processes import command_line, outlive, tail

EXTENSIONS = ("pg_trgm", "btree_gin", "btree_gist", "unaccent", "pg_stat_statements")
_START_SECONDS = 60
_STOP_SECONDS = 30
_MB = 1024 * 1024
# Every process of the server has its data folder as current folder, so it finds the folder by
# this name even where the unprivileged user may not pass through the folders above it.
_HERE = "/proc/self/cwd"


def ensure(home: Home) -> str:
    """Start the server unless it runs; returns its DATABASE_URL."""
    if not _answers(home):
        _make_cluster(home)
        _start(home)
        _prepare(home)
    return _url(home)


def stop(home: Home) -> None:
    """Fast shutdown: open transactions are rolled back, all that was committed is kept."""
    pid = _running_pid(home)
    if pid is None:
        return
    os.kill(pid, 2)
    deadline = time.monotonic() + _STOP_SECONDS
    while _data(home).joinpath("postmaster.pid").exists():
        if time.monotonic() > deadline:
            raise ServerProblem(f"PostgreSQL (process {pid}) did not stop; see {_log(home)}.")
        time.sleep(0.02)


def _url(home: Home) -> str:
    password, port = home.secret("postgres_password"), home.remembered("postgres_port")
    return f"postgres://oms:{password}@127.0.0.1:{port}/oms"


def _connect(home: Home, database: str) -> Any:
    connection = psycopg2.connect(
        host="127.0.0.1",
        port=home.remembered("postgres_port"),
        user="postgres",
        password=home.secret("postgres_superuser_password"),
        dbname=database,
        connect_timeout=5,
    )
    connection.autocommit = True
    return connection


def _answers(home: Home) -> bool:
    """Whether the server runs. That our password is accepted proves that it is ours."""
    if not home.remembered("postgres_port"):
        return False
    try:
        _connect(home, "postgres").close()
    except psycopg2.OperationalError:
        return False
    return True


def _data(home: Home) -> Path:
    return home.root / "postgres"


def _log(home: Home) -> Path:
    return home.log("postgres")


def _folder_argument(home: Home) -> str:
    return _HERE if Path(_HERE).exists() else str(_data(home))


def _run_arguments(home: Home) -> dict[str, Any]:
    environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C"}
    return {"cwd": _data(home), "env": environment, "stdin": subprocess.DEVNULL}


def _make_cluster(home: Home) -> None:
    """initdb, once. A first attempt that was killed half-way is begun anew."""
    data = _data(home)
    identity = own(data)
    if (data / "PG_VERSION").exists() and home.remembered("cluster") == "made":
        return
    if any(data.iterdir()) and home.remembered("cluster") == "made":
        raise ServerProblem(f"{data} holds files but no database. Restore it from a backup.")
    _empty(data)
    with tempfile.NamedTemporaryFile("w") as password:
        password.write(home.secret("postgres_superuser_password"))
        password.flush()
        if identity:
            os.chown(password.name, identity["user"], identity["group"])
        _initdb(home, password.name, identity)
    home.remember("cluster", "made")


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _initdb(home: Home, password_file: str, identity: dict[str, Any]) -> None:
    command = [
        str(programs(home).postgres / "initdb"),
        f"--pgdata={_folder_argument(home)}",
        "--username=postgres",
        f"--pwfile={password_file}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--locale=C.UTF-8",
        *(["--no-sync"] if home.throw_away else []),
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, **_run_arguments(home), **identity
    )
    if done.returncode != 0:
        raise ServerProblem(f"PostgreSQL's initdb failed:\n{done.stdout}{done.stderr}")


def _start(home: Home) -> None:
    _remove_stale_pid_file(home)
    settings = {**_settings(home), "port": str(home.port("postgres_port"))}
    command = [str(programs(home).postgres / "postgres"), "-D", _folder_argument(home)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    with home.open_log("postgres") as log:
        server = subprocess.Popen(
            command,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **_run_arguments(home),
            **own(_data(home)),
        )
    deadline = time.monotonic() + _START_SECONDS
    while not _answers(home):
        if server.poll() is not None or time.monotonic() > deadline:
            log_end = tail(_log(home))
            raise ServerProblem(f"PostgreSQL did not start; the end of {_log(home)}:\n{log_end}")
        time.sleep(0.02)
    outlive(server)


def _settings(home: Home) -> dict[str, str]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // _MB
    settings = {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "max_connections": "80",
        "shared_preload_libraries": "pg_stat_statements",
        "shared_buffers": f"{min(512, max(64, memory // 8))}MB",
        "effective_cache_size": f"{memory // 2}MB",
        "work_mem": f"{min(16, max(4, memory // 256))}MB",
        "maintenance_work_mem": f"{min(256, max(64, memory // 16))}MB",
        "max_wal_size": "4GB",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_lock_waits": "on",
        "log_min_duration_statement": "2s",
    }
    if home.throw_away:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        # A test rolls back what it wrote. The statistics would say "empty", whenever they were taken, and
        # plans for empty tables are slow in the next test that fills them.
        settings["autovacuum"] = "off"
        settings |= {"shared_buffers": "128MB", "max_wal_size": "1GB"}
    return settings


def _prepare(home: Home) -> None:
    """The application's role and database; extensions in the template, so in every database."""
    password = home.secret("postgres_password")
    connection = _connect(home, "template1")
    with connection, connection.cursor() as cursor:
        for extension in EXTENSIONS:
            cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'oms'")
        if not cursor.fetchone():
            statement = sql.SQL("CREATE ROLE oms LOGIN CREATEDB PASSWORD {}")
            cursor.execute(statement.format(sql.Literal(password)))
            cursor.execute("GRANT pg_monitor, pg_checkpoint, pg_signal_backend TO oms")
            # Lets a benchmark or a test that seeds corruption silence triggers for its session.
            cursor.execute("GRANT SET ON PARAMETER session_replication_role TO oms")
    connection.close()
    connection = _connect(home, "postgres")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'oms'")
        if not cursor.fetchone():
            cursor.execute("CREATE DATABASE oms OWNER oms")
    connection.close()


def _running_pid(home: Home) -> int | None:
    """The server's process, or None; a pid taken over by another program is not it."""
    try:
        pid = int((_data(home) / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None
    return pid if "postgres" in command_line(pid) else None


def _remove_stale_pid_file(home: Home) -> None:
    """After a crash the pid may belong to another program; PostgreSQL would refuse to start."""
    if _running_pid(home) is None:
        (_data(home) / "postmaster.pid").unlink(missing_ok=True)
