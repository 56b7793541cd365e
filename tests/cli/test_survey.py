"""Surveys at the command line."""

import json

from tests.cli.conftest import Command


def test_where_reading_costs_nothing_there_is_nothing_to_survey(auramail: Command, mail: str) -> None:
    told = auramail("survey", "--from", mail)

    assert (told.code, told.out.strip()) == (0, "Reading this mailbox costs nothing: all of it is read.")


def test_yes_and_no_are_kept(auramail: Command, mail: str) -> None:
    before = json.loads(auramail("survey", "--from", mail, "--json").out)
    auramail("survey", "--from", mail, "--yes")
    after = json.loads(auramail("survey", "--from", mail, "--json").out)
    auramail("survey", "--from", mail, "--no")
    at_last = json.loads(auramail("survey", "--from", mail, "--json").out)

    assert [told["on"] for told in (before, after, at_last)] == [False, True, False]
    assert (before["groups"], before["found"]) == ([], 0)
