from dataclasses import replace
from datetime import timedelta

import pytest

from auramail.core.actions import Change
from auramail.core.errors import NeedsPersonError, SignInNeededError, TryAgainError
from auramail.mail.gmail.credentials import Credentials
from auramail.mail.gmail.mailbox import GmailMailbox
from auramail.ports.mailboxes import Request
from tests.mail.gmail.gmail_world import GmailWorld


def test_a_token_about_to_end_is_renewed_before_it_is_used(world: GmailWorld) -> None:
    held = world.credentials()
    with world.open(credentials=held) as mailbox:
        world.clock.advance(seconds=3600 - 59)

        mailbox.labels([])

    (saved,) = world.saved
    assert saved.access_token != held.access_token
    assert saved.refresh_token == held.refresh_token
    assert saved.expiry == world.clock.now() + timedelta(seconds=3599)
    assert world.google.usage.statuses[401] == 0


def test_a_token_google_refuses_is_renewed_once(world: GmailWorld, mailbox: GmailMailbox) -> None:
    ids = world.deliver(30)
    mailbox.fetch(ids[:1])
    world.google.expire_tokens()

    answers = mailbox.fetch(ids)

    assert all(answer.source for answer in answers)
    assert len(world.saved) == 1
    assert world.clock.pauses == []


@pytest.mark.parametrize("count", [1, 12])
def test_a_change_goes_on_after_a_renewed_token(world: GmailWorld, mailbox: GmailMailbox, count: int) -> None:
    ids = world.deliver(count)
    world.google.expire_tokens()

    now = mailbox.labels_now(ids)

    assert len(now) == count


def test_a_token_refused_again_after_renewal_ends_it(world: GmailWorld, mailbox: GmailMailbox) -> None:
    world.google.fault("labels.list", "401", times=None)

    with pytest.raises(SignInNeededError):
        mailbox.labels([])

    assert world.google.usage.calls["labels.list"] == 2


def test_a_revoked_grant_asks_for_a_new_sign_in_without_a_loop(world: GmailWorld, mailbox: GmailMailbox) -> None:
    world.google.revoke()

    with pytest.raises(SignInNeededError) as caught:
        mailbox.labels([])

    assert caught.value.hint is not None
    assert "Connect the account again" in caught.value.hint.say()
    assert world.google.usage.calls["token"] == 1
    assert world.saved == []
    assert world.clock.pauses == []


def test_credentials_of_another_google_project_ask_for_a_new_sign_in(world: GmailWorld) -> None:
    foreign = replace(world.credentials(), client_id="another", access_token="")

    with world.open(credentials=foreign) as mailbox, pytest.raises(SignInNeededError):
        mailbox.labels([])

    assert world.google.usage.http_calls == 0


def test_a_token_endpoint_in_trouble_is_tried_again(world: GmailWorld, mailbox: GmailMailbox) -> None:
    world.google.expire_tokens()
    world.google.fault("token", "503")

    mailbox.labels([])

    assert len(world.saved) == 1


def test_a_token_endpoint_in_lasting_trouble_is_for_the_queue(world: GmailWorld, mailbox: GmailMailbox) -> None:
    world.google.expire_tokens()
    world.google.fault("token", "503", times=None)

    with pytest.raises(TryAgainError):
        mailbox.labels([])


def test_a_change_that_waits_for_a_token_is_told_apart_from_those_made(
    world: GmailWorld, mailbox: GmailMailbox
) -> None:
    one, two = world.deliver(2)
    archive = Change(remove=frozenset({"INBOX"}))
    world.google.fault("messages.modify", "401", nth=2)
    world.google.fault("token", "503", times=None)

    first, second = mailbox.change_labels([Request((one,), archive), Request((two,), archive)])

    assert (first.unknown, first.later) == (False, None)
    assert second.later is not None


def test_a_client_google_does_not_know_is_the_operators_to_mend(world: GmailWorld, mailbox: GmailMailbox) -> None:
    world.google.expire_tokens()
    world.google.fault("token", "invalid_client")

    with pytest.raises(NeedsPersonError, match="OAuth client") as caught:
        mailbox.labels([])

    assert not isinstance(caught.value, SignInNeededError)


def test_credentials_survive_the_vault(world: GmailWorld) -> None:
    whole = world.credentials()
    bare = Credentials("id", "https://token.example", "refresh")

    assert Credentials.from_bytes(whole.to_bytes()) == whole
    assert Credentials.from_bytes(bare.to_bytes()) == bare


def test_no_secret_is_shown_when_credentials_are_printed(world: GmailWorld) -> None:
    held = world.credentials()

    shown = f"{held!r} {world.client!r}"

    assert held.refresh_token not in shown
    assert held.access_token not in shown
    assert world.client.client_secret not in shown
