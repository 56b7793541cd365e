"""A POST outside the mailbox's own interface, repeated as long as patience lasts."""

from collections.abc import Mapping

from auramail.mail.gmail.answers import Answer, Verdict
from auramail.mail.gmail.http import Wire
from auramail.mail.gmail.patience import Patience


def post(
    wire: Wire, patience: Patience, url: str, headers: Mapping[str, str], content: bytes, attempts: int | None = None
) -> Answer:
    """The first answer that is not WAIT or DOUBTFUL, or the last one; `attempts` may ask for less than patience has."""
    attempt = 1
    while True:
        answer = Answer.read(wire.send("POST", url, headers=headers, content=content), now=patience.now())
        retry = answer.verdict in {Verdict.WAIT, Verdict.DOUBTFUL} and attempt != attempts
        if not retry or not patience.wait(attempt, answer.after):
            return answer
        attempt += 1
