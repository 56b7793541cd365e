"""Sheets that compute nothing."""

import csv
import io
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from auramail.web.exports.sheet import harmless, write_sheet

STARTS = "=+-@\t\r"
MEAN = st.text(alphabet=st.sampled_from(list("=+-@\t\r\n \u00a0\ufeff\u200b＝＋－＠'\"|a,;")), max_size=12)


def is_formula(cell: str) -> bool:
    """What a spreadsheet may compute: full-width letters count as narrow ones, blanks before them do not count."""
    narrow = unicodedata.normalize("NFKC", cell)
    bare = narrow.lstrip(" \u00a0\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\n")
    return bare[:1] in set(STARTS) and bare != ""


@given(st.lists(st.text() | MEAN, min_size=1, max_size=4))
def test_no_cell_is_a_formula_and_no_line_is_broken(cells: list[str]) -> None:
    written = "".join(write_sheet(["x"] * len(cells), [cells]))

    (_, row) = csv.reader(io.StringIO(written.removeprefix("\ufeff"), newline=""))
    assert len(row) == len(cells)
    for cell in row:
        assert not is_formula(cell)
        assert "\n" not in cell


def test_ordinary_text_stays_as_it_is() -> None:
    for text in ("Рахунок № 7 — 1 500,00 ₴", "a-b", "me@example.org", "", "1+1", "Що нового?"):
        assert harmless(text) == text


def test_a_formula_stands_behind_an_apostrophe() -> None:
    assert harmless('=HYPERLINK("http://evil.example")') == '\'=HYPERLINK("http://evil.example")'


def test_lines_are_written_one_at_a_time() -> None:
    lines = [line.count("\r\n") for line in write_sheet(["head"], [["a"], ["b"]])]

    assert lines == [0, 1, 1, 1]
