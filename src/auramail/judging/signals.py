"""Signals: what headers, Gmail's own labels, markup and the person's correspondence already say.

Recognisers are asked in order and the first to answer speaks for all, so what is exact stands before what is likely.
Headers are the sender's own words: they may lower attention, but only correspondence raises it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from auramail.core.accounts import Person
from auramail.core.decisions import Category, Judge, Kind, Opinion
from auramail.core.labels import SPAM
from auramail.core.messages import Message
from auramail.core.wording import Wording
from auramail.judging.likely import OF_BULK, OF_CAMPAIGNS, OF_CODES, OF_MACHINES
from auramail.judging.machines import (
    is_automatic_answer,
    is_bulk,
    is_campaign,
    is_circle,
    is_discussion,
    is_from_machine,
    takes_no_answer,
)

FREE_MAIL: Final = re.compile(
    r"^(?:g(?:oogle)?mail|outlook|hotmail|live|yahoo|ymail|icloud|me|proton(?:mail)?|gmx|aol|ukr|i|meta|bigmir|web|mail|yandex)"
    r"\.(?:com|net|ua|de|me|ru|co\.uk)$"
)
CODE: Final = re.compile(r"(?<![\d.,/№#+-])(?:\d{4,8}|\d{3}[ -]\d{3}|[A-Z]-\d{5,6})(?![\d/%]|[.,]\d)")
CODE_WORDS: Final = re.compile(
    r"\b(?:(?:verification|security|one[- ]?time|login|log-in|sign-?in|access|confirmation|authentication|2fa|otp)"
    r"\W+(?:\w+\W+){0,2}(?:code|passcode|password|pin)"
    r"|(?:your|the|this|enter|use) code\b|passcode|otp\b"
    r"|код\w{0,2}\W+(?:\w+\W+){0,2}"
    r"(?:підтвердж\w+|безпеки|доступу|вход\w|перевірки|авторизації|для|подтвержд\w+|безопасности|доступа)"
    r"|(?:одноразов\w+|ваш|твій|введіть|перевірочн\w+|проверочн\w+|введите) (?:код|пароль)\w{0,2}"
    r"|(?:bestätigungs|sicherheits|anmelde|zugangs|einmal)(?:code|kennwort|passwort)|(?:ihr|dein) code)\b",
    re.IGNORECASE,
)
MARKS_OF_CODES: Final = ("code", "word", "wort", "otp", "pin", "pi\u0307n", "pın", "код", "парол")
"""One of these is in all such words, in lower case (Turkish has two more i): looking for them is far cheaper."""
LONGEST_CODE_MAIL: Final = 1_200
MARKUP_KINDS: Final[Mapping[str, Kind]] = {
    "FlightReservation": Kind.TRAVEL,
    "LodgingReservation": Kind.TRAVEL,
    "TrainReservation": Kind.TRAVEL,
    "BusReservation": Kind.TRAVEL,
    "BoatReservation": Kind.TRAVEL,
    "RentalCarReservation": Kind.TRAVEL,
    "TaxiReservation": Kind.TRAVEL,
    "EventReservation": Kind.MEETING,
    "FoodEstablishmentReservation": Kind.MEETING,
    "ParcelDelivery": Kind.DELIVERY,
    "Invoice": Kind.BILL,
    "Order": Kind.RECEIPT,
}
SOCIAL_DOMAINS: Final[Mapping[str, str]] = {
    "facebookmail.com": "Facebook",
    "linkedin.com": "LinkedIn",
    "instagram.com": "Instagram",
    "twitter.com": "X",
    "x.com": "X",
    "tiktok.com": "TikTok",
    "pinterest.com": "Pinterest",
    "redditmail.com": "Reddit",
    "quora.com": "Quora",
    "discord.com": "Discord",
    "discordapp.com": "Discord",
    "threads.net": "Threads",
    "bsky.app": "Bluesky",
    "viber.com": "Viber",
    "snapchat.com": "Snapchat",
    "nextdoor.com": "Nextdoor",
    "xing.com": "XING",
    "meetup.com": "Meetup",
    "strava.com": "Strava",
    "youtube.com": "YouTube",
    "telegram.org": "Telegram",
    "goodreads.com": "Goodreads",
}
MAILBOXES: Final = (
    (Kind.PROMOTION, re.compile(r"^(?:promo(?:tions?)?|deals?|offers?|specials?|sales?|marketing|shopper|rewards?)\b")),
    (Kind.NEWSLETTER, re.compile(r"^(?:news(?:letters?)?|digest|visnyk|bulletin|editor|novyny|rozsylka)\b")),
    (Kind.SURVEY, re.compile(r"^(?:surveys?|feedback|reviews?|opros|opytuvannia|nps)\b")),
)
"""Mailboxes whose name says what comes out of them."""
PEOPLE_ON_LINKEDIN: Final = frozenset({"INMAIL", "MBR-TO-MBR"})
ABOUT_THE_ACCOUNT: Final = re.compile(
    r"passw|log-?in|sign-?in|security|verif|secur|код|парол|вхід|вход|безпек|безопас|підтвер|подтвер", re.IGNORECASE
)
ASKED_BY_NAME: Final = frozenset({"assign", "mention", "review_requested", "team_mention", "author"})


def opinion(message: Message, person: Person) -> Opinion | None:
    """What the first recogniser that knows something thinks."""
    for recognise in RECOGNISERS:
        found = recognise(message, person)
        if found is not None:
            return found
    return None


def _says(kind: Kind, confidence: float, reason: Wording) -> Opinion:
    return Opinion(Judge.SIGNAL, confidence, reason, kind=kind)


def _says_any(shares: Mapping[Kind, float], reason: Wording) -> Opinion:
    likeliest = max(shares, key=shares.__getitem__)
    return Opinion(Judge.SIGNAL, shares[likeliest], reason, kind=likeliest, shares=tuple(shares.items()))


def _correspondent(message: Message, person: Person) -> Opinion | None:
    address = message.sender.address
    if not person.knows(address) or is_bulk(message) or is_from_machine(message):
        return None
    if message.invitations:
        return None
    count = person.correspondents[address]
    reason = Wording.of("You have written to {person} yourself", person=address)
    confidence = min(0.97, 0.88 + 0.03 * count)
    domain = message.sender.domain
    if FREE_MAIL.match(domain):
        return _says(Kind.PERSONAL, confidence, reason)
    if domain in person.domains:
        return _says(Kind.WORK, confidence, reason)
    return Opinion(Judge.SIGNAL, confidence, reason, category=Category.IMPORTANT)


def _junk(message: Message, person: Person) -> Opinion | None:
    if SPAM in message.labels and not person.knows(message.sender.address):
        return _says(Kind.SPAM, 0.7, Wording.of("Gmail put it into spam"))
    return None


def _invitation(message: Message, person: Person) -> Opinion | None:
    del person
    if not message.invitations:
        return None
    name = message.invitations[0].summary or message.subject
    return _says(Kind.MEETING, 0.95, Wording.of("It carries a calendar entry: {name}", name=name))


def _code(message: Message, person: Person) -> Opinion | None:
    del person
    if len(message.text) > LONGEST_CODE_MAIL or message.in_reply_to:
        return None
    text = f"{message.subject}\n{message.text}"
    lower = text.lower()
    if not any(mark in lower for mark in MARKS_OF_CODES):
        return None
    words = CODE_WORDS.search(text) if CODE.search(text) else None
    if words:
        return _says_any(OF_CODES, Wording.of("It carries a one-time code: “{words}”", words=words.group()))
    return None


def _markup(message: Message, person: Person) -> Opinion | None:
    del person
    for markup in message.markup:
        kind = MARKUP_KINDS.get(markup.type)
        if kind:
            return _says(kind, 0.92, Wording.of("The sender marks it up as {type}", type=markup.type))
    return None


def _social(message: Message, person: Person) -> Opinion | None:
    del person
    network = next((SOCIAL_DOMAINS[each] for each in _above(message.sender.domain) if each in SOCIAL_DOMAINS), None)
    if network is None or ABOUT_THE_ACCOUNT.search(message.subject):
        return None
    if network == "LinkedIn" and message.header("x-linkedin-class").upper() in PEOPLE_ON_LINKEDIN:
        return _says(Kind.SOCIAL, 0.8, Wording.of("Somebody writes to you on {network}", network=network))
    return _says(Kind.SOCIAL, 0.93, Wording.of("It is a notice of {network}", network=network))


def _development(message: Message, person: Person) -> Opinion | None:
    del person
    reason = message.header("x-github-reason") or message.header("x-gitlab-notificationreason")
    if reason in ASKED_BY_NAME:
        return _says(Kind.WORK, 0.8, Wording.of("A project names you ({reason})", reason=reason))
    if reason or "x-gitlab-project" in message.headers or "x-jira-fingerprint" in message.headers:
        return _says(Kind.NOTIFICATION, 0.9, Wording.of("It is a notice of a project you follow"))
    return None


def _gmail_tab(message: Message, person: Person) -> Opinion | None:
    del person
    if "CATEGORY_PROMOTIONS" in message.labels:
        return _says(Kind.PROMOTION, 0.85, Wording.of("Gmail counts it among promotions"))
    if "CATEGORY_SOCIAL" in message.labels:
        return _says(Kind.SOCIAL, 0.85, Wording.of("Gmail counts it among social mail"))
    if "CATEGORY_FORUMS" in message.labels:
        return _says(Kind.NEWSLETTER, 0.75, Wording.of("Gmail counts it among forums"))
    return None


def _mailing_list(message: Message, person: Person) -> Opinion | None:
    if not is_discussion(message):
        return None
    if is_circle(message):
        return None
    name = message.header("list-id")
    if any(address.address in person.addresses for address in message.to):
        return _says(Kind.WORK, 0.6, Wording.of("Somebody answers you on the list {name}", name=name))
    return _says(Kind.NEWSLETTER, 0.8, Wording.of("It is talk on the mailing list {name}", name=name))


def _bulk(message: Message, person: Person) -> Opinion | None:
    if is_campaign(message):
        return _says_any(OF_CAMPAIGNS, Wording.of("It was sent by a service for mass mail"))
    if not is_bulk(message):
        return None
    sender = message.sender.address
    if person.correspondents and not person.knows(sender):
        reason = Wording.of("A mailing: it says how to unsubscribe, and you never wrote to {sender}", sender=sender)
        return _says_any(OF_BULK, reason)
    return _says_any(OF_BULK, Wording.of("A mailing: it says how to unsubscribe"))


def _mailbox_name(message: Message, person: Person) -> Opinion | None:
    del person
    address = message.sender.address
    kind = next((kind for kind, names in MAILBOXES if names.match(address)), None)
    if kind is None or message.in_reply_to or FREE_MAIL.match(message.sender.domain):
        return None
    return _says(kind, 0.5, Wording.of("Its address tells what it is: {sender}", sender=address))


def _automatic(message: Message, person: Person) -> Opinion | None:
    del person
    if is_automatic_answer(message):
        return _says(Kind.OTHER, 0.85, Wording.of("It is an automatic answer"))
    if takes_no_answer(message):
        return _says_any(OF_MACHINES, Wording.of("{sender} takes no answers", sender=message.sender.address))
    return None


def _conversation(message: Message, person: Person) -> Opinion | None:
    if not message.in_reply_to or is_from_machine(message):
        return None
    if message.sender.domain in person.domains and not FREE_MAIL.match(message.sender.domain):
        return _says(Kind.WORK, 0.75, Wording.of("A colleague answers in a conversation"))
    return None


def _above(domain: str) -> Iterator[str]:
    """The domain itself and every one it lies below."""
    while domain:
        yield domain
        domain = domain.partition(".")[2]


RECOGNISERS: Final[tuple[Callable[[Message, Person], Opinion | None], ...]] = (
    _junk,
    _code,
    _invitation,
    _correspondent,
    _markup,
    _development,
    _social,
    _gmail_tab,
    _mailing_list,
    _bulk,
    _mailbox_name,
    _automatic,
    _conversation,
)
