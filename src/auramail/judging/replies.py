"""Replies: whether a message asks something of this person, and whether its sender waits for an answer."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from auramail.core.accounts import Person
from auramail.core.decisions import Category, Judge, Opinion
from auramail.core.messages import Address, Message
from auramail.core.wording import Wording
from auramail.judging.machines import is_automatic_answer, is_bulk, is_circle, is_discussion, is_from_machine
from auramail.reading.asking import Ask, Asking, asking_of
from auramail.reading.companies import romanised
from auramail.reading.due_dates import find_due_date
from auramail.reading.spoken import is_postscript, is_to_many, spoken_now

SURE: Final = {"answer": 0.8, "action": 0.8, "question": 0.7}
SURE_OF_SEVERAL: Final = 0.9
SURE_OF_BULK: Final = 0.75
WAITED_FOR: Final = frozenset({"answer", "question"})
"""Sorts of asks that want words back rather than a deed."""
BOUNCE: Final = re.compile(r"(?:mailer-daemon|postmaster)@")
UNREAD: Final = re.compile(r"no[._-]?reply|do-?not-?reply")
"""What a mailbox nobody reads has in its name, wherever it stands."""
NUMBERED: Final = re.compile(r"\d")
DUTY: Final = re.compile(
    r"\b(?:pay(?:ment)?|invoice|bill|verify|signature|sign|renew|return|submit|consent|form|dues|fee|meter|reading|"
    r"expire[sd]?|collect|"
    r"pick up|rsvp|update your (?:payment|card|billing)|overdue|сплат\w{0,4}|оплат\w{0,4}|рахун\w{2,4}|показ(?:ання|"
    r"ники)|підпи[сш]\w{0,4}|"
    r"продовж\w{0,4}|поновіть|заберіть|поверн\w{2,4}|довідк\w{1,2}|анкет\w{1,2}|заяв\w{1,2}|декларац\w{1,3}|"
    r"внес\w{1,4}|поповн\w{2,4}|"
    r"підтверд\w{2,5}|подайте|надішліть)\b",
    re.IGNORECASE,
)
"""What even mail to many may want of each reader."""
SELLS: Final = re.compile(
    r"\b(?:offers|(?:special|limited|this|our) offer|sale|sav(?:e|ings?)|discount|deals?|coupon|promo(?:code)?|"
    r"subscribe|shop|buy|order(?:s|ed)?|free|"
    r"win|gift|bonus|upgrade|survey|"
    r"review your|знижк\w{1,3}|акці\w{1,2}|промокод\w{0,2}|подарун\w{2,3}|безкоштовн\w{1,3}|виграй\w{0,2}|"
    r"розпродаж\w{0,2}|кешбек\w{0,2}|купуй\w{0,2}|"
    r"замов\w{1,5}|кредит\w{0,2}|ставк\w{1,2}|опитуван\w{1,3}|оцін\w{1,4})\b|\d\s?%",
    re.IGNORECASE,
)
TRIMMINGS: Final = re.compile(
    r"app ?store|google ?play|\bunsubscribe\b|\b(?:notification|e-?mail) (?:settings|preferences)\b"
    r"|\bin (?:your|a) browser\b|\bdownload (?:the|our) app\b|\baddress book\b|\bвідпис\w{2,6}"
    r"|\bвідмов\w{2,5} від розсилки\b|\bналаштуван\w{2} (?:сповіщень|розсилки|підписки)\b|\b(?:у|в) браузері\b"
    r"|\bне отримувати\b|\bзавантаж\w{2,4} застосунок\b",
    re.IGNORECASE,
)
"""What stands in the frame of a service's mail and is asked of nobody."""
BEGINNING: Final = 3
"""Letters of a name that stay when it is called."""
VOCATIVE: Final = re.compile(
    r"\W*(?:(?:hi|hello|dear|hey|привіт|шановн\w{1,3}|пане|пані)\s)?([^\W\d_]{3,15})(?:\s[^\W\d_]{3,20})?,"
)


def expects_reply(message: Message, person: Person) -> bool:
    """Whether a person wrote this and waits for this person's answer.

    Machines never do (RFC 3834), lists and copies ask somebody else. Mail the person sent is judged by its words alone.
    """
    is_own = message.sender.address in person.addresses
    if not is_own and (_is_machines(message) or is_bulk(message) or not is_addressed_to(message, person)):
        return False
    asking = asking_of(spoken_now(message))
    if is_own:
        return bool(asking.asks) and not asking.no_answer
    if asking.no_answer or asking.no_action:
        return False
    return any(ask.sort in WAITED_FOR for ask in _to_reader(asking, message, person))


