"""Attachments: files that run, imitate or hide."""

import pytest

from auramail.core.accounts import Person
from auramail.core.messages import Attachment
from auramail.guards.attachments import inspect
from tests.builders import a_message

ANA = Person(correspondents={"ben@partner.example": 3})


def attached(name: str, kind: str = "application/octet-stream") -> tuple[Attachment, ...]:
    return (Attachment(name, kind, 1000),)


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("setup.exe", 4.5),
        ("BL_7721.ISO", 4.5),
        ("update.lnk", 4.5),
        ("script.js", 2.5),
        ("report.xlsm", 2.5),
        ("Remittance.html", 4.0),
        ("logo.svg", 2.5),
        ("invoice.pdf.exe", 5.0),
        ("invoice.pdf .js", 5.0),
        ("scan.pdf.html", 5.0),
        ("invoice\u202efdp.exe", 5.0),
        ("trailing.exe. ", 4.5),
    ],
)
def test_a_dangerous_file_is_seen_and_named(name: str, least: float) -> None:
    finding = inspect(a_message(attachments=attached(name)), ANA)

    assert finding is not None
    assert finding.weight >= least


@pytest.mark.parametrize("name", ["report.pdf", "photo.jpg", "table.xlsx", "archive.zip", "invite.ics", "noending", ""])
def test_a_usual_file_is_left_alone(name: str) -> None:
    assert inspect(a_message(attachments=attached(name)), ANA) is None


def test_a_document_that_is_really_a_page_is_seen() -> None:
    finding = inspect(a_message(attachments=attached("invoice.pdf", "text/html")), ANA)

    assert finding is not None
    assert "text/html" in finding.evidence.say()


@pytest.mark.parametrize(
    "text", ["Пароль: 2026", "The password is: qwerty1", "пароль до архіву - 123456", "Das Passwort: geheim"]
)
def test_an_archive_whose_password_is_in_the_message_is_seen(text: str) -> None:
    assert inspect(a_message(text=text, attachments=attached("docs.rar")), ANA) is not None
    assert inspect(a_message(text=text, attachments=attached("docs.pdf")), ANA) is None


def test_a_code_in_figures_for_an_archive_needs_no_colon() -> None:
    assert (
        inspect(a_message(text="Документи в архіві, пароль 7719.", attachments=attached("docs.zip")), ANA) is not None
    )


def test_a_page_that_pretends_to_be_a_paper_weighs_more_than_another_page() -> None:
    paper = inspect(a_message(attachments=attached("Invoice.html")), ANA)
    page = inspect(a_message(attachments=attached("prototype.html")), ANA)

    assert paper is not None
    assert page is not None
    assert paper.weight > page.weight


def test_an_archive_named_like_a_document_is_seen() -> None:
    assert inspect(a_message(attachments=attached("notice.pdf.zip")), ANA) is not None


def test_files_of_people_one_writes_to_weigh_half() -> None:
    stranger = inspect(a_message(attachments=attached("menu.js")), ANA)
    friend = inspect(a_message(sender="Ben <ben@partner.example>", attachments=attached("menu.js")), ANA)

    assert stranger is not None
    assert friend is not None
    assert friend.weight == stranger.weight / 2


def test_no_attachment_no_finding() -> None:
    assert inspect(a_message(), ANA) is None
