"""The page that turns words, typed or spoken, into a Gmail query which is shown before anything is searched."""

import io
import re
from collections.abc import Callable, Iterator
from html import unescape
from urllib.parse import unquote

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from auramail.core.accounts import Account
from auramail.reading.recordings import LONGEST_BYTES
from auramail.settings import Settings
from auramail.wiring.house import House
from tests.fakes.model_server import ModelServer, Question
from tests.fakes.telling import part, parts
from tests.reading.recorded import ogg, wav
from tests.web.visitor import FRAGMENT, Visitor

SAID = "emails from my boss"
LINK = re.compile(r'href="(https://mail\.google\.com/[^"]+)"')


@pytest.fixture(autouse=True)
def signed_in(account: Account) -> None:
    """Ana has opened her mail file."""
    assert account.id


@pytest.fixture
def model(house: House, make_settings: Callable[..., Settings]) -> Iterator[ModelServer]:
    """A model on Ana's own computer, which hears and reads the same in everything."""

    def mind(question: Question) -> object:
        return {"text": SAID} if question.clip else parts(part("from", "boss", "from my boss"))

    with ModelServer(mind) as server:
        house.settings = make_settings(gemini_api_key=server.key, gemini_base_url=server.gemini_url, retry_attempts=1)
        yield server


def send(visitor: Visitor, path: str, recording: bytes) -> TestResponse:
    """Upload a recording as a form; put together in memory, as the test client leaves its files open."""
    boundary, body = encode_multipart({"clip": FileStorage(io.BytesIO(recording), "speech")})
    headers = visitor.headers | {"X-CSRFToken": visitor.token()}
    kind = f"multipart/form-data; boundary={boundary}"
    return visitor.client.post(path, data=body, content_type=kind, headers=headers)


def query_of(page: str) -> str:
    found = re.search(r'name="query" value="([^"]*)"', page)
    assert found
    return unescape(found[1])


def test_page_is_in_the_navigation_and_needs_no_script(ana: Visitor) -> None:
    page = ana.get("/search").text

    assert 'href="/search" aria-current="page"' in page
    assert '<form class="card-body grid gap-3" id="search" action="/search" method="post"' in page


def test_typed_words_become_a_query_with_a_link_to_gmails_own_search(ana: Visitor) -> None:
    page = ana.post("/search", text="unread emails from Bob with attachments").text

    assert query_of(page) == "is:unread from:Bob has:attachment"
    (link,) = LINK.findall(page)
    assert unquote(link.partition("#search/")[2]) == "is:unread from:Bob has:attachment"
    assert "from Bob" in page


def test_words_are_understood_in_the_accounts_own_day(ana: Visitor, house: House) -> None:
    today = house.clock.now()

    assert f"after:{today:%Y/%m/%d}" in query_of(ana.post("/search", text="today").text)


def test_htmx_gets_the_answer_alone(ana: Visitor) -> None:
    answer = ana.post("/search", FRAGMENT, text="emails from Bob")

    assert "<html" not in answer.text
    assert query_of(answer.text) == "from:Bob"


def test_an_unsure_search_says_so_with_what_it_left_out(ana: Visitor) -> None:
    page = ana.post("/search", text="emails from Bob before Easter").text

    assert "may not be what you mean" in page
    assert "before Easter" in page


def test_saying_nothing_is_told_what_to_say(ana: Visitor) -> None:
    assert "Nothing to search for" in ana.post("/search", text="…").text


def test_a_changed_query_is_checked_and_linked(ana: Visitor) -> None:
    page = ana.post("/search", query="  FROM:bob   in:anywhere ").text

    assert query_of(page) == "from:bob in:anywhere"
    assert LINK.search(page)


@pytest.mark.parametrize("query", ["has:everything", "(from:bob", "in:", "", "a\u202eb"])
def test_a_query_gmail_does_not_know_stays_to_be_mended_and_leads_nowhere(ana: Visitor, query: str) -> None:
    answer = ana.post("/search", query=query)

    assert answer.status_code == 422
    assert query_of(answer.text) == query
    assert "Gmail would not understand this." in answer.text
    assert not LINK.search(answer.text)


@pytest.mark.parametrize("text", ['"><script>alert(1)</script>', "{{7*7}}", "javascript:alert(1)", "' onload='x"])
def test_what_is_said_is_shown_as_text_alone(ana: Visitor, text: str) -> None:
    page = ana.post("/search", text=text).text

    assert "<script>alert" not in page
    assert "' onload='x" not in page
    assert "49" not in query_of(page)
    assert all(link.startswith("https://mail.google.com/mail/u/0/#search/") for link in LINK.findall(page))


def test_only_this_page_may_ask_for_the_microphone(ana: Visitor) -> None:
    assert "microphone=(self)" in ana.get("/search").headers["Permissions-Policy"]
    assert "microphone=(self)" in ana.post("/search", text="x").headers["Permissions-Policy"]
    assert "microphone=()" in ana.get("/history").headers["Permissions-Policy"]


def test_who_is_not_signed_in_is_led_to_the_start(cleo: Visitor) -> None:
    assert cleo.get("/search").status_code == 303
    assert cleo.post("/search", text="x").status_code == 303
    assert send(cleo, "/voice/search", ogg(1)).status_code == 401


