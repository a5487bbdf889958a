"""A purchase order on paper: A4, each label in Chinese and English, because buyer and supplier both read it."""

from decimal import Decimal
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from inventory.models import PurchaseLine, PurchaseOrder
from oms.display import money_text, quantity_text, time_text
from oms.money import round_amount
from oms.texts import CONTROL_IN_PROSE

# The reader's viewer supplies its glyphs, Chinese and Latin; nothing is embedded.
FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))

_INK, _QUIET, _LINE = (
    colors.HexColor("#1f2328"),
    colors.HexColor("#59636e"),
    colors.HexColor("#b7bec6"),
)
_TITLE = ParagraphStyle("title", fontName=FONT, fontSize=20, leading=26, textColor=_INK)
_TEXT = ParagraphStyle(
    "text", fontName=FONT, fontSize=10, leading=14, textColor=_INK, wordWrap="CJK"
)
_LABEL = ParagraphStyle("label", parent=_TEXT, fontSize=8, leading=11, textColor=_QUIET)
_FIGURE = ParagraphStyle("figure", parent=_TEXT, alignment=TA_RIGHT)
_FIGURE_LABEL = ParagraphStyle("figure label", parent=_LABEL, alignment=TA_RIGHT)
_TOTAL = ParagraphStyle("total", parent=_FIGURE, fontSize=12, leading=16)

_WIDTHS = [9 * mm, 46 * mm, 53 * mm, 18 * mm, 26 * mm, 28 * mm]
_HEADS = ("#", "货号 Code", "品名 Goods", "数量 Quantity", "单价 Price", "金额 Amount")
_FIRST_FIGURE = 3
# A frame keeps this much to itself; tables begin at its inner edge.
_PADDING = 6


def amount_of(line: PurchaseLine, currency: str) -> Decimal:
    return round_amount(line.ordered * line.price, currency)


def pdf_of(order: PurchaseOrder) -> bytes:
    """The document as it is printed and mailed."""
    lines = list(order.lines.select_related("sku").order_by("position"))
    story: list[Any] = [
        Paragraph("采购单 Purchase Order", _TITLE),
        Spacer(1, 5 * mm),
        _head(order),
        Spacer(1, 7 * mm),
        _goods(order, lines),
        Spacer(1, 4 * mm),
        _total(order, lines),
    ]
    if order.note:
        story += [Spacer(1, 6 * mm), _text("备注 Note", _LABEL), _text(order.note)]
    out = BytesIO()
    SimpleDocTemplate(
        out, pagesize=A4, leftMargin=15 * mm - _PADDING, rightMargin=15 * mm - _PADDING, topMargin=16 * mm,
        bottomMargin=18 * mm,
        title=order.number, author="", invariant=1,
    ).build(story, onFirstPage=_foot(order), onLaterPages=_foot(order))  # fmt: skip
    return out.getvalue()


def _text(text: object, style: ParagraphStyle = _TEXT) -> Paragraph:
    """Whatever people typed, as text: no markup of theirs reaches the paragraph."""
    return Paragraph(escape(CONTROL_IN_PROSE.sub("", str(text))), style)


def _head(order: PurchaseOrder) -> Table:
    facts = (
        ("供应商 Supplier", order.supplier.name),
        ("单号 Number", order.number),
        ("联系人 Contact", order.supplier.contact or "–"),
        ("日期 Date", time_text(order.ordered_at or order.created_at)[:10]),
        ("收货仓 Deliver to", order.warehouse.name),
        ("预计到货 Expected on", time_text(order.expected_on)),
    )
    cells = [[_text(label, _LABEL), _text(value)] for label, value in facts]
    table = Table([cells[0:2], cells[2:4], cells[4:6]], colWidths=[100 * mm, 80 * mm])
    table.setStyle(
        TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)])
    )
    return table


def _goods(order: PurchaseOrder, lines: list[PurchaseLine]) -> Table:
    head = [
        _text(label, _FIGURE_LABEL if at >= _FIRST_FIGURE else _LABEL)
        for at, label in enumerate(_HEADS)
    ]
    rows = [
        [
            _text(at, _LABEL),
            [_text(line.code or line.sku.code), *_own_code(line)],
            _text(line.sku.name),
            _text(quantity_text(line.ordered), _FIGURE),
            _text(money_text(line.price, order.currency), _FIGURE),
            _text(money_text(amount_of(line, order.currency), order.currency), _FIGURE),
        ]
        for at, line in enumerate(lines, start=1)
    ]
    table = Table([head, *rows], colWidths=_WIDTHS, repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEABOVE", (0, 0), (-1, 0), 0.8, _INK),
                ("LINEBELOW", (0, 0), (-1, 0), 0.8, _INK),
                ("LINEBELOW", (0, 1), (-1, -1), 0.4, _LINE),
                ("LEFTPADDING", (0, 0), (-1, -1), 2),
                ("RIGHTPADDING", (0, 0), (-1, -1), 2),
            ]
        )
    )
    return table


def _own_code(line: PurchaseLine) -> list[Paragraph]:
    """Our code below the supplier's, for the delivery note."""
    return [_text(line.sku.code, _LABEL)] if line.code and line.code != line.sku.code else []


def _total(order: PurchaseOrder, lines: list[PurchaseLine]) -> Paragraph:
    total = sum((amount_of(line, order.currency) for line in lines), Decimal(0))
    return _text(f"合计 Total {order.currency}  {money_text(total, order.currency)}", _TOTAL)


def _foot(order: PurchaseOrder) -> Any:
    def draw(canvas: Any, document: Any) -> None:
        canvas.setFont(FONT, 8)
        canvas.setFillColor(_QUIET)
        canvas.drawString(15 * mm, 10 * mm, order.number)
        canvas.drawRightString(
            A4[0] - 15 * mm, 10 * mm, f"第 {document.page} 页 Page {document.page}"
        )

    return draw
