"""Which messages a query means, in Gmail's own search language, and their ids page by page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from auramail.core.errors import NeedsPersonError
from auramail.core.labels import CATEGORIES, DRAFT, IMPORTANT, INBOX, SENT, SPAM, STARRED, TRASH, UNREAD, normalise
from auramail.core.queries import MailQuery
from auramail.core.wording import Wording
from auramail.mail.gmail import calls
from auramail.mail.gmail.answers import Verdict
from auramail.mail.gmail.calls import Call
from auramail.mail.gmail.client import GmailClient
from auramail.mail.gmail.errors import translate
from auramail.mail.gmail.labels import LabelBook

LARGE: Final = "larger:1M"
"""Read without attachments: forty such messages at once would not fit into a small worker's memory."""
SEARCHED: Final[Mapping[str, str]] = MappingProxyType(
    {
        INBOX: "in:inbox",
        SPAM: "in:spam",
        TRASH: "in:trash",
        SENT: "in:sent",
        DRAFT: "in:drafts",
        STARRED: "is:starred",
        UNREAD: "is:unread",
        IMPORTANT: "is:important",
    }
    | {name: f"category:{name.removeprefix('CATEGORY_').lower()}" for name in CATEGORIES}
)


@dataclass(frozen=True, slots=True)
class Search:
    """The parameters of one messages.list; `folders` are label ids that all must be there."""

    query: str
    folders: tuple[str, ...]
    spam_and_trash: bool

    def page(self, at_most: int, token: str) -> Call:
        return calls.list_messages(
            self.query, self.folders, spam_and_trash=self.spam_and_trash, at_most=at_most, page=token
        )

    def narrowed(self, more: str) -> "Search":
        return replace(self, query=" ".join(filter(None, (self.query, more))))


def searches(query: MailQuery, zone: str) -> list[Search]:
    """What to ask Gmail: one search for all of its own folders, so that Gmail itself puts them in order.

    A label of the person has no safe name in the search language and is asked for alone, by its id, after those.
    """
    terms = " ".join(_terms(query, ZoneInfo(zone)))
    hidden = not query.folders or not {SPAM, TRASH}.isdisjoint(query.folders)
    if len(query.folders) <= 1:
        return [Search(terms, query.folders, hidden)]
    own = [SEARCHED[folder] for folder in query.folders if folder in SEARCHED]
    together = [Search(f"{{{' '.join(own)}}}", (), hidden).narrowed(terms)] if own else []
    return together + [Search(terms, (folder,), hidden) for folder in query.folders if folder not in SEARCHED]


class Lister:
    """Lists ids and learns on the way which messages are too large to be read whole."""

    def __init__(self, client: GmailClient, book: LabelBook, zone: str) -> None:
        self._client = client
        self._book = book
        self._zone = zone
        self.large: set[str] = set()

    def pages(self, query: MailQuery) -> Iterator[list[str]]:
        """Pages of ids, each id once, `query.limit` in all at most; raises NeedsPersonError for a senseless query."""
        if query.limit is not None and query.limit < 0:
            raise NeedsPersonError(Wording.of("A limit of {limit} messages makes no sense.", limit=query.limit))
        if query.limit == 0:
            return
        seen: set[str] = set()
        for search in searches(replace(query, folders=self._label_ids(query.folders)), self._zone):
            for page in self._pages(search, query.limit):
                left = None if query.limit is None else query.limit - len(seen)
                new = [one for one in dict.fromkeys(page) if one not in seen][:left]
                seen.update(new)
                if new:
                    yield new
                if len(seen) == query.limit:
                    return

    def _label_ids(self, folders: Sequence[str]) -> tuple[str, ...]:
        """Folders by label id; a person at the command line may have written names."""
        own = tuple(dict.fromkeys(name.upper() if name.upper() in SEARCHED else name for name in folders))
        if SEARCHED.keys() >= set(own):
            return own
        labels = self._book.everything().values()
        ids = {normalise(label.name): label.id for label in labels} | {label.id: label.id for label in labels}
        for name in own:
            if name not in ids and normalise(name) not in ids:
                raise NeedsPersonError(
                    Wording.of("There is no folder or label {name} in this mailbox.", name=name),
                    Wording.of("It has {names}.", names=", ".join(sorted(label.name for label in labels))),
                )
        return tuple(dict.fromkeys(ids.get(name) or ids[normalise(name)] for name in own))

    def _pages(self, search: Search, limit: int | None) -> Iterator[list[str]]:
        """The first page comes together with that of the large messages, in one request."""
        at_most = calls.PAGE if limit is None else limit
        first, large = self._client.send([search.page(at_most, ""), search.narrowed(LARGE).page(calls.PAGE, "")])
        for answer in (first, large):
            if answer.verdict is not Verdict.DONE:
                raise translate(answer)
        self.large.update(_ids(large.data))
        for data in self._following(search.narrowed(LARGE), calls.PAGE, large.data):
            self.large.update(_ids(data))
        yield _ids(first.data)
        for data in self._following(search, at_most, first.data):
            yield _ids(data)

    def _following(self, search: Search, at_most: int, data: dict[str, object]) -> Iterator[dict[str, object]]:
        while token := data.get("nextPageToken"):
            data = self._client.ask(search.page(at_most, str(token)))
            yield data


def _ids(data: dict[str, object]) -> list[str]:
    messages = data.get("messages")
    return [str(message["id"]) for message in messages] if isinstance(messages, list) else []


def _terms(query: MailQuery, zone: ZoneInfo) -> Iterator[str]:
    if query.sender:
        yield f"from:{_phrase(query.sender)}"
    if query.subject:
        yield f"subject:{_phrase(query.subject)}"
    if query.after:
        yield f"after:{_midnight(query.after, zone)}"
    if query.before:
        yield f"before:{_midnight(query.before, zone)}"
    if query.unread:
        yield "is:unread"
    if query.text.strip():
        yield f"({query.text.strip()})"  # last, so that a quote or bracket left open swallows nothing of ours


def _phrase(words: str) -> str:
    """Gmail has no way to write a quotation mark inside a phrase; it is passed over in comparisons anyway."""
    return f'"{" ".join(words.replace(chr(34), " ").split())}"'


def _midnight(day: date, zone: ZoneInfo) -> int:
    """Epoch seconds; a bare date would mean midnight in California.

    https://developers.google.com/workspace/gmail/api/guides/filtering
    """
    return int(datetime.combine(day, time(), zone).timestamp())
