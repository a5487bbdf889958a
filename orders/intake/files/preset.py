"""A preset: how one platform heads its columns, and how its rows become documents."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from oms.tables.columns import Layout
from orders.intake.files.document import Document, Intake, SourceRow

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Reader = Callable[[Intake, Sequence[SourceRow]], Document]


@dataclass(frozen=True, slots=True)
class Preset:
    """`columns` maps our word for a column to the platform's headings, the best first; the first of `required` names
    the document. `zone` is that of times without one ("" is the store's). `are_invoices`: the seller accepted these
    orders before; with the channel comes a review rule that says so."""

    name: str
    title: "str | StrPromise"
    channel: str
    currency: str
    columns: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    read: Reader = field(repr=False)
    zone: str = ""
    refuses_unknown_columns: bool = False
    creates_skus: bool = False
    creates_any_channel: bool = False
    are_invoices: bool = False

    @property
    def layout(self) -> Layout:
        return Layout(self.name, self.columns, self.required, self.refuses_unknown_columns)

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.columns)
