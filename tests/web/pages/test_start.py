"""The start page and its doors."""

import gzip
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from auramail.core.accounts import SourceKind
from auramail.settings import Settings
from auramail.web.app import create_app
from auramail.wiring.house import House
from tests.house import note
from tests.mail.letters import mbox_of, write_maildir
from tests.web.visitor import Visitor


def test_first_page_offers_three_doors(ana: Visitor) -> None:
    page = ana.get("/")

    assert page.status_code == 200
    for door in ("Connect Google", "Open a mail file", "Look at the sample mailbox"):
        assert door in page.text


def test_door_to_google_says_what_is_missing(ana: Visitor) -> None:
    page = ana.get("/")

    assert "client_secret.json" in page.text
    assert 'href="/authorize"' not in page.text


def test_opening_the_sample_leads_to_the_overview_of_it(ana: Visitor, house: House) -> None:
    answer = ana.open_sample()

    assert (answer.status_code, answer.location) == (303, "/")
    assert "Sample mailbox" in ana.get("/").text
    assert [account.kind for account in house.accounts.all()] == [SourceKind.SAMPLE]


def test_opening_the_same_file_twice_opens_the_same_account(ana: Visitor, house: House, mail_file: Path) -> None:
    ana.open_file(mail_file)
    ana.open_file(mail_file)

    assert len(house.accounts.all()) == 1


def test_a_folder_is_opened_as_a_maildir(ana: Visitor, house: House, home: Path) -> None:
    folder = write_maildir(home / "Maildir", cur_1_S=note(1))

    ana.open_file(folder)

    assert [account.kind for account in house.accounts.all()] == [SourceKind.MAILDIR]


@pytest.mark.parametrize("path", ["/nowhere/at/all.mbox", "", "  ", "sample", "gmail:ana@gmail.example", "a\0b"])
def test_a_path_with_nothing_behind_it_is_named_beside_the_field(ana: Visitor, house: House, path: str) -> None:
    answer = ana.open_file(path)

    assert answer.status_code == 422
    assert 'id="path-problem"' in answer.text
    assert house.accounts.all() == []


@pytest.mark.parametrize("name", ["mail.mbox", "mail.mbox.gz"])
def test_an_uploaded_file_is_kept_and_opened(ana: Visitor, house: House, home: Path, name: str) -> None:
    content = mbox_of(note(1), note(2))
    sent = gzip.compress(content) if name.endswith(".gz") else content

    answer = ana.post("/doors/upload", file=(io.BytesIO(sent), name))

    assert answer.status_code == 303
    assert (home / "imports" / name).read_bytes() == sent
    assert [account.kind for account in house.accounts.all()] == [SourceKind.MBOX]


def test_a_second_upload_of_that_name_does_not_replace_the_first(ana: Visitor, home: Path) -> None:
    for body in (mbox_of(note(1)), mbox_of(note(2))):
        ana.post("/doors/upload", file=(io.BytesIO(body), "mail.mbox"))

    assert sorted(file.name for file in (home / "imports").iterdir()) == ["2-mail.mbox", "mail.mbox"]


@pytest.mark.parametrize("name", ["mail.exe", "", "../../../etc/cron.d/mail.txt"])
def test_other_files_are_not_taken(ana: Visitor, home: Path, name: str) -> None:
    answer = ana.post("/doors/upload", file=(io.BytesIO(b"anything"), name))

    assert answer.status_code == 422
    assert not (home / "imports").exists()


def test_a_name_that_climbs_stays_in_its_folder(ana: Visitor, home: Path) -> None:
    ana.post("/doors/upload", file=(io.BytesIO(mbox_of(note(1))), "../../climbs.mbox"))

    assert [file.name for file in (home / "imports").iterdir()] == ["climbs.mbox"]


@pytest.fixture
def public(house: House, make_settings: Callable[..., Settings]) -> Flask:
    """The same product where others can reach it."""
    house.settings = make_settings(host="0.0.0.0", base_uri="https://mail.example")  # noqa: S104  # what is tested
    return create_app(house)


@pytest.mark.parametrize("door", ["/doors/sample", "/doors/path", "/doors/upload"])
def test_doors_to_this_computer_are_walls_on_a_public_server(public: Flask, mail_file: Path, door: str) -> None:
    cleo = Visitor(public, Host="mail.example")

    answer = cleo.client.post(
        door,
        base_url="https://mail.example",
        data={"csrf_token": token_on(public, cleo), "path": str(mail_file), "file": (io.BytesIO(b"From x"), "a.mbox")},
        headers={"Referer": "https://mail.example/doors"},
    )

    assert answer.status_code == 404


def token_on(app: Flask, visitor: Visitor) -> str:
    page = visitor.client.get("/doors", base_url="https://mail.example")
    assert "Open a mail file" not in page.text
    assert app.config["SESSION_COOKIE_SECURE"]
    return page.text.partition('X-CSRFToken": "')[2].partition('"')[0]


def test_the_page_can_be_installed(ana: Visitor) -> None:
    described = ana.get("/manifest.webmanifest").get_json(force=True)

    assert described["display"] == "standalone"
    with ana.get(described["icons"][0]["src"]) as icon:
        assert icon.mimetype == "image/svg+xml"


@pytest.mark.parametrize("header", ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"])
def test_who_comes_through_a_proxy_finds_no_local_doors(app: Flask, house: House, header: str) -> None:
    visitor = Visitor(app, **{header: "192.0.2.7"})

    assert "Look at the sample mailbox" not in visitor.get("/").text
    assert visitor.open_sample().status_code == 404
    assert house.accounts.all() == []
