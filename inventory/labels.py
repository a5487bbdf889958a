"""Labels as a PDF: one a page, of the size that label printers take; the Code 128 is what a scanner reads."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 60 * mm, 40 * mm
MARGIN = 3 * mm
BAR_HEIGHT = 17 * mm
PDF_TYPE = "application/pdf"
MOST_LABELS = 500
# Comes with every PDF reader, so that Chinese needs no font file in the label.
_CJK = "STSong-Light"
_LONGEST_NAME = 40
_BAR = 0.9


@dataclass(frozen=True, slots=True)
class Label:
    """What a scanner reads, the large words under it, and small ones below these."""

    code: str
    title: str
    detail: str = ""


def labels_pdf(labels: Sequence[Label]) -> bytes:
    """A page for each label."""
    pdfmetrics.registerFont(UnicodeCIDFont(_CJK))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=True)
    for label in labels:
        _draw(canvas, label)
        canvas.showPage()
    if not labels:
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw(canvas: Canvas, label: Label) -> None:
    if label.code.isascii():
        _draw_bars(canvas, label)
    room = WIDTH - 2 * MARGIN
    size = min(16.0, 16 * room / max(canvas.stringWidth(label.title, _CJK, 16), 1))
    canvas.setFont(_CJK, size)
    canvas.drawCentredString(WIDTH / 2, 12 * mm, label.title)
    canvas.setFont(_CJK, 8)
    canvas.drawCentredString(WIDTH / 2, 6 * mm, label.detail[:_LONGEST_NAME])


def _draw_bars(canvas: Canvas, label: Label) -> None:
    bars = Code128(label.code, barHeight=BAR_HEIGHT, barWidth=_BAR, quiet=False)
    room = WIDTH - 2 * MARGIN
    if bars.width > room:
        # A long code gets thinner bars rather than none at the edge.
        bars = Code128(
            label.code, barHeight=BAR_HEIGHT, barWidth=_BAR * room / bars.width, quiet=False
        )
    bars.drawOn(canvas, (WIDTH - bars.width) / 2, HEIGHT - MARGIN - BAR_HEIGHT)
