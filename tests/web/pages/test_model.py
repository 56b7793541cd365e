"""The page of the language model: how it stands, what it costs, and what the person allows it."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from auramail.core.accounts import Account
from auramail.core.labels import Label
from auramail.core.privacy import CloudTerms, Tier
from auramail.core.questions import Part
from auramail.core.receipts import Receipt
from auramail.core.runs import Order, RunState
from auramail.ops.privacy import give_consent
from auramail.settings import Settings
from auramail.wiring.house import House
from tests.fakes.model_server import ModelServer
from tests.web.modelled import CLOUD, FREE, MODEL, PAID, spend
from tests.web.visitor import Visitor

Make = Callable[..., Settings]


def terms(house: House, account: Account) -> CloudTerms:
    return house.preferences.cloud(account.id)


def acts(house: House, account: Account) -> list[str]:
    return [line.act for line in house.audit.of_user(account.user_id) if line.act.startswith("cloud")]


@pytest.fixture
def cloud(house: House, account: Account, make_settings: Make) -> Account:
    """Ana's mail file, with a model in the cloud in the settings."""
    house.settings = make_settings(**CLOUD)
    return account


@pytest.fixture
def allowed(house: House, cloud: Account) -> Account:
    give_consent(house, cloud, cloud.user_id, Tier.FREE, MODEL)
    return cloud


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer() as started:
        yield started


def test_without_a_model_the_page_says_how_there_could_be_one(ana: Visitor, account: Account) -> None:
    page = ana.get("/model").text

    assert account.id
    assert "everything is decided on this computer" in page
    assert "GEMINI_API_KEY" in page
    assert "Your consent" not in page


def test_model_of_ones_own_needs_no_consent(ana: Visitor, account: Account, house: House, make_settings: Make) -> None:
    house.settings = make_settings(**CLOUD | {"openai_is_cloud": "auto"})

    page = ana.get("/model").text

    assert account.id
    assert "on this computer: nothing leaves your own computers" in page
    assert "is asked" in page
    assert "Your consent" not in page


def test_before_the_yes_the_page_says_what_would_be_sent_and_that_nothing_is(ana: Visitor, cloud: Account) -> None:
    page = ana.get("/model").text

    assert cloud.id
    for words in ("waits for your yes", "in the cloud", "Nothing of this mailbox is sent before you say yes", "6,000"):
        assert words in page
    assert "elsewhere" not in page


def test_yes_is_recorded_and_can_be_withdrawn(ana: Visitor, cloud: Account, house: House) -> None:
    said = ana.post("/model/consent", None, account=cloud.id, answer="yes")
    consent = terms(house, cloud).consent
    shown = ana.get(said.location).text
    ana.post("/model/consent", None, account=cloud.id, answer="no")

    assert (said.status_code, said.location) == (303, f"/model?account={cloud.id}")
    assert consent is not None
    assert (consent.user_id, consent.tier, consent.model) == (cloud.user_id, Tier.FREE, MODEL)
    assert "You allowed it on" in shown
    assert terms(house, cloud).consent is None
    assert acts(house, cloud) == ["cloud_refused", "cloud_allowed"]


def test_a_free_key_of_googles_asks_where_the_person_is(
    ana: Visitor, account: Account, house: House, make_settings: Make
) -> None:
    house.settings = make_settings(**FREE)

    page = ana.get("/model").text
    refused = ana.post("/model/consent", None, account=account.id, answer="yes")
    before = terms(house, account).consent
    ana.post("/model/consent", None, account=account.id, answer="yes", elsewhere="1")

    assert "people at Google may read what is sent" in page
    assert 'name="elsewhere"' in page
    assert refused.status_code == 422
    assert "may not be used for people in the EEA" in refused.text
    assert before is None
    after = terms(house, account).consent
    assert after is not None
    assert after.tier is Tier.FREE
    assert acts(house, account) == ["cloud_place_confirmed", "cloud_allowed"]


def test_a_paid_key_asks_for_less_and_a_free_one_afterwards_asks_again(
    ana: Visitor, account: Account, house: House, make_settings: Make
) -> None:
    house.settings = make_settings(**PAID)
    page = ana.get("/model").text
    ana.post("/model/consent", None, account=account.id, answer="yes")
    house.settings = make_settings(**FREE)

    again = ana.get("/model").text

    assert 'name="elsewhere"' not in page
    assert "trains no models" in page
    assert "That was for a paid key" in again
    assert "waits for your yes" in again


def test_the_switch_turns_the_cloud_off_and_on(ana: Visitor, allowed: Account, house: House) -> None:
    ana.post("/model/switch", None, account=allowed.id, on="0")
    off, page = terms(house, allowed), ana.get("/model").text
    ana.post("/model/switch", None, account=allowed.id, on="1")

    assert not off.is_on
    assert off.consent is not None
    assert "The cloud is off for this mailbox" in page
    assert terms(house, allowed).is_on


def test_senders_domains_and_labels_are_kept_from_the_cloud(ana: Visitor, cloud: Account, house: House) -> None:
    house.labels.remember(cloud.id, [Label("Label_7", "Здоров’я")])

    for what in ("doctor@clinic.example", "@bank.example", "здоров’я"):
        ana.post("/model/never", None, account=cloud.id, what=what)
    kept, page = terms(house, cloud), ana.get("/model").text
    for what in ("@bank.example", "Label_7"):
        ana.post("/model/never", None, account=cloud.id, remove=what)

    assert kept.senders == {"doctor@clinic.example", "@bank.example"}
    assert kept.labels == {"Label_7"}
    assert 'value="Label_7"' in page
    assert "Здоров’я" in page
    assert terms(house, cloud) == CloudTerms(senders=frozenset({"doctor@clinic.example"}))


