"""What a person allows and forbids the cloud, saved and recorded."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from auramail.core.accounts import Account
from auramail.core.errors import NeedsPersonError
from auramail.core.labels import Label
from auramail.core.privacy import CloudTerms, Consent, Tier
from auramail.ops.privacy import give_consent, never, switch, withdraw
from auramail.settings import read_settings
from auramail.wiring.house import House, open_house
from tests.fakes.clock import NOON, FakeClock

MODEL = "gemini-3.5-flash-lite"


@pytest.fixture
def house(home: Path, sqlite_url: str, clock: FakeClock) -> Iterator[House]:
    assert sqlite_url
    with open_house(read_settings(auramail_home=home, _env_file=None), clock) as opened:
        yield opened


@pytest.fixture
def account(house: House) -> Account:
    opened = house.open_local("sample", house.users.local_user().id)
    house.labels.remember(opened.id, [Label("Label_7", "Здоров’я"), Label("INBOX", "Inbox"), Label("L8", "me@home")])
    return opened


def terms(house: House, account: Account) -> CloudTerms:
    return house.preferences.cloud(account.id)


def acts(house: House, account: Account) -> list[tuple[str, object]]:
    """What is on record, the oldest first."""
    lines = house.audit.of_user(account.user_id)
    assert all(line.account_id == account.id and line.at == NOON for line in lines)
    return [(line.act, line.detail) for line in reversed(lines)]


def test_before_anything_was_said_nothing_may_be_sent(house: House, account: Account) -> None:
    assert terms(house, account) == CloudTerms()
    assert not terms(house, account).covers(Tier.PAID, house.settings.vendor)


def test_a_consent_is_kept_with_who_gave_it_when_and_to_what(house: House, account: Account) -> None:
    give_consent(house, account, account.user_id, Tier.FREE, MODEL)

    assert terms(house, account).consent == Consent(account.user_id, NOON, Tier.FREE, MODEL, house.settings.vendor)
    assert acts(house, account) == [("cloud_allowed", {"tier": "free", "model": MODEL, "vendor": "Google"})]


def test_a_consent_withdrawn_leaves_the_rest_as_it_was(house: House, account: Account) -> None:
    never(house, account, account.user_id, "@clinic.example", wanted=True)
    give_consent(house, account, account.user_id, Tier.PAID, MODEL)

    withdraw(house, account, account.user_id)

    assert terms(house, account) == CloudTerms(senders=frozenset({"@clinic.example"}))
    assert [act for act, _ in acts(house, account)] == ["cloud_never", "cloud_allowed", "cloud_refused"]


def test_the_switch_keeps_the_consent_for_later(house: House, account: Account) -> None:
    give_consent(house, account, account.user_id, Tier.PAID, MODEL)

    switch(house, account, account.user_id, on=False)
    off = terms(house, account)
    switch(house, account, account.user_id, on=True)

    assert (off.is_on, terms(house, account).is_on) == (False, True)
    assert (
        off.consent
        == terms(house, account).consent
        == Consent(account.user_id, NOON, Tier.PAID, MODEL, house.settings.vendor)
    )
    assert [act for act, _ in acts(house, account)] == ["cloud_allowed", "cloud_turned_off", "cloud_turned_on"]


@pytest.mark.parametrize(
    ("what", "sender"),
    [
        ("doctor@clinic.example", "doctor@clinic.example"),
        (" Doctor@Clinic.Example ", "doctor@clinic.example"),
        ("first.last+news@mail.clinic.example", "first.last+news@mail.clinic.example"),
        ("o'neil@clinic.example", "o'neil@clinic.example"),
        ("@clinic.example", "@clinic.example"),
        ("@Пошта.УКР", "@пошта.укр"),
        ("@clinic.example.", "@clinic.example"),
        ("@xn--80a.example", "@xn--80a.example"),
    ],
)
def test_a_sender_or_a_whole_domain_is_kept_from_the_cloud(
    house: House, account: Account, what: str, sender: str
) -> None:
    never(house, account, account.user_id, what, wanted=True)

    assert terms(house, account).senders == {sender}
    assert acts(house, account) == [("cloud_never", {"what": "senders"})]


@pytest.mark.parametrize(
    ("what", "label"), [("Label_7", "Label_7"), ("здоров’я", "Label_7"), (" Inbox ", "INBOX"), ("me@home", "L8")]
)
def test_a_label_is_kept_from_the_cloud_by_its_name_or_id(
    house: House, account: Account, what: str, label: str
) -> None:
    never(house, account, account.user_id, what, wanted=True)

    assert terms(house, account) == CloudTerms(labels=frozenset({label}))
    assert acts(house, account) == [("cloud_never", {"what": "labels"})]


@pytest.mark.parametrize(
    "what",
    [
        "",
        "   ",
        "@",
        "name@",
        "doctor",
        "clinic.example",
        "a@b",
        "@localhost",
        "a b@clinic.example",
        "a@clinic..example",
        "a@-clinic.example",
        "a@b@clinic.example",
        "a@clinic.example, b@clinic.example",
        "<a@clinic.example>",
        "@" + "a." * 200 + "example",
        "Nowhere",
    ],
)
def test_what_is_none_of_these_is_refused_in_one_line(house: House, account: Account, what: str) -> None:
    with pytest.raises(NeedsPersonError, match="no address, no @domain and no label") as caught:
        never(house, account, account.user_id, what, wanted=True)

    assert "\n" not in str(caught.value)
    assert terms(house, account) == CloudTerms()
    assert acts(house, account) == []


def test_what_was_kept_away_may_be_shown_again_also_when_the_label_is_gone(house: House, account: Account) -> None:
    house.preferences.save_cloud(account.id, CloudTerms(senders=frozenset({"a@b.example"}), labels=frozenset({"gone"})))

    never(house, account, account.user_id, "A@b.example", wanted=False)
    never(house, account, account.user_id, "gone", wanted=False)

    assert terms(house, account) == CloudTerms()
    assert [act for act, _ in acts(house, account)] == ["cloud_never_ended"] * 2


def test_what_changes_nothing_is_not_recorded(house: House, account: Account) -> None:
    switch(house, account, account.user_id, on=True)
    withdraw(house, account, account.user_id)
    never(house, account, account.user_id, "a@b.example", wanted=False)

    assert acts(house, account) == []


def test_a_label_of_another_account_is_not_known_here(house: House, account: Account, tmp_path: Path) -> None:
    (tmp_path / "other.mbox").touch()
    other = house.open_local(f"mbox:{tmp_path / 'other.mbox'}", account.user_id)

    with pytest.raises(NeedsPersonError):
        never(house, other, account.user_id, "Label_7", wanted=True)
