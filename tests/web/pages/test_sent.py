"""What the model was shown of a message, word for word, and how the history and the report tell of it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from auramail.core.accounts import Account
from auramail.core.decisions import Asked, ModelNote
from auramail.core.history import Entry, Selection
from auramail.core.privacy import Withheld
from auramail.core.questions import Part, Purpose, Tokens
from auramail.core.receipts import Receipt
from auramail.core.runs import Order, Run, RunState
from auramail.ops.model.places import Place
from auramail.ops.work import look_after
from auramail.reading.masking import Secret
from auramail.settings import Settings
from auramail.web import vocabulary
from auramail.wiring.house import House
from tests.fakes.model_server import ModelServer
from tests.web.modelled import CLOUD, SHOWN, grow_old, spend
from tests.web.visitor import Visitor


@pytest.fixture
def entry(house: House, sorted_run: Run, account: Account, make_settings: Callable[..., Settings]) -> Entry:
    """One of Ana's messages, after a sort, with a model in the settings."""
    assert sorted_run.id
    house.settings = make_settings(**CLOUD)
    return next(house.ledger.entries(Selection(account.id)))


def test_what_left_is_shown_letter_for_letter_and_runs_nothing(
    ana: Visitor, house: House, account: Account, entry: Entry
) -> None:
    spend(house, account, Part(entry.message_id, SHOWN, {"code": 2, "iban": 1}), Part("other", "canary of another"))

    page = ana.get(f"/sent/{entry.message_id}").text

    assert "&lt;b&gt;Yes&lt;/b&gt;\nand [one-time code]" in page
    assert "<b>Yes" not in page
    assert "Bo &lt;bo@x.example&gt;" in page
    assert "one-time codes: 2, bank accounts: 1" in page
    assert "1 other message, each by itself" in page
    assert "Judge the letter." in page
    assert "US$0.00024" in page  # half of 470 millionths, cut to a whole one
    assert "canary of another" not in page


def test_it_is_found_by_the_entry_of_the_history_too(
    ana: Visitor, house: House, account: Account, entry: Entry
) -> None:
    spend(house, account, Part(entry.message_id, SHOWN))

    assert "[one-time code]" in ana.get(f"/sent/{entry.id}").text


def test_of_a_message_nobody_was_shown_the_page_says_so(ana: Visitor, entry: Entry) -> None:
    assert "Nothing of this message was shown" in ana.get(f"/sent/{entry.message_id}").text


def test_an_erased_copy_says_that_it_is_erased(ana: Visitor, house: House, account: Account, entry: Entry) -> None:
    spend(house, account, Part(entry.message_id, SHOWN, {"code": 2}))
    grow_old(house, 91)

    page = ana.get(f"/sent/{entry.message_id}").text

    assert "erased after 90 days (MODEL_KEEP_SENT_DAYS)" in page
    assert "one-time codes: 2" in page
    assert "[one-time code]" not in page
    assert "Judge the letter." not in page


def test_where_no_copies_are_kept_the_page_says_so(
    ana: Visitor, house: House, account: Account, entry: Entry, make_settings: Callable[..., Settings]
) -> None:
    house.settings = make_settings(**CLOUD | {"model_keep_sent_days": 0})
    spend(house, account, Part(entry.message_id, SHOWN))

    assert "MODEL_KEEP_SENT_DAYS is 0" in ana.get(f"/sent/{entry.message_id}").text


@pytest.mark.parametrize("which", ["bens", "1000", "nowhere", "9" * 30])
def test_nobody_elses_message_is_there(
    ana: Visitor, house: House, account: Account, entry: Entry, home: Path, which: str
) -> None:
    (home / "ben.mbox").touch()
    bens = house.open_local(f"mbox:{home / 'ben.mbox'}", house.users.signed_in("ben", "ben@x.example", "Ben").id)
    spend(house, bens, Part("bens", "canary of ben"))

    answer = ana.get(f"/sent/{which}")

    assert entry.account_id == account.id
    assert answer.status_code == 404
    assert "canary" not in answer.text


