"""The client of one account: makes the closed set of calls, alone or in batches, and repeats what may be repeated."""

from collections.abc import Sequence

from auramail.core.errors import TryAgainError
from auramail.mail.gmail.answers import Answer, Limit, Verdict
from auramail.mail.gmail.batch import MOST_PARTS, BatchSize, decode, encode
from auramail.mail.gmail.calls import Call
from auramail.mail.gmail.errors import sign_in_again, translate
from auramail.mail.gmail.http import Reply, Wire
from auramail.mail.gmail.patience import Patience
from auramail.mail.gmail.quota import Meter
from auramail.mail.gmail.tokens import TokenKeeper


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
        self._first_size = size.now
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
        that is still WAIT or DOUBTFUL then stays in the list, and what comes after a WAIT is not sent. Raises
        TryAgainError only if nothing was sent at all, and SignInNeededError.
        """
        answers: list[Answer] = []
        self.meter.waited = 0.0
        for start in range(0, len(calls), MOST_PARTS):
            portion = calls[start : start + MOST_PARTS]
            try:
                self.meter.pay(portion)  # all of it or nothing, so that no half of a portion is paid for in vain
                self._send_portion(portion, answers)
            except TryAgainError as error:
                if not answers:
                    raise
                return answers + [Answer(0, sent=False, why=error)] * (len(calls) - len(answers))
        return answers

    def close(self) -> None:
        """Close the connections; how many calls Gmail bears together is remembered for the next client."""
        self._wire.close()
        if self._size.now != self._first_size:
            self.meter.bucket.remember_parts(self._size.now)

    def _send_portion(self, calls: Sequence[Call], answers: list[Answer]) -> None:
        """Add the answers to calls that are paid for; raises TryAgainError where Google keeps refusing the account."""
        sent = 0
        while sent < len(calls):
            chunk = calls[sent : sent + self._size.now]
            answers += self._send_together(chunk)
            sent += len(chunk)
            held = next((one for one in answers[-len(chunk) :] if one.verdict is Verdict.WAIT or one.limit), None)
            if held is not None and sent < len(calls):
                raise translate(held)

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
                self.meter.pay([calls[at] for at in refused or again])
                repeated = self._attempt([calls[at] for at in refused or again])
            except TryAgainError as error:  # no quota or no token at the moment; what was answered still counts
                for at in refused:
                    answers[at] = Answer(0, sent=False, why=error)
                break
            for at, answer in zip(refused or again, repeated, strict=True):
                answers[at] = answer
        return answers

    def _attempt(self, calls: Sequence[Call]) -> list[Answer]:
        headers = {"Authorization": f"Bearer {self._tokens.access_token()}"}
        self.meter.count_request()
        replies = self._send_one(calls[0], headers) if len(calls) == 1 else self._send_batch(calls, headers)
        now = self._patience.now()
        answers = [
            Answer.read(reply, answers_nothing=call.answers_nothing, now=now)
            for call, reply in zip(calls, replies, strict=True)
        ]
        self._adapt(answers)
        return answers

    def _adapt(self, answers: Sequence[Answer]) -> None:
        """Learn from one request what Gmail bears: how much at once, and how many units a minute."""
        limits = {answer.limit for answer in answers}
        if Limit.CONCURRENCY in limits:
            self._size.shrink()
        elif len(answers) == self._size.now and all(answer.verdict is not Verdict.WAIT for answer in answers):
            self._size.grow()
        if Limit.UNITS in limits:
            self.meter.bucket.refused(next(filter(None, (answer.named_limit for answer in answers)), None))

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
