"""Watching an account: where its history stands, what happened since, and Google's announcements of changes."""

from collections.abc import Iterator
from datetime import UTC, datetime

from auramail.core.errors import AuraMailError, GiveUpError, NeedsPersonError
from auramail.core.mail_events import Changes
from auramail.core.wording import Wording
from auramail.mail.gmail import calls
from auramail.mail.gmail.answers import Answer, Verdict
from auramail.mail.gmail.client import GmailClient
from auramail.mail.gmail.errors import translate
from auramail.mail.gmail.history import is_history_id, read_history


class Watcher:
    """A `ports.Watched`; marks are history ids."""

    def __init__(self, client: GmailClient) -> None:
        self._client = client

    def mark(self) -> str:
        """The account's history id at this moment."""
        mark = self._client.ask(calls.get_profile()).get("historyId")
        if not isinstance(mark, str) or not is_history_id(mark):
            raise _unreadable()
        return mark

    def changes(self, mark: str) -> Iterator[Changes]:
        return read_history(self._client, mark)

    def watch(self, topic: str) -> datetime:
        """Have changes anywhere in the account announced at `projects/…/topics/…`; ends in seven days by itself.

        Raises NeedsPersonError if Gmail may not publish there.
        """
        (answer,) = self._client.send([calls.watch(topic)])
        if answer.verdict is not Verdict.DONE:
            raise _refusal(topic, answer)
        try:
            return datetime.fromtimestamp(int(str(answer.data.get("expiration"))) / 1000, UTC)
        except (ValueError, OverflowError, OSError) as error:
            raise _unreadable() from error

    def unwatch(self) -> None:
        """End all announcements, also where there were none."""
        self._client.ask(calls.stop())


def _refusal(topic: str, answer: Answer) -> AuraMailError:
    error = translate(answer)
    is_about_topic = isinstance(error, GiveUpError) or (answer.status == 403 and type(error) is NeedsPersonError)
    if not is_about_topic:
        return error
    return NeedsPersonError(
        Wording.of("Gmail cannot announce new mail at {topic}: {message}", topic=topic, message=answer.message or "—"),
        Wording.of(
            "Create the Pub/Sub topic in the Google project of the OAuth client and let "
            "gmail-api-push@system.gserviceaccount.com publish to it."
        ),
    )


def _unreadable() -> GiveUpError:
    return GiveUpError(Wording.of("Gmail's answer cannot be read."))
