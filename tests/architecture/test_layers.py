"""Imports go downward only, and stand at the top of the file."""

from tests.architecture.source import LAYERS, functions, imported, sources

# file → (the layer it reaches up to, why it may)
REACHES_UP: dict[str, tuple[str, str]] = {}


def _upward(path, tree):
    own = LAYERS.index(path.split("/")[0])
    for line, module in imported(tree):
        layer = module.split(".")[0]
        higher = layer in LAYERS and LAYERS.index(layer) > own
        if higher and REACHES_UP.get(path, ("", ""))[0] != layer:
            yield f"{path}:{line} imports {module}"


def test_imports_go_downward_only():
    found = [one for path, tree in sources().items() for one in _upward(path, tree)]

    assert found == []


def test_every_exception_is_still_needed():
    reached = {
        path
        for path in REACHES_UP
        for _line, module in imported(sources()[path])
        if module.startswith(REACHES_UP[path][0])
    }

    assert reached == set(REACHES_UP)


def test_nothing_of_the_product_imports_the_tests():
    found = [
        f"{path}:{line}"
        for path, tree in sources().items()
        for line, module in imported(tree)
        if module.split(".")[0] in ("tests", "conftest")
    ]

    assert found == []


def test_no_import_hides_in_a_function():
    found = [
        f"{path}:{line} {module}"
        for path, tree in sources().items()
        for function in functions(tree)
        for line, module in imported(function)
    ]

    assert found == []
