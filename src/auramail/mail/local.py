"""The mailbox of a local source: what lies in a file, with labels and moves that live in the index only."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from auramail.core.accounts import Account
from auramail.core.errors import NeedsPersonError
from auramail.core.labels import SYSTEM, Label, LabelWish, normalise
from auramail.core.listings import Listed, Page
from auramail.core.messages import Source
from auramail.core.queries import DEFAULT_FOLDERS, MailQuery
from auramail.core.wording import Wording
from auramail.mail.indexing import is_copy_of
from auramail.mail.origin import Origin
from auramail.mail.search import read_search
from auramail.ports.local import LocalIndex, LocalMessage
from auramail.ports.mailboxes import Applied, Fetched, Request, Usage
from auramail.ports.world import Clock

LONGEST_LABEL = 225


@dataclass(slots=True)
class LocalMailbox:
    """A `ports.Mailbox` over a source on this computer: reading costs nothing, the person's files stay as they are.

    The index is renewed when the source looks different; labels that messages got here stay with them.
    """

    account: Account
    index: LocalIndex
    origin: Origin
    clock: Clock
    usage: Usage = field(default_factory=Usage)
    page_size: int = 500
    _names: set[str] = field(default_factory=set)
    """Labels of the mailbox besides Gmail's own, as far as they were asked for."""
    _names_known: bool = False

    def list_ids(self, query: MailQuery, start: str = "") -> Iterator[Page]:
        """See ports.Mailbox. The list is as it was at the first page, whatever changes while it is read.

        A page begins after a message, not after a number of them: what left the list since then shifts nothing.
        Raises NeedsPersonError for a folder, a limit or a search that makes no sense here.
        """
        if query.limit is not None and query.limit < 0:
            raise NeedsPersonError(Wording.of("A limit of {limit} messages makes no sense.", limit=query.limit))
        matches = self._narrowing(query)
        self._renew_index()
        scope = replace(query, folders=tuple(self._folder(name) for name in query.folders))
        given, last = _read_place(start)
        found: list[LocalMessage] = []
        for message in self.index.find(self.account.id, scope, self.account.zone):
            if query.limit is not None and given + len(found) >= query.limit:
                break
            if (last is None or (message.received, message.id) < last) and matches(message):
                found.append(message)
        for at in range(0, len(found), self.page_size):
            page = found[at : at + self.page_size]
            following = at + len(page)
            yield Page(
                tuple(Listed(message.id, message.thread_id) for message in page),
                _place(given + following, page[-1]) if following < len(found) else "",
            )

    def fetch(self, ids: Sequence[str], large: frozenset[str] = frozenset()) -> list[Fetched]:
        del large  # reading costs nothing here
        self._renew_index()
        found = self.index.get(self.account.id, ids)
        return [self._read(identifier, found.get(identifier)) for identifier in ids]

    def labels_now(self, ids: Sequence[str]) -> dict[str, frozenset[str] | None]:
        self._have_index()
        found = self.index.get(self.account.id, ids)
        return {identifier: found[identifier].labels if identifier in found else None for identifier in ids}

    def change_labels(self, requests: Sequence[Request]) -> list[Applied]:
        self._have_index()
        applied = []
        for request in requests:
            there = self.index.change(self.account.id, request.ids, request.change)
            self._names |= request.change.add
            applied.append(Applied(request, gone=frozenset(request.ids) - there))
        return applied

    def labels(self, wishes: Sequence[LabelWish]) -> dict[str, Label]:
        """See ports.Mailbox. Raises NeedsPersonError for a name that Gmail would not take either."""
        names = {normalise(name): name for name in sorted(self._all_names())}
        if not wishes:
            return {name: Label(name, name) for name in names.values()}
        found = {}
        for wish in wishes:
            name = names.setdefault(normalise(wish.name), wish.name)
            _check_label_name(name, wish.name)
            self._names.add(name)
            found[wish.name] = Label(name, name)
        return found

    def _narrowing(self, query: MailQuery) -> Callable[[LocalMessage], bool]:
        """What the index does not look at: sender, subject and search."""
        sender, subject = query.sender.casefold(), query.subject.casefold()
        searched = read_search(query.text, now=self.clock.now(), zone=self.account.zone)

        def matches(message: LocalMessage) -> bool:
            return sender in message.sender.casefold() and subject in message.subject.casefold() and searched(message)

        return matches

    def _renew_index(self) -> None:
        stamp = self.origin.stamp()
        if stamp != self.index.stamp(self.account.id):
            self.index.replace(self.account.id, stamp, self.origin.messages())
            self._names_known = False

    def _have_index(self) -> None:
        """Labels can be asked for and changed as long as the index knows them, also when the file is not there now."""
        if not self.index.stamp(self.account.id):
            self._renew_index()

    def _folder(self, name: str) -> str:
        if name in SYSTEM:
            return name
        names = {normalise(known): known for known in sorted(self._all_names())}
        if normalise(name) not in names:
            raise NeedsPersonError(
                Wording.of("There is no folder or label {name} in this mailbox.", name=name),
                Wording.of("It has {names}.", names=", ".join([*DEFAULT_FOLDERS, *sorted(self._names - SYSTEM)])),
            )
        return names[normalise(name)]

    def _all_names(self) -> set[str]:
        self._have_index()
        if not self._names_known:
            for message in self.index.find(self.account.id, MailQuery(folders=()), self.account.zone):
                self._names |= message.labels
            self._names_known = True
        return self._names | SYSTEM

    def _read(self, identifier: str, message: LocalMessage | None) -> Fetched:
        if message is None:
            return Fetched(identifier, gone=True)
        try:
            raw = self.origin.read(message.place)
        except OSError as error:
            return Fetched(identifier, problem=Wording.of("It cannot be read: {why}.", why=error.strerror))
        if raw is None:
            return Fetched(identifier, gone=True)
        if not is_copy_of(identifier, raw):
            return Fetched(identifier, problem=Wording.of("The file was changed while it was read."))
        return Fetched(identifier, Source(identifier, message.thread_id, raw, message.labels, message.received))


def _place(given: int, last: LocalMessage) -> str:
    return f"{given} {last.received.isoformat()} {last.id}"


def _read_place(start: str) -> tuple[int, tuple[datetime, str] | None]:
    """How many messages were given and after which one to go on; the beginning for what is no place."""
    matched = re.fullmatch(r"(\d{1,9}) (\S+[+-]\d\d:\d\d) (\S+)", start, re.ASCII)
    try:
        return (int(matched[1]), (datetime.fromisoformat(matched[2]), matched[3])) if matched else (0, None)
    except ValueError:
        return 0, None


def _check_label_name(name: str, wished: str) -> None:
    if name in SYSTEM or not wished.strip() or len(wished) > LONGEST_LABEL:
        raise NeedsPersonError(
            Wording.of("A label cannot be called “{name}”.", name=wished),
            Wording.of("Choose another LABEL_PREFIX: Gmail keeps the names of its own labels for itself."),
        )
