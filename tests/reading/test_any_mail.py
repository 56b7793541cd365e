"""What holds for every mail (see promises.py), tried on mails made as mail is made."""

from hypothesis import given, settings

from auramail.core.messages import Source
from auramail.reading.message import read_message
from tests.fuzz.target import take
from tests.reading.mails import mails
from tests.reading.promises import check


@settings(max_examples=400, deadline=None)
@given(mails())
def test_every_mail_keeps_the_promises(raw: bytes) -> None:
    check(read_message(Source("1", "1", raw)))


@settings(max_examples=100, deadline=None)
@given(mails())
def test_every_mail_is_guarded_and_judged(raw: bytes) -> None:
    take(raw)


@settings(max_examples=100, deadline=None)
@given(mails())
def test_reading_twice_reads_the_same(raw: bytes) -> None:
    source = Source("1", "1", raw)

    assert read_message(source) == read_message(source)