def test_unsure_words_are_read_by_the_persons_model(ana: Visitor, model: ModelServer) -> None:
    page = ana.post("/search", text="emails from my boss last week").text

    assert query_of(page) == "from:boss"
    assert "Read by a language model" in page
    assert len(model.questions) == 1


def test_the_same_words_are_asked_once(ana: Visitor, model: ModelServer) -> None:
    ana.post("/search", text=SAID)
    ana.post("/search", text=SAID)

    assert len(model.questions) == 1


def test_a_model_that_is_away_leaves_the_grammars_search(ana: Visitor, model: ModelServer) -> None:
    model.fault("503", times=None)

    page = ana.post("/search", text=SAID).text

    assert query_of(page) == "from:boss"
    assert "gemini-3.5-flash-lite" in page


def test_a_model_in_the_cloud_needs_the_persons_word(
    ana: Visitor, house: House, make_settings: Callable[..., Settings]
) -> None:
    house.settings = make_settings(gemini_api_key="AIza-canary")

    page = ana.post("/search", text=SAID).text

    assert query_of(page) == "from:boss"
    assert "not allowed a language model in the cloud" in page


def test_a_recording_is_heard_and_shown_before_use(ana: Visitor, model: ModelServer) -> None:
    page = send(ana, "/search", ogg(2)).text

    assert "Heard:" in page
    assert SAID in page
    assert query_of(page) == "from:boss"
    assert [bool(question.clip) for question in model.questions] == [True, False]


def test_what_the_browser_recognised_is_shown_as_heard(ana: Visitor) -> None:
    page = ana.post("/search", text="emails from \u202eBob", spoken="1").text

    assert "emails from Bob</bdi></q>" in page


def test_without_a_model_no_recording_is_asked_for(ana: Visitor) -> None:
    page = ana.get("/search").text

    assert 'name="clip"' not in page
    assert "data-hears" not in page


@pytest.mark.parametrize(
    ("recording", "says"), [(b"", "is empty"), (b"%PDF-1.7", "no recording"), (wav(75), "too long")]
)
def test_what_is_no_recording_is_refused_in_words(
    ana: Visitor, model: ModelServer, recording: bytes, says: str
) -> None:
    answer = send(ana, "/search", recording)

    assert answer.status_code == 400
    assert says in answer.text
    assert model.questions == []


@pytest.mark.parametrize("path", ["/search", "/voice/search"])
def test_a_recording_that_is_too_large_is_told_how_long_one_may_be(ana: Visitor, path: str) -> None:
    answer = send(ana, path, b"OggS" + bytes(LONGEST_BYTES + 20_000))

    assert answer.status_code == 413
    assert "larger than 5 MB" in answer.text
    assert "60 seconds" in answer.text


def test_a_recording_may_be_larger_than_any_form(ana: Visitor, model: ModelServer) -> None:
    assert send(ana, "/search", ogg(2) + bytes(2_000_000) + ogg(2)).status_code == 200
    assert len(model.questions[0].clip) > 2_000_000


def test_programs_send_a_recording_or_what_the_browser_heard(ana: Visitor, model: ModelServer) -> None:
    recorded = send(ana, "/voice/search", ogg(2)).json
    recognised = ana.send("/voice/search", {"text": SAID}).json

    assert (
        recorded
        == recognised
        == {
            "heard": SAID,
            "query": "from:boss",
            "understood": [{"words": "from my boss", "operator": "from:boss"}],
            "ignored": [],
            "unsure": False,
            "by": "model",
            "problem": None,
        }
    )
    assert len(model.questions) == 2


@pytest.mark.parametrize("body", [None, {}, {"text": 5}, {"text": None}, [], {"words": "x"}])
def test_programs_that_send_neither_are_told_so(ana: Visitor, body: object) -> None:
    answer = ana.send("/voice/search", body)

    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"


def test_programs_are_told_problems_as_json(ana: Visitor, model: ModelServer) -> None:
    answer = send(ana, "/voice/search", b"%PDF-1.7")

    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert answer.json is not None
    assert "no recording" in answer.json["detail"]
    assert "WAV" in answer.json["hint"]
    assert model.questions == []


def test_requests_are_counted(ana: Visitor) -> None:
    statuses = [ana.send("/voice/search", {"text": "from bob"}).status_code for _ in range(21)]

    assert statuses == [200] * 20 + [429]


@pytest.mark.parametrize("path", ["/search", "/voice/search"])
def test_nothing_is_heard_without_the_token_of_a_page(ana: Visitor, model: ModelServer, path: str) -> None:
    answer = ana.client.post(path, data={"clip": (io.BytesIO(ogg(2)), "speech")}, headers=ana.headers)

    assert answer.status_code == 403
    assert model.questions == []


def test_words_and_recordings_are_in_no_log(
    ana: Visitor, model: ModelServer, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    ana.post("/search", text="canary words of my boss")
    send(ana, "/search", ogg(2))

    said = capsys.readouterr()
    assert model.questions
    assert not [word for word in ("canary", "boss") if word in said.out + said.err + caplog.text]
