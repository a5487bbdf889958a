"""Makes the environment (`.venv`) and runs one of our commands in it. Needs only Python 3.11.

Only the standard library is used here: this runs before anything is installed.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOWEST = (3, 11)


class StepFailed(Exception):
    """A step of the set-up failed; the text says which one and what to do."""


def main(arguments: list[str]) -> None:
    """`launch.py up|test|manage|serve …`: prepare, then become that command.

    `launch.py prepare [REQUIREMENTS]` makes the environment only.
    """
    # `bin/up` tells how long the whole start took.
    os.environ["OMS_STARTED_AT"] = str(time.time())
    if sys.version_info < LOWEST:
        raise StepFailed(
            f"Python {sys.version.split()[0]} is too old. Install Python 3.11 or newer, or name "
            "one: PYTHON=/path/to/python3.11 bin/up"
        )
    command, *rest = arguments
    requirements = "requirements-dev.txt" if command == "test" else "requirements.txt"
    if command == "prepare":
        requirements = (rest or [requirements])[0]
    with open(__file__, "rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        make_environment()
        install(requirements)
    if command == "prepare":
        return
    os.chdir(ROOT)
    os.environ.pop("PYTHONHOME", None)
    os.execv(PYTHON, [str(PYTHON), *target(command), *rest])


def target(command: str) -> list[str]:
    """What Python runs for one of our commands."""
    return {
        "manage": ["manage.py"],
        "test": ["-m", "oms.launch.test"],
        "up": ["-m", "oms.launch.up"],
        "serve": ["-m", "oms.launch.serve"],
    }[command]


def make_environment() -> None:
    """Create `.venv` unless there is one that works."""
    if PYTHON.exists() and succeeds([str(PYTHON), "-c", "import pip"]):
        return
    say("Making the Python environment in .venv")
    if not succeeds([sys.executable, "-m", "venv", "--clear", str(VENV)], show=True):
        raise StepFailed(
            f"Python's venv module failed. On Debian and Ubuntu: apt install python3-venv. "
            f"Or name another Python: PYTHON=/path/to/python3 {sys.argv[0]}"
        )


def install(requirements: str) -> None:
    """pip install, only when the lists of packages or Python changed since the last time."""
    wanted = digest("requirements.txt", requirements)
    if stamp_of(requirements).exists() and stamp_of(requirements).read_text() == wanted:
        return
    say(f"Installing the packages of {requirements} (a minute or two at the first time)")
    started = time.monotonic()
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check"]
    with subprocess.Popen(
        [*command, "-r", requirements],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as pip:
        output = follow(pip)
    if pip.returncode != 0:
        raise StepFailed(
            "".join(output[-20:]) + "\npip could not install the packages (its last lines are "
            "above). Check the network or the proxy settings, then run the same command again."
        )
    # The development packages include those of the run time.
    for name in {requirements, "requirements.txt"}:
        stamp_of(name).write_text(digest("requirements.txt", name))
    say(f"Packages installed in {time.monotonic() - started:.0f} s")


def stamp_of(requirements: str) -> Path:
    """The file that says which state of a list of packages is installed."""
    return VENV / f".{requirements}.sha256"


def follow(pip: "subprocess.Popen[str]") -> list[str]:
    """Show the name of each package as pip comes to it; returns all that pip wrote."""
    output = []
    assert pip.stdout is not None
    for line in pip.stdout:
        output.append(line)
        words = line.split()
        if words[:1] == ["Collecting"] or words[:1] == ["Installing"]:
            print(f"   {' '.join(words[:2])[:70]}", file=sys.stderr, flush=True)
    return output


def digest(*names: str) -> str:
    """A fingerprint of the named files and of the Python that is used."""
    parts = [(ROOT / name).read_bytes() for name in sorted(set(names))]
    return hashlib.sha256(b"\0".join([sys.version.encode(), *parts])).hexdigest()


def succeeds(command: list[str], *, show: bool = False) -> bool:
    """Whether a command ends well; its output appears only with `show`."""
    output = None if show else subprocess.DEVNULL
    return subprocess.run(command, stdout=output, stderr=output, check=False).returncode == 0


def say(text: str) -> None:
    """One line of progress."""
    print(f"-- {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except StepFailed as failure:
        sys.exit(f"error: {failure}")
    except KeyboardInterrupt:
        sys.exit(130)
