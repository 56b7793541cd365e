import pytest

from auramail.core.errors import GiveUpError, NeedsPersonError, TryAgainError
from auramail.core.labels import Label, LabelWish
from auramail.mail.gmail.mailbox import GmailMailbox
from tests.mail.gmail.gmail_world import GmailWorld

NEWS = LabelWish("AI_Newsletters", "#4a86e8", "#ffffff")
BILLS = LabelWish("AuraMail/Bills", "#fad165", "#000000")


def test_missing_labels_are_made_together_with_their_colours(world: GmailWorld, mailbox: GmailMailbox) -> None:
    found = mailbox.labels([NEWS, BILLS])

    assert {label.id: label.name for label in found.values()} == world.google.label_names()
    stored = world.google.mailbox().labels[found["AI_Newsletters"].id]
    assert (stored.background, stored.text) == ("#4a86e8", "#ffffff")
    assert mailbox.usage.http_calls == 2


def test_labels_are_asked_for_once(world: GmailWorld, mailbox: GmailMailbox) -> None:
    first = mailbox.labels([NEWS])
    calls = mailbox.usage.http_calls

    again = mailbox.labels([NEWS])

    assert again == first
    assert mailbox.usage.http_calls == calls == world.google.usage.http_calls


def test_a_label_is_found_by_its_name_as_gmail_compares_it(world: GmailWorld, mailbox: GmailMailbox) -> None:
    world.google.add_message(b"", ("ai newsletters",))
    (theirs,) = world.google.label_names()

    found = mailbox.labels([NEWS])

    assert found == {"AI_Newsletters": Label(theirs, "ai newsletters")}


def test_a_label_made_by_another_in_the_same_moment_is_found(world: GmailWorld, mailbox: GmailMailbox) -> None:
    world.google.before("labels.create", lambda: world.google.add_message(b"", ("AI Newsletters",)))

    found = mailbox.labels([NEWS])

    assert [found["AI_Newsletters"].id] == list(world.google.label_names())


def test_a_label_whose_making_was_not_answered_is_looked_for(world: GmailWorld, mailbox: GmailMailbox) -> None:
    world.google.fault("labels.create", "reset_after_apply")

    found = mailbox.labels([NEWS])

    assert [found["AI_Newsletters"].id] == list(world.google.label_names())


def test_a_label_the_person_renames_is_still_the_same(world: GmailWorld, mailbox: GmailMailbox) -> None:
    before = mailbox.labels([NEWS])
    world.google.rename_label("AI_Newsletters", "Reading")

    assert mailbox.labels([NEWS]) == before


def test_two_spellings_of_one_name_are_one_label(world: GmailWorld, mailbox: GmailMailbox) -> None:
    other = LabelWish("ai-newsletters", "#4a86e8", "#ffffff")

    found = mailbox.labels([NEWS, other])

    assert len(world.google.label_names()) == 1
    assert found["AI_Newsletters"].id == found["ai-newsletters"].id


def test_a_label_that_is_in_the_way_but_not_to_be_seen_is_told(world: GmailWorld, mailbox: GmailMailbox) -> None:
    world.google.before("labels.create", lambda: world.google.add_message(b"", ("AI Newsletters",)))
    world.google.before("labels.list", lambda: world.google.delete_label("AI Newsletters"), nth=2)

    with pytest.raises(GiveUpError, match="AI_Newsletters"):
        mailbox.labels([NEWS])


def test_labels_google_puts_off_are_made_later(world: GmailWorld, mailbox: GmailMailbox) -> None:
    world.google.fault("labels.create", "429", retry_after=60)

    with pytest.raises(TryAgainError):
        mailbox.labels([NEWS])


def test_a_name_that_is_gmails_own_is_refused_with_advice(world: GmailWorld, mailbox: GmailMailbox) -> None:
    del world
    with pytest.raises(NeedsPersonError) as caught:
        mailbox.labels([LabelWish("Inbox", "#4a86e8", "#ffffff")])

    assert caught.value.hint is not None
    assert "LABEL_PREFIX" in caught.value.hint.say()


def test_without_wishes_all_labels_are_shown(world: GmailWorld, mailbox: GmailMailbox) -> None:
    world.google.add_message(b"", ("Family",))

    found = mailbox.labels([])

    assert found["INBOX"] == Label("INBOX", "INBOX")
    assert found["Family"].id in world.google.label_names()
