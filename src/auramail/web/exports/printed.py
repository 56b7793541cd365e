"""The history on paper: a PDF with an embedded font that has Ukrainian letters."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from auramail.web.render import BUILD

REGULAR, BOLD = "AuraMail", "AuraMail-Bold"
MARGIN = 12 * mm
LINE = 5.2 * float(mm)
SIZE = 8
GREY = 0.42
COLUMNS = ((0, 27), (1, 38), (3, 76), (4, 27), (6, 27), (7, 27), (8, 51))
"""Which of an export's cells are printed, and how wide, in millimetres."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the list: a title and the lines that say what it is."""

    title: str
    lines: tuple[str, ...]


def print_list(heading: Heading, headings: list[str], rows: Iterable[list[str]]) -> bytes:
    """The PDF. Text is drawn as it is, never read as markup."""
    _load_fonts()
    buffer = io.BytesIO()
    width, height = landscape(A4)
    canvas = Canvas(buffer, pagesize=(width, height), pageCompression=1)
    canvas.setTitle(heading.title)
    canvas.setCreator("AuraMail")
    y = _draw_heading(canvas, heading, height - MARGIN)
    y = _draw_row(canvas, headings, y, BOLD)
    for row in rows:
        if y < MARGIN + LINE:
            _end_page(canvas, width)
            y = _draw_row(canvas, headings, height - MARGIN, BOLD)
        y = _draw_row(canvas, row, y, REGULAR)
    _end_page(canvas, width)
    canvas.save()
    return buffer.getvalue()


@cache
def _load_fonts() -> None:
    pdfmetrics.registerFont(TTFont(REGULAR, str(BUILD / "DejaVuSans.ttf")))
    pdfmetrics.registerFont(TTFont(BOLD, str(BUILD / "DejaVuSans-Bold.ttf")))


def _draw_heading(canvas: Canvas, heading: Heading, y: float) -> float:
    canvas.setFont(BOLD, 14)
    canvas.drawString(MARGIN, y - 4 * mm, heading.title)
    canvas.setFont(REGULAR, SIZE)
    canvas.setFillGray(GREY)
    for number, line in enumerate(heading.lines):
        canvas.drawString(MARGIN, y - 10 * mm - number * LINE, line)
    canvas.setFillGray(0)
    return y - float(12 * mm) - len(heading.lines) * LINE


def _draw_row(canvas: Canvas, row: list[str], y: float, font: str) -> float:
    canvas.setFont(font, SIZE)
    x = MARGIN
    for index, width in COLUMNS:
        canvas.drawString(x, y - LINE + 1.6 * mm, fitting(row[index], width * mm - 2 * mm, font))
        x += width * mm
    canvas.setLineWidth(0.2)
    canvas.setStrokeGray(0.8)
    canvas.line(MARGIN, y - LINE, x, y - LINE)
    return y - LINE


def _end_page(canvas: Canvas, width: float) -> None:
    canvas.setFont(REGULAR, SIZE - 1)
    canvas.setFillGray(GREY)
    canvas.drawRightString(width - MARGIN, MARGIN / 2, str(canvas.getPageNumber()))
    canvas.setFillGray(0)
    canvas.showPage()


def fitting(text: str, width: float, font: str) -> str:
    """As much of the text as fits into so many points, on one line."""
    line = " ".join("".join(character if character.isprintable() else " " for character in text).split())
    if pdfmetrics.stringWidth(line, font, SIZE) <= width:
        return line
    low, high = 0, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        if pdfmetrics.stringWidth(line[:middle] + "…", font, SIZE) <= width:
            low = middle
        else:
            high = middle - 1
    return line[:low] + "…"
