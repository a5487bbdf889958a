"""A row of the order list as a template: put together from the cells of the chosen columns, once per choice."""

from collections.abc import Sequence
from functools import lru_cache

from django.template import Engine, Template

from orders.desk.columns.registry import BY_NAME, Column

_FRAME = "orders/_order_row.html"
_CELLS = "{# cells #}"


def row_template(columns: Sequence[Column]) -> Template:
    """Draws a `row`. Including a template for every cell would take longer than all the rest of the list."""
    return _put_together(tuple(column.name for column in columns))


@lru_cache(maxsize=256)
def _put_together(names: tuple[str, ...]) -> Template:
    engine = Engine.get_default()
    cells = "".join(_cell(engine, BY_NAME[name]) for name in names)
    return engine.from_string(str(engine.get_template(_FRAME).source).replace(_CELLS, cells))


def _cell(engine: Engine, column: Column) -> str:
    if column.template:
        inner = str(engine.get_template(f"orders/cells/{column.name}.html").source)
    else:
        inner = f"{{{{ row.{column.name} }}}}"
    return f'<td class="{column.css}">{inner}</td>'
