"""What happens to each category, shown and changed at the command line."""

import pytest

from tests.cli.conftest import Command


def test_the_usual_policy_is_shown_until_the_person_changes_it(auramail: Command, mail: str) -> None:
    shown = auramail("policy", "--from", mail)

    assert shown.code == 0
    assert "NEWSLETTER       MOVE       AI_Newsletters" in shown.out
    assert "autonomy full, act above 0.6, may trash: no" in shown.out


def test_a_changed_action_holds_for_the_next_run(auramail: Command, mail: str) -> None:
    told = auramail("policy", "set", "--from", mail, "--category", "NEWSLETTER", "--action", "NO_ACTION")
    auramail("sort", "--from", mail)

    [newest] = auramail("history", "--json", "--category", "NEWSLETTER", "--limit", "1").lines()
    assert told.code == 0
    assert (newest["added"], newest["removed"]) == (["AI_Newsletters"], [])


def test_what_is_not_named_stays_as_it_was(auramail: Command, mail: str) -> None:
    auramail("policy", "set", "--from", mail, "--autonomy", "suggest", "--may-trash")

    told = auramail("policy", "set", "--from", mail, "--act-above", "0.7", "--prefix", "Aura/").out

    assert "autonomy suggest, act above 0.7, may trash: yes" in told
    assert "Aura/Newsletters" in told


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--category", "DANGER", "--action", "DELETE", "--may-trash"), "never put in the trash"),
        (("--category", "DELETE", "--action", "DELETE"), "--may-trash"),
        (("--category", "DELETE"), "belong together"),
        (("--act-above", "2"), "0<=x<=1"),
        (("--prefix", ""), "keeps the name"),
    ],
)
def test_what_may_not_be_is_refused_and_nothing_changes(
    auramail: Command, mail: str, options: tuple[str, ...], reason: str
) -> None:
    before = auramail("policy", "--from", mail).out

    refused = auramail("policy", "set", "--from", mail, *options)

    assert refused.code == 2
    assert reason in refused.err
    assert auramail("policy", "--from", mail).out == before