def test_what_is_no_sender_and_no_label_is_shown_again_with_what_to_do(
    ana: Visitor, cloud: Account, house: House
) -> None:
    answer = ana.post("/model/never", None, account=cloud.id, what="<i>nobody")

    assert answer.status_code == 422
    assert "is no address, no @domain and no label" in answer.text
    assert 'value="&lt;i&gt;nobody" aria-invalid="true"' in answer.text
    assert terms(house, cloud) == CloudTerms()


CHANGES = [
    ("/model/consent", {"answer": "yes"}),
    ("/model/switch", {"on": "0"}),
    ("/model/never", {"what": "@clinic.example"}),
]


@pytest.mark.parametrize(("path", "fields"), CHANGES)
def test_a_form_without_its_token_changes_nothing(
    ana: Visitor, cloud: Account, house: House, path: str, fields: dict[str, str]
) -> None:
    answer = ana.post(path, None, account=cloud.id, csrf_token="forged", **fields)

    assert answer.status_code == 403
    assert terms(house, cloud) == CloudTerms()


@pytest.mark.parametrize(("path", "fields"), [*CHANGES, ("/model/check", {})])
@pytest.mark.parametrize("account_id", ["2", "x", "9" * 30, ""])
def test_an_account_of_nobody_known_does_not_exist(
    ana: Visitor, cloud: Account, path: str, fields: dict[str, str], account_id: str
) -> None:
    assert cloud.id == 1
    assert ana.post(path, None, account=account_id, **fields).status_code == 404


def test_a_check_shows_that_it_answers(
    ana: Visitor, account: Account, house: House, make_settings: Make, server: ModelServer
) -> None:
    house.settings = make_settings(**CLOUD | {"openai_base_url": server.openai_url, "openai_api_key": server.key})
    before = ana.get("/model").text

    answer = ana.post("/model/check", None, account=account.id)

    assert "not checked yet" in before
    assert "The model answers." in ana.get(answer.location).text
    assert server.questions == []


def test_a_check_says_what_is_wrong_and_which_setting_it_is(
    ana: Visitor, allowed: Account, house: House, make_settings: Make, server: ModelServer
) -> None:
    house.settings = make_settings(**CLOUD | {"openai_base_url": server.openai_url, "openai_api_key": "wrong"})

    ana.post("/model/check", None, account=allowed.id)

    page = ana.get("/model").text
    assert "does not accept the key" in page
    assert "Check OPENAI_API_KEY" in page
    assert "the local classifier goes on alone" in page
    assert "does not accept the key" in ana.get("/dashboard").text


def test_the_costs_are_what_was_spent(ana: Visitor, allowed: Account, house: House) -> None:
    spend(house, allowed, Part("m1", "one"), Part("m2", "two"), micros=1470)
    spend(house, allowed, Part("m3", "three"), micros=130)
    run = house.runs.start(allowed.id, Order())
    receipt = Receipt(run.id, 50, 50, model_answers=4, model_hits=1, unasked={"unusable": 1, "withheld": 3})
    house.runs.finish(run.id, RunState.DONE, receipt)

    page = ana.get("/model").text

    assert "US$0.0016" in page  # 1,470 and 130 millionths
    assert "at most 500 a day" in page
    assert "1,960" in page  # tokens: twice 900 sent and 80 answered
    assert "8%" in page  # 3 answered and 1 in vain, of 50 messages
    assert "25%" in page  # 1 of 4 answers known already
    assert "$0.3 for a million sent and $2.5 for a million answered" in page


@pytest.mark.parametrize("cap", [{"model_calls_per_day": 1}, {"model_dollars_per_day": 0.0005}])
def test_at_the_cap_the_page_says_until_when_the_classifier_goes_on_alone(
    ana: Visitor, allowed: Account, house: House, make_settings: Make, cap: dict[str, float]
) -> None:
    house.settings = make_settings(**CLOUD | cap)
    spend(house, allowed, Part("m1", "one"))

    page = ana.get("/model").text

    assert "cap reached" in page
    assert "the local classifier goes on alone until 15 Mar 2026, 00:00" in page
    assert "the local classifier goes on alone until 15 Mar 2026, 00:00" in ana.get("/dashboard").text


def test_a_used_up_quota_of_the_vendor_is_told(ana: Visitor, allowed: Account, house: House) -> None:
    assert house.preferences.cloud(allowed.id).consent is not None
    house.models.limits.close(house.clock.now() + timedelta(hours=2))

    assert "quota used up" in ana.get("/model").text
    assert "quota of the day is used up" in ana.get("/dashboard").text


def test_the_operators_word_outranks_the_persons(
    ana: Visitor, allowed: Account, house: House, make_settings: Make
) -> None:
    assert house.preferences.cloud(allowed.id).consent is not None
    house.settings = make_settings(**CLOUD | {"cloud": "off"})

    page = ana.get("/model").text

    assert "CLOUD=off" in page
    assert "Check now" not in page


def test_the_overview_asks_once_a_model_waits_for_a_yes(ana: Visitor, cloud: Account) -> None:
    waiting = ana.get("/dashboard").text
    ana.post("/model/switch", None, account=cloud.id, on="0")
    refused = ana.get("/dashboard").text

    assert "Nothing is sent before you say yes" in waiting
    assert "Nothing is sent before you say yes" not in refused


def test_the_page_speaks_ukrainian(ana: Visitor, allowed: Account, house: House) -> None:
    spend(house, allowed, Part("m1", "one"))

    page = ana.get("/model", {"Accept-Language": "uk"}).text

    for words in ("Мовна модель", "Що надсилається з непевного листа", "її питають", "щонайбільше 500 на день"):
        assert words in page
    assert "Nothing" not in page
