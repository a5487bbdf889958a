"""Sizes and names that keep the code readable."""

from pathlib import Path

from tests.architecture.source import ROOT, imported, sources

LONGEST_FILE = 300
NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "base2", "manager", "stuff"}
SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals")


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_no_file_is_longer_than_one_sitting():
    paths = [*(ROOT / path for path in sources()), *(ROOT / "tests").rglob("*.py")]
    long = {str(path.relative_to(ROOT)): _lines(path) for path in paths}

    assert {path: lines for path, lines in long.items() if lines > LONGEST_FILE} == {}


def test_no_module_is_named_after_nothing():
    assert [path for path in sources() if Path(path).stem in NAMELESS] == []


def test_no_django_signals():
    found = [
        f"{path}:{line} {module}"
        for path, tree in sources().items()
        for line, module in imported(tree)
        if module.startswith(SIGNALS)
    ]

    assert found == []
