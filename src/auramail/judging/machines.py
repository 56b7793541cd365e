"""Machines: what the headers say about who, or what, sent a message and to how many."""

import re
from typing import Final

from auramail.core.accounts import Person
from auramail.core.messages import Message

NO_REPLY: Final = re.compile(
    r"^(?:no|do[._-]?not|dont|not)[._-]?reply|^(?:mailer-daemon|postmaster|bounces?|notifications?|notify|alerts?|auto(?:mated|confirm|reply|mail)?"
    r"|noreply.*|system|robot|daemon|root|cron|news(?:letter)?s?|marketing|promo|info-?mail|billing|invoices?|receipts?|orders?|updates?|security|account)s?(?:[._+-].*)?$"
)
AUTOMATIC_ANSWER: Final = re.compile(
    r"(?:automatic reply|auto(?:matic)?[ -]?reply|out of (?:the )?office|автоматична відповідь|автовідповідь"
    r"|автоматический ответ|автоответ|automatische antwort|abwesenheit|autoreply)",
    re.IGNORECASE,
)
CAMPAIGN_HEADERS: Final = frozenset({
    "x-mc-user", "x-kmail-account", "x-kmail-message", "x-sfmc-stack", "x-hs-cid", "x-marketoid", "x-ml-mid",
    "x-mailin-campaign", "x-mj-mid", "x-campaign", "x-campaignid", "x-campaign-id", "x-csa-complaints", "x-esputnik",
    "x-sendpulse", "x-unisender",
})  # fmt: skip
"""What services for campaigns add; SendGrid, SES, Mailgun and Postmark are left out, as they carry receipts too."""
OPEN_TO_ALL: Final = frozenset({"list-unsubscribe", "list-subscribe", "list-archive", "list-help"})


def is_bulk(message: Message) -> bool:
    """Whether the same message went to many: it says how to leave the list, or calls itself bulk."""
    if "list-unsubscribe" in message.headers or is_campaign(message):
        return True
    return message.header("precedence").strip().lower() in {"bulk", "junk", "list"} and not is_circle(message)


def is_automatic_answer(message: Message) -> bool:
    """Whether a machine answers for somebody: it says so by header (RFC 3834), or as Outlook does in the subject."""
    submitted = message.header("auto-submitted").strip().lower()
    return submitted.startswith("auto-replied") or bool(AUTOMATIC_ANSWER.match(message.subject))


def is_campaign(message: Message) -> bool:
    return not CAMPAIGN_HEADERS.isdisjoint(message.headers)


def is_from_machine(message: Message) -> bool:
    """Whether no person wrote this (RFC 3834): it says so, or its address or return path takes no answers."""
    submitted = message.header("auto-submitted").partition(";")[0].strip().lower()
    return (
        submitted not in {"", "no"}
        or is_automatic_answer(message)
        or message.header("return-path").strip() == "<>"
        or "x-auto-response-suppress" in message.headers
        or takes_no_answer(message)
    )


def takes_no_answer(message: Message) -> bool:
    return bool(NO_REPLY.match(message.sender.address.partition("@")[0]))


def is_discussion(message: Message) -> bool:
    """Whether people talk on a mailing list here (RFC 2919), rather than one sender to many."""
    return (
        "list-id" in message.headers
        and not is_campaign(message)
        and (bool(message.in_reply_to) or "list-post" in message.headers)
    )


def is_circle(message: Message) -> bool:
    """Whether people who know each other talk here, as parents of a class do.

    Public lists tell everybody how to join and leave, or where to read what was said (RFC 2369).
    """
    return is_discussion(message) and OPEN_TO_ALL.isdisjoint(message.headers)


def is_talk_of_others(message: Message, person: Person) -> bool:
    """Whether people talk on a public mailing list here, and to nobody in particular."""
    is_named = any(address.address in person.addresses for address in (*message.to, *message.cc))
    return is_discussion(message) and not is_circle(message) and not is_named


def may_be_a_letter(message: Message, person: Person) -> bool:
    """Whether a person may have written this to the reader: no mark of a machine, a list or a mailing is on it."""
    if is_from_machine(message) or is_bulk(message) or "list-id" in message.headers:
        return False
    named = {address.address for address in (*message.to, *message.cc)}
    return not named or not person.addresses or bool(named & person.addresses)
