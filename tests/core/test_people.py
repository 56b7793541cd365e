"""Persons, addresses and the clock."""

from datetime import UTC

from auramail.core.accounts import Person
from auramail.core.clock import SystemClock
from auramail.core.errors import BusyError, NeedsPersonError, SignInNeededError, TryAgainError
from auramail.core.messages import Address
from auramail.core.wording import Wording
from tests.builders import a_message


def test_person_knows_whom_they_wrote_to() -> None:
    person = Person(frozenset({"ana@example.com"}), {"ben@friends.example": 1})

    assert person.knows("ben@friends.example")
    assert not person.knows("ana@example.com")
    assert person.domains == {"example.com"}


def test_address_has_a_domain_if_it_is_one() -> None:
    assert Address("ben@friends.example").domain == "friends.example"
    assert Address("").domain == ""


def test_header_gives_its_first_value_or_nothing() -> None:
    message = a_message(headers={"list-id": "<walks.friends.example>"})

    assert message.header("list-id") == "<walks.friends.example>"
    assert message.header("precedence") == ""


def test_clock_knows_its_zone_and_never_runs_backwards() -> None:
    clock = SystemClock()

    first, second = clock.monotonic(), clock.monotonic()

    assert clock.now().tzinfo is UTC
    assert second >= first


def test_errors_say_who_can_help_and_how() -> None:
    problem, hint = Wording("Broken."), Wording("Mend it.")

    assert str(NeedsPersonError(problem, hint)) == "Broken."
    assert NeedsPersonError(problem, hint).hint == hint
    assert TryAgainError(problem, after=7).after == 7
    assert BusyError(problem, run_id=3).run_id == 3
    assert issubclass(SignInNeededError, NeedsPersonError)
