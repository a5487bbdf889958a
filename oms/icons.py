"""The icons our pages use: the one list that is published and may be drawn.

Adding one: put its name (https://tabler.io/icons, outline set) here and run
`python -m oms.frontend install`. The status shapes and the logo are our own, in `static/icons/`.
"""

from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OWN = ROOT / "static" / "icons"
PUBLISHED = ROOT / "static" / "vendor" / "icons"

TABLER_ICONS = (
    # navigation
    "home", "clipboard-list", "checklist", "alert-triangle", "truck-delivery", "arrow-back-up",
    "packages", "shopping-cart", "users", "chart-bar", "file-import", "help-circle", "settings",
    # top bar and general
    "search", "barcode", "plus", "minus", "bell", "language", "sun", "moon", "device-desktop",
    "user", "logout", "keyboard", "menu-2", "dots", "dots-vertical", "x", "check", "refresh",
    "external-link", "chevron-down", "chevron-up", "chevron-right", "chevron-left",
    "chevrons-left", "chevrons-right", "arrow-left", "arrow-right", "arrows-sort",
    "sort-ascending", "sort-descending", "filter", "layout-sidebar-left-collapse", "eye",
    "eye-off", "lock", "lock-open",
    # acts and things
    "edit", "trash", "copy", "printer", "download", "upload", "note", "tag", "flag", "clock",
    "calendar", "history", "player-pause", "player-play", "ban", "arrows-split", "arrows-join",
    "hand-stop", "package", "box", "building-warehouse", "truck", "map-pin", "phone", "mail",
    "message", "robot", "receipt", "receipt-refund", "credit-card", "coin", "building-store",
    "building", "world", "api", "file-spreadsheet", "list-check", "clipboard-check",
    "clipboard-x", "scan", "link", "star", "info-circle", "alert-circle", "circle-check",
    "tool", "photo", "inbox", "trending-up", "trending-down", "database", "plug", "key",
    "shield",
)  # fmt: skip


class UnknownIconError(KeyError):
    """The name is neither in TABLER_ICONS nor a file in static/icons."""


@cache
def icon_markup(name: str) -> str:
    """The inner SVG markup of an icon, drawn in the current text colour.

    Raises UnknownIconError, so that the first test that renders the page sees a misspelt name.
    """
    for folder in (OWN, PUBLISHED):
        path = folder / f"{name}.svg"
        if path.is_file():
            return path.read_text(encoding="utf-8").strip()
    raise UnknownIconError(
        f"{name}: not in oms/icons.py, or `python -m oms.frontend install` has not run"
    )
