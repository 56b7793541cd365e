import pytest

from auramail.mail.gmail import calls
from auramail.mail.gmail.calls import Method
from tests.fakes import discovery

HARMLESS = {
    "getProfile",
    "messages.list",
    "messages.get",
    "messages.modify",
    "messages.batchModify",
    "labels.list",
    "labels.get",
    "labels.create",
    "history.list",
    "watch",
    "stop",
}
"""`watch` has changes announced at the person's own Pub/Sub topic, `stop` ends that; neither touches the mail."""


def test_nothing_can_be_asked_that_sends_or_deletes() -> None:
    """Every request is made from a Method, so this set is all the product can do to a mailbox."""
    assert {method.google_name for method in Method} == HARMLESS


@pytest.mark.parametrize("method", list(Method))
def test_every_method_is_the_one_google_documents(method: Method) -> None:
    match = discovery.find(method.verb, f"/gmail/v1/users/me/{method.path.format(id='18c2')}")

    assert match is not None
    assert match.method.name == method.google_name


@pytest.mark.parametrize("strange", ["../../me/messages/send", "a/b?c=d", "x HTTP/1.1\r\nHost: evil", "é"])
def test_an_id_cannot_lead_to_another_address(strange: str) -> None:
    target = calls.get_message(strange, "raw").target

    head, _, tail = target.partition("?")
    assert head.startswith("/gmail/v1/users/me/messages/")
    assert head.count("/") == 6
    assert tail == "format=raw"
    assert target.isascii()
    assert not any(character.isspace() for character in target)
