"""Published scripts import each other by the names under which pages load them."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

STATIC = Path(settings.BASE_DIR) / "static"


@pytest.fixture
def published(tmp_path: Path, settings: Any) -> Path:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "oms.static_files.PublishedFiles"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_no_module_is_known_under_two_names(published: Path) -> None:
    scripts = [
        path
        for path in (published / "js").glob("*.js")
        if re.search(r"\.[0-9a-f]{12}\.js$", path.name)
    ]
    imports = [
        name
        for path in scripts
        for name in re.findall(r'^import .* from "(.*)"', path.read_text(), re.MULTILINE)
    ]

    assert len(imports) == sum(
        len(re.findall(r'^import .* from "', path.read_text(), re.MULTILINE))
        for path in (STATIC / "js").glob("*.js")
    )
    assert [name for name in imports if not re.search(r"\.[0-9a-f]{12}\.js$", name)] == []