def test_the_page_speaks_ukrainian(ana: Visitor, house: House, account: Account, entry: Entry) -> None:
    spend(house, account, Part(entry.message_id, SHOWN, {"code": 2}), Part("b", "b"), Part("c", "c"))

    page = ana.get(f"/sent/{entry.message_id}", {"Accept-Language": "uk"}).text

    for words in ("Що показали моделі", "одноразові коди: 2", "ще 2 листи", "Літера в літеру"):
        assert words in page


NOTE = ModelNote(Asked.ANSWERED, "llama3.2", "judge-2", tokens=Tokens(900, 80), micros=470, call_id=1)


@pytest.mark.parametrize(
    ("note", "says"),
    [
        (NOTE, "It was asked, and answered."),
        (replace(NOTE, is_cached=True), "nothing was sent anew"),
        (replace(NOTE, asked=Asked.UNUSABLE), "could not be used"),
        (ModelNote(Asked.LATER), "no time to answer"),
        (ModelNote(Asked.SPENT), "was spent"),
        (ModelNote(Asked.REFUSED), "does not take this message"),
        (ModelNote(Asked.PROBLEM), "has to be mended"),
        (ModelNote(Asked.WITHHELD, detail="no_consent"), "had not allowed"),
        (ModelNote(Asked.WITHHELD, detail="switched_off"), "turned the cloud off"),
        (ModelNote(Asked.WITHHELD, detail="sender"), "of this sender"),
        (ModelNote(Asked.WITHHELD, detail="label"), "with this label"),
        (ModelNote(Asked.WITHHELD, detail="newer than this page"), "from the cloud"),
    ],
)
def test_how_the_model_had_to_do_with_it_is_said_in_words(note: ModelNote, says: str) -> None:
    assert says in vocabulary.model_said(note).say()


def test_the_history_tells_of_the_model_and_leads_to_what_it_saw(
    ana: Visitor, house: House, account: Account, make_settings: Callable[..., Settings]
) -> None:
    with ModelServer() as server:
        own = {"openai_base_url": server.openai_url, "openai_api_key": server.key, "openai_is_cloud": "auto"}
        house.settings = make_settings(**CLOUD | own | {"model_ask_below": 1.0})
        ana.post("/sort", account=account.id, folder=["INBOX", "SPAM", "TRASH"])
        look_after(house, account.id)
    asked = next(
        one for one in house.ledger.entries(Selection(account.id)) if one.decision and one.decision.model is not None
    )

    page = ana.get(f"/history/{asked.id}").text

    assert "its answer could not be used" in page
    assert f'href="/sent/{asked.message_id}"' in page
    assert "judge-2" in page


def test_the_report_counts_what_was_asked_and_why_not(ana: Visitor, house: House, account: Account) -> None:
    run = house.runs.start(account.id, Order())
    receipt = Receipt(
        run.id, 9, 9, model_calls=3, model_answers=7, model_hits=2, tokens_sent=2741, tokens_answered=237,
        model_micros=1415, unasked={"spent": 1, "withheld": 4},
    )  # fmt: skip
    house.runs.finish(run.id, RunState.DONE, receipt)

    page = ana.get(f"/reports/{run.id}").text

    for words in (
        "2 of them known from earlier",
        "2,741 + 237",
        "US$0.0014",
        "what may be spent was spent",
        "you keep them from the cloud",
        f'href="/model?account={account.id}"',
    ):
        assert words in page


def test_the_report_leads_to_each_message_that_was_shown(
    ana: Visitor, house: House, account: Account, entry: Entry
) -> None:
    spend(house, account, Part(entry.message_id, SHOWN), Part("gone", "gone"), run_id=entry.run_id)
    spend(house, account, Part("of another run", "x"))

    page = ana.get(f"/reports/{entry.run_id}").text

    assert f'href="/sent/{entry.message_id}"' in page
    assert 'href="/sent/gone"' in page
    assert "of another run" not in page


def test_every_kind_of_secret_and_every_reason_has_its_words() -> None:
    assert set(vocabulary.SECRETS) == set(Secret)
    assert set(vocabulary.ASKED) >= set(Asked)
    assert set(vocabulary.UNASKED) >= set(Asked) - {Asked.ANSWERED}
    assert set(vocabulary.WITHHELD) == set(Withheld)
    assert set(vocabulary.PURPOSES) == set(Purpose)
    assert set(vocabulary.MODEL_PLACES) == set(Place)
