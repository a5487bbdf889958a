"""The texts of the product and their Chinese: finding them in the sources, comparing, compiling.

Works without the gettext programs: Python is read with `ast`, templates with Django's own
`templatize`, catalogues with polib.
"""

import ast
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
# Words of Django's own scripts that have no Chinese there; kept by hand.
SCRIPTS_CATALOGUE = CATALOGUE.with_name("djangojs.po")
SOURCES = ("oms", "customers", "inventory", "orders", "integrations", "templates")
TEMPLATE_SUFFIXES = (".html", ".txt")

Key = tuple[str | None, str, str]
"""Context or None, the English text, its plural or an empty text: what makes a message unique."""


class UnreadableSourceError(Exception):
    """A source file could not be read for its texts; the message names the file."""


@dataclass(frozen=True, slots=True)
class Found:
    """One text at one place."""

    context: str | None
    text: str
    plural: str
    path: str

    @property
    def key(self) -> Key:
        return (self.context, self.text, self.plural)


# Where in the arguments of a gettext function the context, the text and the plural stand.
_SHAPES: dict[str, tuple[int | None, int, int | None]] = {
    **dict.fromkeys(["_", "gettext", "gettext_lazy", "gettext_noop"], (None, 0, None)),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], (None, 0, 1)),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], (0, 1, None)),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], (0, 1, 2)),
}
# templatize() leaves calls like  _(u'Text')  between runs of X and line breaks.
_LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_CALL = re.compile(rf"\b(n?p?gettext|_)\(\s*{_LITERAL}(?:\s*,\s*{_LITERAL})*(?:\s*,\s*count)?\s*\)")


def source_files() -> Iterator[Path]:
    """Every file that may hold texts, in a stable order; migrations hold none of their own."""
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".py", *TEMPLATE_SUFFIXES) and "migrations" not in path.parts:
                yield path


def texts_of(path: Path) -> list[Found]:
    """The texts of one file. Raises UnreadableSourceError."""
    name = path.relative_to(ROOT).as_posix()
    source = path.read_text(encoding="utf-8")
    try:
        if path.suffix == ".py":
            return _texts_of_tree(ast.parse(source), name)
        prepared: str = templatize(source, origin=name)
        calls = [match.group(0) for match in _CALL.finditer(prepared)]
        return [found for call in calls for found in _texts_of_tree(ast.parse(call), name)]
    except (SyntaxError, ValueError) as error:
        raise UnreadableSourceError(f"{name}: {error}") from error


def _texts_of_tree(tree: ast.AST, name: str) -> list[Found]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    found = [_text_of_call(call, name) for call in calls]
    return [text for text in found if text and text.text]


def _text_of_call(call: ast.Call, name: str) -> Found | None:
    """The text of a gettext call; None for other calls and for texts that are no literals."""
    function = call.func
    called = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
    shape = _SHAPES.get(str(called))
    if shape is None:
        return None
    context, text, plural = (_literal(call.args, at) for at in shape)
    if text is None or (shape[0] is not None and context is None):
        return None
    return Found(context, text, plural or "", name)


def _literal(arguments: list[ast.expr], at: int | None) -> str | None:
    if at is None or at >= len(arguments):
        return None
    node = arguments[at]
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def all_texts() -> dict[Key, list[str]]:
    """Every text of the product -> the files it stands in."""
    places: dict[Key, list[str]] = {}
    for path in source_files():
        for found in texts_of(path):
            files = places.setdefault(found.key, [])
            if found.path not in files:
                files.append(found.path)
    return places


# --- the catalogue --------------------------------------------------------------------------


def key_of(entry: polib.POEntry) -> Key:
    return (entry.msgctxt, entry.msgid, entry.msgid_plural or "")


def update(catalogue: polib.POFile, texts: dict[Key, list[str]], *, prune: bool) -> None:
    """Make the catalogue hold exactly `texts`, keeping what is translated.

    Entries no longer used become obsolete, or leave when `prune` is given. Sorted by text and
    without line numbers, so that two people's additions seldom meet.
    """
    known = {key_of(entry): entry for entry in catalogue}
    for key, files in texts.items():
        entry = known.pop(key, None)
        if entry is None:
            entry = _new_entry(key)
            catalogue.append(entry)
        entry.obsolete = False
        entry.occurrences = [(file, "") for file in files]
    for entry in known.values():
        if prune or not (entry.obsolete or entry.translated()):
            catalogue.remove(entry)
        entry.obsolete = True
        entry.occurrences = []
    catalogue.sort(key=lambda entry: (entry.obsolete, entry.msgid.lower(), entry.msgctxt or ""))


def _new_entry(key: Key) -> polib.POEntry:
    context, text, plural = key
    flags = ["python-format"] if re.search(r"%(\(\w+\))?[sd]", text + plural) else []
    entry = polib.POEntry(msgctxt=context, msgid=text, msgid_plural=plural, flags=flags)
    if plural:
        entry.msgstr_plural = {0: ""}
    return entry


def problems(catalogue: polib.POFile, texts: dict[Key, list[str]]) -> list[str]:
    """What keeps the Chinese from being complete, one line each; empty when it is."""
    known = {key_of(entry): entry for entry in catalogue if not entry.obsolete}
    found = [
        f"missing: {key[1]!r} ({files[0]})" for key, files in texts.items() if key not in known
    ]
    found += [f"no longer used: {entry.msgid!r}" for entry in catalogue if entry.obsolete]
    for key, entry in known.items():
        if key not in texts:
            found.append(f"no longer used: {entry.msgid!r}")
        else:
            found += [f"{wrong}: {entry.msgid!r}" for wrong in _wrongs(entry)]
    return sorted(found)


def _wrongs(entry: polib.POEntry) -> Iterator[str]:
    if entry.fuzzy:
        yield "fuzzy"
    translations = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not translations or not all(text.strip() for text in translations):
        yield "not translated"
        return
    for text in translations:
        if placeholders(text) != placeholders(entry.msgid_plural or entry.msgid):
            yield "placeholders differ"
        if (text[:1].isspace(), text[-1:].isspace()) != (
            entry.msgid[:1].isspace(),
            entry.msgid[-1:].isspace(),
        ):
            yield "space at the ends differs"


def placeholders(text: str) -> list[str]:
    """The `%(name)s`, `%s` and `{name}` of a text, sorted; their order may differ by language."""
    plain = text.replace("%%", "")
    return sorted(re.findall(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}", plain))


def compile_catalogue(path: Path = CATALOGUE) -> bool:
    """Write the .mo beside the .po unless it is newer. Returns whether it was written."""
    target = path.with_suffix(".mo")
    if target.is_file() and target.stat().st_mtime_ns >= path.stat().st_mtime_ns:
        return False
    # Whole or not at all: another process may be reading it.
    fresh = target.with_name(f"{target.name}.{os.getpid()}")
    polib.pofile(str(path)).save_as_mofile(str(fresh))
    fresh.replace(target)
    return True
