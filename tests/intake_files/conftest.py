"""Files as small as they can be, and the import run on them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from orders.intake.files.run import Wanted, import_file
from orders.intake.models import ImportBatch, ImportRow

HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"

Write = Callable[..., Path]
Import = Callable[..., ImportBatch]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """`write("a,b\\n1,2\\n")` makes a file; bytes are written as they are."""
    count = iter(range(1, 100))

    def _write(content: str | bytes, *, encoding: str = "utf-8", name: str = "") -> Path:
        path = tmp_path / (name or f"file-{next(count)}")
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return _write


@pytest.fixture
def take_in(db: None, write: Write) -> Import:
    """`take_in(content, preset="…")` imports a file of that content; a Path is imported itself."""

    def _take_in(content: str | bytes | Path, **how: str) -> ImportBatch:
        path = content if isinstance(content, Path) else write(content)
        return import_file(Wanted(path, path.name, **how), actor=None, tell=lambda _words: None)

    return _take_in


@pytest.fixture
def retail(take_in: Import) -> Import:
    """`retail("536365,85123A,…", …)` imports rows of Online Retail under its header."""

    def _retail(*rows: str) -> ImportBatch:
        return take_in("\n".join([HEADER, *rows, ""]), preset="online_retail")

    return _retail


def outcomes(batch: ImportBatch) -> list[str]:
    """What became of the rows, in the order of the file."""
    return list(batch.rows.order_by("row_no").values_list("outcome", flat=True))


def reasons(batch: ImportBatch) -> dict[int, str]:
    """Why rows were rejected, by row number."""
    rows = batch.rows.filter(outcome=ImportRow.Outcome.REJECTED)
    return dict(rows.values_list("row_no", "reason"))
