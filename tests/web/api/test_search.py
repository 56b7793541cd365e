"""Searches by the API."""

import pytest

from auramail.core.accounts import Account
from tests.web.visitor import Visitor


def test_words_become_a_query(ana: Visitor, account: Account) -> None:
    told = ana.send("/api/v1/search/understand", {"account": account.id, "text": "emails from Bob before Easter"}).json

    assert told == {
        "query": "from:Bob",
        "understood": [{"words": "from Bob", "operator": "from:Bob"}],
        "ignored": ["before Easter"],
        "unsure": True,
        "by": "grammar",
        "problem": None,
        "heard": None,
    }


def test_label_prefix_of_the_account_is_used(ana: Visitor, account: Account) -> None:
    assert account.id
    told = ana.send("/api/v1/search/understand", {"text": "newsletters"}).json

    assert told is not None
    assert told["query"].startswith("label:")


@pytest.mark.parametrize("body", [{}, {"text": "x" * 1001}, {"text": "x", "query": "in:anywhere"}, {"text": 5}, []])
def test_anything_else_is_refused(ana: Visitor, account: Account, body: object) -> None:
    assert account.id

    assert ana.send("/api/v1/search/understand", body).status_code == 422


def test_the_account_of_somebody_else_does_not_exist(ana: Visitor, cleo: Visitor, account: Account) -> None:
    body = {"account": account.id + 1, "text": "x"}

    assert ana.send("/api/v1/search/understand", body).status_code == 404
    assert cleo.send("/api/v1/search/understand", {"account": account.id, "text": "x"}).status_code == 401