def answer_wanted_by(message: Message, person: Person) -> date | None:
    """The day by which mail the person sent asks for its answer; None if it asks for none, or names no day."""
    if message.sender.address not in person.addresses or not expects_reply(message, person):
        return None
    due = find_due_date(message, person.zone, person.addresses)
    return due[0] if due else None


def asks(message: Message, person: Person) -> Opinion | None:
    """That the message wants something done or answered by this person, with the words that say so."""
    if message.sender.address in person.addresses or is_automatic_answer(message):
        return None
    if BOUNCE.match(message.sender.address) or not is_addressed_to(message, person):
        return None
    found = _heeded(message, person)
    if not found:
        return None
    sorts = {ask.sort for ask in found}
    first = min(found, key=lambda ask: (ask.sort == "question", ask.sort == "answer"))
    sure = SURE_OF_BULK if is_bulk(message) else SURE_OF_SEVERAL if len(sorts) > 1 else SURE[first.sort]
    return Opinion(
        Judge.SIGNAL,
        sure,
        Wording.of("It asks something of you: “{words}”", words=first.words),
        category=Category.ACTION_REQUIRED,
    )


def asks_in_postscript(message: Message, person: Person) -> bool:
    """Whether something is asked of the reader below the message itself, where mail to many speaks to each."""
    text = spoken_now(message)
    return any(is_postscript(text, ask.start) for ask in _heeded(message, person))


def _heeded(message: Message, person: Person) -> Sequence[Ask]:
    """The asks that count; none where the message says that nothing is to be done."""
    asking = asking_of(spoken_now(message))
    if asking.no_action:
        return []
    return [ask for ask in _by_speaker(asking, message, person) if not TRIMMINGS.search(ask.words)]


def _by_speaker(asking: Asking, message: Message, person: Person) -> Sequence[Ask]:
    """The asks that count, by who speaks: people are heard out, machines only where they want a deed."""
    if is_bulk(message) or is_to_many(message):
        return [] if is_discussion(message) else _to_each_of_many(asking, message)
    if _is_machines(message):
        return [ask for ask in asking.asks if ask.sort != "question" and not ask.talk]
    if asking.no_answer:
        return [ask for ask in asking.asks if ask.sort == "action" or (ask.sort == "answer" and not ask.talk)]
    return _to_reader(asking, message, person)


def _is_machines(message: Message) -> bool:
    return is_from_machine(message) or UNREAD.search(message.sender.address.partition("@")[0]) is not None


def _to_each_of_many(asking: Asking, message: Message) -> list[Ask]:
    """What mail to many wants of this reader: a duty of theirs, or what stands in the postscript."""
    text = spoken_now(message)
    return [
        ask
        for ask in asking.asks
        if ask.sort != "question"
        and not SELLS.search(ask.words)
        and (
            DUTY.search(ask.words) or (is_postscript(text, ask.start) and (not ask.talk or NUMBERED.search(ask.words)))
        )
    ]


def _to_reader(asking: Asking, message: Message, person: Person) -> list[Ask]:
    """Without what is said to another who is written to as well: "Ben, please send it"."""
    others = [address for address in (*message.to, *message.cc) if address.address not in person.addresses]
    if not others:
        return list(asking.asks)
    own = [address for address in (*message.to, *message.cc) if address.address in person.addresses]
    return [ask for ask in asking.asks if not _calls(ask.words, others) or _calls(ask.words, own)]


def _calls(words: str, people: Sequence[Address]) -> bool:
    """Whether a sentence begins by calling one of them; Ukrainian names change their ends when called."""
    called = VOCATIVE.match(words)
    if called is None or not called[1][0].isupper():
        return False
    name = called[1].lower()
    begins = (name[:BEGINNING], romanised(name)[:BEGINNING])
    names = " ".join(f"{each.name} {each.address.partition('@')[0]}" for each in people).lower()
    return any(piece.startswith(begins) for piece in re.split(r"[\W\d_]+", names) if len(piece) >= BEGINNING)


def is_addressed_to(message: Message, person: Person) -> bool:
    """Whether the person is among those in To, or among those who talk there; else that there is somebody in To."""
    if is_circle(message):
        return True
    if not person.addresses or not message.to:
        return "list-id" not in message.headers
    return any(address.address in person.addresses for address in message.to)
