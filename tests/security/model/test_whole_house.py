"""A whole installation, two accounts at Google and the worst model over real HTTP: what comes out where people look."""

import random
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from threading import Lock

import pytest

from auramail.core.findings import Danger
from auramail.core.history import Entry
from auramail.core.labels import SPAM, TRASH
from auramail.core.policy import LABELS
from auramail.core.runs import RunState
from tests.fakes.clock import FakeClock
from tests.fakes.judging_model import FENCED
from tests.fakes.model_server import ModelServer, Question
from tests.house import ANA, GmailHome, connect_gmail, gmail_home
from tests.security.model.corpus import read_corpus
from tests.security.model.harness import CANARY
from tests.security.model.models import FAMILIES, PAYLOAD

BEN = "ben@gmail.example"
CORPUS = read_corpus()
OFFERS, ORDERS = 80, 40
"""Every so-manieth letter of the corpus goes to each of the two, as it is and without its order."""


class HostileServer(ModelServer):
    """Answers with every family in turn."""

    def __init__(self) -> None:
        super().__init__(self._worst)
        self._draw = random.Random(7)  # noqa: S311 - a seed makes failures come again
        self._turn = Lock()

    def _worst(self, question: Question) -> str:
        with self._turn:
            tags = [tag.strip() for _, tag, _ in FENCED.findall(question.text)]
            family = list(FAMILIES)[len(self.questions) % len(FAMILIES)]
            # Half of a surrogate pair is no text that HTTP could carry.
            return FAMILIES[family](self._draw, tags).encode("utf-8", "replace").decode()


def deliver(home: GmailHome, address: str, start: int) -> dict[str, str]:
    """Attacks and honest offers for one person; gives the canaries by message id."""
    told = {}
    for attack in CORPUS[start::ORDERS]:
        told[home.google.add_message(attack.raw, user=address)] = attack.canary
    for offer in CORPUS[start + 7 :: OFFERS]:
        told[home.google.add_message(offer.twin, user=address)] = offer.canary
    return told


@pytest.mark.usefixtures("sqlite_url")
def test_two_accounts_see_nothing_of_what_the_worst_model_wants(home: Path, clock: FakeClock) -> None:
    with HostileServer() as server:
        own = {"openai_base_url": server.openai_url, "openai_model": "llama3.2", "openai_api_key": server.key}
        often = {"max_calls_per_minute": 10_000, "model_ask_below": 1.0}
        with gmail_home(home, clock, **own, **often) as ana:
            ana.google.add_user(BEN, "Ben")
            ben = replace(ana, account=connect_gmail(ana.google, ana.house, BEN))
            of_ana, of_ben = deliver(ana, ANA, 0), deliver(ben, BEN, 3)

            assert (ana.sort().state, ben.sort().state) == (RunState.DONE, RunState.DONE)

            for person, canaries in ((ana, of_ana), (ben, of_ben)):
                entries = person.entries()
                assert {entry.message_id for entry in entries} == canaries.keys()
                assert not [entry for entry in entries if PAYLOAD in repr(entry)]
                check_labels(person, canaries)
                held = {canaries[entry.message_id] for entry in entries if is_held(entry)}
                assert not held & seen_by(server)
            check_questions(server, of_ana, of_ben)


def check_labels(person: GmailHome, canaries: Mapping[str, str]) -> None:
    """Gmail's own labels and those of the table, and nothing in spam or trash."""
    table = {f"AI_{name}" for name, _, _ in LABELS.values()}
    names = set().union(*(person.names(each) for each in canaries))
    assert names <= table | {"INBOX", "UNREAD"}
    assert not names & {SPAM, TRASH}


def is_held(entry: Entry) -> bool:
    return entry.decision is not None and entry.decision.danger >= Danger.MEDIUM


def seen_by(server: ModelServer) -> set[str]:
    return {canary for question in server.questions for canary in CANARY.findall(question.text)}


def check_questions(server: ModelServer, of_ana: Mapping[str, str], of_ben: Mapping[str, str]) -> None:
    """No question tells of both, nor anybody's address or keys."""
    assert len(server.questions) > 20
    for question in server.questions:
        canaries = set(CANARY.findall(question.text))
        assert canaries <= set(of_ana.values()) or canaries <= set(of_ben.values())
        whole = question.system + question.text
        assert not [secret for secret in (ANA, BEN, server.key) if secret in whole]
