"""The client of one account: makes the closed set of calls, alone or in batches, and repeats what may be repeated."""

from collections.abc import Sequence
from typing import Final

from auramail.core.errors import TryAgainError
from auramail.mail.gmail.answers import Answer, Verdict
from auramail.mail.gmail.batch import BatchSize, decode, encode
from auramail.mail.gmail.calls import Call
from auramail.mail.gmail.errors import sign_in_again, translate
from auramail.mail.gmail.http import Reply, Wire
from auramail.mail.gmail.patience import Patience
from auramail.mail.gmail.quota import Meter
from auramail.mail.gmail.tokens import TokenKeeper

UNSENT: Final = Answer(0, sent=False)


class GmailClient:
    """Not shared between threads: it owns a connection pool, a batch size and the tokens in use."""

    def __init__(
        self, root_url: str, wire: Wire, tokens: TokenKeeper, meter: Meter, patience: Patience, size: BatchSize
    ) -> None:
        self._root = root_url.rstrip("/")
        self._wire = wire
        self._tokens = tokens
        self._patience = patience
        self._size = size
        self.meter = meter

    def ask(self, call: Call) -> dict[str, object]:
        """Make one call; gives its JSON or raises what `errors.translate` makes of the refusal."""
        (answer,) = self.send([call])
        if answer.verdict is not Verdict.DONE:
            raise translate(answer)
        return answer.data

    def send(self, calls: Sequence[Call]) -> list[Answer]:
        """Make calls in as few requests as Gmail bears; one answer for each, in their order.

        What is refused for the moment is repeated for a few seconds, and so are reads without an answer. An answer
        that is still WAIT or DOUBTFUL then stays in the list. Raises TryAgainError only if nothing was sent at all,
        and SignInNeededError.
        """
        answers: list[Answer] = []
        while len(answers) < len(calls):
            chunk = calls[len(answers) : len(answers) + self._size.now]
            try:
                answers += self._send_together(chunk)
            except TryAgainError:
                if not answers:
                    raise
                return answers + [UNSENT] * (len(calls) - len(answers))
        return answers

    def close(self) -> None:
        self._wire.close()

    def _send_together(self, calls: Sequence[Call]) -> list[Answer]:
        answers = self._attempt(calls)
        attempt, renewed = 1, False
        while again := [at for at, call in enumerate(calls) if _may_repeat(call, answers[at])]:
            refused = [at for at in again if answers[at].verdict is Verdict.UNAUTHORISED]
            if refused and renewed:
                raise sign_in_again()
            if not refused:
                if not self._patience.wait(attempt, max(answers[at].after or 0.0 for at in again)):
                    break
                attempt += 1
            try:
                if refused:
                    self._tokens.renew()
                    renewed = True
                repeated = self._attempt([calls[at] for at in refused or again])
            except TryAgainError:  # no quota or no token at the moment; what was answered still counts
                for at in refused:
                    answers[at] = UNSENT
                break
            for at, answer in zip(refused or again, repeated, strict=True):
                answers[at] = answer
        return answers

    def _attempt(self, calls: Sequence[Call]) -> list[Answer]:
        self.meter.pay(calls)
        headers = {"Authorization": f"Bearer {self._tokens.access_token()}"}
        replies = self._send_one(calls[0], headers) if len(calls) == 1 else self._send_batch(calls, headers)
        answers = [
            Answer.read(reply, answers_nothing=call.answers_nothing) for call, reply in zip(calls, replies, strict=True)
        ]
        if any(answer.status == 429 for answer in answers):
            self._size.shrink()
        elif len(calls) == self._size.now and all(answer.verdict is not Verdict.WAIT for answer in answers):
            self._size.grow()
        return answers

    def _send_one(self, call: Call, headers: dict[str, str]) -> list[Reply | None]:
        if call.is_change:
            headers["Content-Type"] = "application/json"
        return [self._wire.send(call.method.verb, self._root + call.target, headers=headers, content=call.content)]

    def _send_batch(self, calls: Sequence[Call], headers: dict[str, str]) -> list[Reply | None]:
        headers["Content-Type"], content = encode(calls)
        reply = self._wire.send("POST", f"{self._root}/batch/gmail/v1", headers=headers, content=content)
        return decode(reply, len(calls)) if reply.status == 200 else [reply] * len(calls)


def _may_repeat(call: Call, answer: Answer) -> bool:
    """Changes are set operations and may be made twice, but not once nobody knows whether the first came through.

    In between the person may have changed their mind; so a change without any answer is left to the journal, which
    asks the mailbox. A 5xx answer comes within the same second and is worth another try.
    """
    verdict = answer.verdict
    if verdict is Verdict.DOUBTFUL:
        return not call.is_change or answer.status >= 500
    return verdict in {Verdict.WAIT, Verdict.UNAUTHORISED}
