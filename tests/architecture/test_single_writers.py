"""What has one writer: an order's status, and what lies in stock."""

import re

from tests.architecture.source import assigned_attributes, sources, texts, written_fields

STATUS_WRITER = "orders/transition.py"
STOCK_WRITER = "inventory/ledger/"
STOCK_FIELDS = {"on_hand", "reserved", "blocked"}

# Placing an order writes its first status; nothing else inserts orders.
PLACES_ORDERS: dict[str, str] = {
    "orders/intake/write.py": "the one statement that places orders",
    "integrations/bench/many_orders.py": "fills a throw-away database for measuring lists",
}
# `status` of something other than an order is assigned here.
OTHER_STATUS: dict[str, str] = {
    "integrations/api/problems.py": "the HTTP status of an answer",
    "orders/intake/files/run.py": "an import that is finished",
}

_UPDATE = re.compile(
    r"UPDATE\s+(?:ONLY\s+)?(\w+)\b.*?\bSET\b(.*?)(?=\bFROM\b|\bWHERE\b|\bRETURNING\b|;|$)",
    re.IGNORECASE | re.DOTALL,
)
_INSERT = re.compile(r"INSERT\s+INTO\s+(\w+)|\bCOPY\s+(\w+)", re.IGNORECASE)


def _sets(table):
    """(path, line, columns set) of every SQL UPDATE of `table`."""
    for path, tree in sources().items():
        for line, text in texts(tree):
            for name, assignments in _UPDATE.findall(text):
                if name == table:
                    yield path, line, set(re.findall(r"(\w+)\s*=(?!=)", assignments))


def _inserts(table):
    for path, tree in sources().items():
        for line, text in texts(tree):
            if table in {name for pair in _INSERT.findall(text) for name in pair}:
                yield f"{path}:{line}"


def test_the_sql_patterns_recognise_what_they_look_for():
    assert STATUS_WRITER in {
        path for path, _l, columns in _sets("orders_order") if "status" in columns
    }
    assert any(
        path.startswith(STOCK_WRITER) and columns & STOCK_FIELDS
        for path, _l, columns in _sets("inventory_stock")
    )


def test_only_the_transition_updates_an_orders_status():
    found = [
        f"{path}:{line}"
        for path, line, columns in _sets("orders_order")
        if "status" in columns and path != STATUS_WRITER
    ]

    assert found == []


def test_only_placing_inserts_orders():
    found = [
        where for where in _inserts("orders_order") if where.split(":")[0] not in PLACES_ORDERS
    ]

    assert found == []


def test_no_code_assigns_a_status_of_an_order():
    found = [
        f"{path}:{line}"
        for path, tree in sources().items()
        for line, name in [*assigned_attributes(tree), *written_fields(tree)]
        if name == "status" and path not in OTHER_STATUS
    ]

    assert found == []


def test_only_the_ledger_writes_what_lies_in_stock():
    in_sql = [
        f"{path}:{line}"
        for path, line, columns in _sets("inventory_stock")
        if columns & STOCK_FIELDS and not path.startswith(STOCK_WRITER)
    ]
    in_python = [
        f"{path}:{line}"
        for path, tree in sources().items()
        for line, name in [*assigned_attributes(tree), *written_fields(tree)]
        if name in STOCK_FIELDS and not path.startswith(STOCK_WRITER)
    ]

    assert in_sql + in_python == []
