"""The source files of the product, parsed once, for the tests of its shape."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# From the ground up: each may import those before it.
LAYERS = ("oms", "customers", "inventory", "orders", "integrations")


@cache
def sources() -> dict[str, ast.Module]:
    """Every module of the five apps but the generated migrations, by path (`orders/states.py`)."""
    found = {}
    for app in LAYERS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                found[str(path.relative_to(ROOT))] = ast.parse(path.read_text(), str(path))
    return found


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, module) of every import below `tree`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, text) of every string, f-strings with their placeholders left out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [str(p.value) for p in node.values if isinstance(p, ast.Constant)]
            yield node.lineno, " ".join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def assigned_attributes(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, attribute) of every `thing.attribute = …`."""
    for node in ast.walk(tree):
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            targets = [node.target]
        for target in targets:
            for one in ast.walk(target):
                if isinstance(one, ast.Attribute) and isinstance(one.ctx, ast.Store):
                    yield one.lineno, one.attr


def written_fields(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, field) of every keyword given to `.update(…)`, `.create(…)` and the like."""
    writing = {"update", "create", "update_or_create", "get_or_create", "bulk_update"}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in writing
        ):
            yield from ((node.lineno, word.arg) for word in node.keywords if word.arg)
