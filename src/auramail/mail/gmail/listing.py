"""Which messages a query means, in Gmail's own search language, and their ids page by page."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Final, Self
from zoneinfo import ZoneInfo

from auramail.core.errors import NeedsPersonError
from auramail.core.labels import CATEGORIES, DRAFT, IMPORTANT, INBOX, SENT, SPAM, STARRED, TRASH, UNREAD, normalise
from auramail.core.listings import Listed, Page
from auramail.core.queries import MailQuery
from auramail.core.wording import Wording
from auramail.mail.gmail import calls
from auramail.mail.gmail.answers import Answer, Verdict
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

    def page(self, limit: int | None, token: str) -> Call:
        at_most = calls.PAGE if limit is None else limit
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


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of a listing begins: in which of its searches, after how many messages, and by Gmail's own token."""

    search: int = 0
    given: int = 0
    token: str = ""

    def __str__(self) -> str:
        return f"{self.search}.{self.given}.{self.token}"

    @classmethod
    def read(cls, text: str, searches: int) -> Self:
        """The inverse of `str`; the beginning for what is none of so many searches."""
        matched = re.fullmatch(r"(\d{1,4})\.(\d{1,9})\.(.*)", text, re.ASCII)
        if not matched or int(matched[1]) >= searches:
            return cls()
        return cls(int(matched[1]), int(matched[2]), matched[3])

    def after(self, given: int, token: str) -> Self:
        return replace(self, search=self.search + (not token), given=self.given + given, token=token)

    def is_end(self, searches: int, limit: int | None) -> bool:
        return self.search >= searches or (limit is not None and self.given >= limit)


@dataclass(slots=True)
class _Reading:
    """A search as far as its pages are known; `token` is that of the next, empty when nothing more is wanted."""

    search: Search
    limit: int | None
    messages: list[Listed] = field(default_factory=list)
    token: str = ""

    @property
    def call(self) -> Call:
        return self.search.page(self.limit, self.token)

    def take(self, data: dict[str, object]) -> None:
        self.messages += _listed(data)
        is_enough = self.limit is not None and len(self.messages) >= self.limit
        self.token = "" if is_enough else str(data.get("nextPageToken") or "")


class Lister:
    """Lists messages and tells which of them are too large to be read whole."""

    def __init__(self, client: GmailClient, book: LabelBook, zone: str) -> None:
        self._client = client
        self._book = book
        self._zone = zone

    def pages(self, query: MailQuery, start: str = "") -> Iterator[Page]:
        """See ports.Mailbox. Raises NeedsPersonError for a senseless query.

        A listing that goes on in the search for a label of the person's may give again what an earlier search gave.
        """
        limit, asked = query.limit, self._searches(query)
        place, begun, large = Place.read(start, len(asked)), -1, frozenset[str]()
        seen: set[str] = set()
        while not place.is_end(len(asked), limit):
            if begun != place.search:
                answer, large = self._first(asked[place.search], limit, place.token)
                if answer.is_page_lost and begun < 0 and place.token:
                    place = Place()
                    continue
                begun = place.search
            else:
                (answer,) = self._client.send([asked[place.search].page(limit, place.token)])
            data = _data(answer)
            left = None if limit is None else limit - place.given
            new = [replace(one, is_large=one.id in large) for one in _listed(data) if one.id not in seen][:left]
            # One search gives each id once by itself but for mail that moves from page to page.
            seen = {one.id for one in new} if len(asked) == 1 else seen.union(one.id for one in new)
            place = place.after(len(new), str(data.get("nextPageToken") or ""))
            if new:
                yield Page(tuple(new), "" if place.is_end(len(asked), limit) else str(place))

    def find(self, queries: Sequence[MailQuery]) -> list[tuple[Listed, ...]]:
        """All messages of each query; the first pages are asked for together, then all second ones, and so on.

        Which messages are large is not asked. Raises like `pages`; then nothing of any query is known.
        """
        found = [[_Reading(search, query.limit) for search in self._searches(query)] for query in queries]
        waiting = [reading for readings in found for reading in readings]
        while waiting:
            for reading, answer in zip(waiting, self._client.send([one.call for one in waiting]), strict=True):
                reading.take(_data(answer))
            waiting = [reading for reading in waiting if reading.token]
        return [
            tuple({one.id: one for reading in readings for one in reading.messages}.values())[: query.limit]
            for query, readings in zip(queries, found, strict=True)
        ]

    def count(self, folders: Sequence[str], *, unread: bool) -> int:
        """See ports.Counts; a unit a folder. Of the whole mailbox Gmail does not tell how much is unread."""
        if not folders:
            return _number(self._client.ask(calls.get_profile()), "messagesTotal")
        answers = self._client.send([calls.get_label(one) for one in self._label_ids(folders)])
        return sum(_number(_data(answer), "messagesUnread" if unread else "messagesTotal") for answer in answers)

    def _searches(self, query: MailQuery) -> list[Search]:
        if query.limit is not None and query.limit < 0:
            raise NeedsPersonError(Wording.of("A limit of {limit} messages makes no sense.", limit=query.limit))
        if query.limit == 0:
            return []
        return searches(replace(query, folders=self._label_ids(query.folders)), self._zone)

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

    def _first(self, search: Search, limit: int | None, token: str) -> tuple[Answer, frozenset[str]]:
        """A first page together with that of the large messages, in one request; and the ids of all large ones."""
        narrow = search.narrowed(LARGE)
        first, answer = self._client.send([search.page(limit, token), narrow.page(None, "")])
        data = _data(answer)
        large = [one.id for one in _listed(data)]
        while following := data.get("nextPageToken"):
            data = self._client.ask(narrow.page(None, str(following)))
            large += [one.id for one in _listed(data)]
        return first, frozenset(large)


def _data(answer: Answer) -> dict[str, object]:
    if answer.verdict is not Verdict.DONE:
        raise translate(answer)
    return answer.data


def _number(data: dict[str, object], name: str) -> int:
    value = data.get(name)
    return value if isinstance(value, int) else 0


def _listed(data: dict[str, object]) -> list[Listed]:
    """Each message of a page once."""
    messages = data.get("messages")
    found = (
        (Listed(str(one["id"]), str(one.get("threadId") or "")) for one in messages)
        if isinstance(messages, list)
        else ()
    )
    return list({one.id: one for one in found}.values())


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
