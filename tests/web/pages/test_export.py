"""The history taken away as a file."""

import csv
import io

from auramail.core.accounts import Account
from auramail.core.runs import Run
from tests.web.visitor import Visitor


def read_sheet(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_sheet_has_a_line_for_every_entry(ana: Visitor, sorted_run: Run) -> None:
    answer = ana.get("/export/csv")

    headings, *rows = read_sheet(answer.text)
    assert answer.text.startswith("\ufeff")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="auramail-history.csv"'
    assert headings[:4] == ["When", "From", "Address", "Subject"]
    assert len(rows) == 5
    assert {row[13] for row in rows} == {str(sorted_run.id)}


def test_the_sheet_is_narrowed_as_the_page_is(ana: Visitor, sorted_run: Run) -> None:
    assert sorted_run.id

    rows = read_sheet(ana.get("/export/csv?text=walk&category=IMPORTANT").text)[1:]
    page = ana.get("/history?text=walk&category=IMPORTANT").text

    assert len(rows) == page.count('hx-target="closest li"')


def test_the_sheet_speaks_the_language_of_its_reader(ana: Visitor, sorted_run: Run) -> None:
    assert sorted_run.id

    answer = ana.get("/export/csv", {"Accept-Language": "uk"})

    assert "Розсилки" in answer.text
    assert "14 бер. 2026\u202fр., 14:00" in answer.text  # noon in Kyiv's winter time


def test_the_printed_list_is_a_pdf(ana: Visitor, sorted_run: Run) -> None:
    answer = ana.get(f"/export/pdf?run={sorted_run.id}", {"Accept-Language": "uk"})

    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")


def test_an_empty_history_is_an_empty_file(ana: Visitor, account: Account) -> None:
    assert account.id

    assert len(read_sheet(ana.get("/export/csv").text)) == 1
    assert ana.get("/export/pdf").data.startswith(b"%PDF-")
