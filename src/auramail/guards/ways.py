"""Ways: how far what a message offers (links, files, another reply address) leads from a sender who can be trusted."""

import re
from typing import Final

from auramail.core.messages import Message
from auramail.guards.brands import owner_of
from auramail.guards.domains import (
    CHEAP_ENDINGS,
    FREE_MAIL,
    MAILERS,
    OPEN_HOSTING,
    PUBLIC_ENDINGS,
    SHORTENERS,
    belongs,
    host_of,
    is_tenant,
    label_of,
    landing_of,
    lures_of,
    organisation,
)
from auramail.guards.sender import Standing, goes_with_name

OWN_SITE: Final = 0.5
OWN_SITE_OF_A_STRANGER: Final = 0.9
"""The site of a sender whose name and domain have nothing in common."""
ELSEWHERE: Final = 1.0
WHERE_ANYONE_MAY_PUBLISH: Final = 1.4
"""A public host, a shortener, a cheap ending or a name made of lures."""
FILE_OF_SOMEBODY: Final = 0.4
ONLY_WORDS: Final = 0.3
ONLY_WORDS_OF_A_FRONT: Final = 0.7
"""From a domain of their own that has no face."""
KNOWN_SENDER: Final = 0.3
BULK: Final = frozenset({"list-unsubscribe", "list-id"})
MANY_LINKS: Final = 6
VERY_MANY_LINKS: Final = 15
END_OF_TEXT: Final = 1_500
SHARED_BY_EVERYBODY: Final = frozenset({"docs.google.com", "drive.google.com", "forms.gle", "forms.office.com"})
LEAVING: Final = re.compile(
    r"unsub|opt-?out|preferences|remove|subscri|leave|відпис|отпис|abmeld|abbestell|désabonn|wypis", re.IGNORECASE
)
LEADING_FILES: Final = (
    *(".html", ".htm", ".xhtml", ".shtml", ".mht", ".svg", ".pdf", ".doc", ".docx"),
    *(".zip", ".rar", ".7z"),
)


def is_bulk(message: Message) -> bool:
    """Whether a message is one of many alike: it says so, or has many links and, as older mail, one to leave by."""
    if BULK & message.headers.keys() or len(message.links) >= VERY_MANY_LINKS:
        return True
    if len(message.links) < MANY_LINKS:
        return False
    end = f"{message.text[-END_OF_TEXT:]} {message.signature}"
    return LEAVING.search(end) is not None or any(
        LEAVING.search(f"{link.text} {link.target}") for link in message.links
    )


def way_on(message: Message, stands: Standing) -> float:
    """How far a message leads away from a sender who can be trusted: 0 not at all, 1 to a stranger.

    A link to the sender's own site is what honest services have too, unless the sender has no face.
    """
    if stands is Standing.KNOWN:
        return KNOWN_SENDER
    domain = message.sender.domain
    hosts = [host for link in message.links if (host := host_of(landing_of(link.target)))]
    foreign = [host for host in hosts if organisation(host) != organisation(domain) and label_of(host) not in MAILERS]
    if stands is Standing.BRAND and all(_is_of(host, domain) for host in foreign):
        return 0.0
    goes_with = goes_with_name(message)
    bulk = is_bulk(message)
    if foreign and not (bulk and stands is Standing.PLAIN):
        return WHERE_ANYONE_MAY_PUBLISH if not bulk and any(map(_is_anybodys, foreign)) else ELSEWHERE
    if hosts:
        own = OWN_SITE if goes_with or bulk else OWN_SITE_OF_A_STRANGER
        return ELSEWHERE if stands is Standing.FACELESS else own
    return _without_links(message, stands, goes_with=goes_with)


def _without_links(message: Message, stands: Standing, *, goes_with: bool) -> float:
    domain = message.sender.domain
    if any(organisation(reply.domain) != organisation(domain) for reply in message.reply_to):
        return ELSEWHERE
    if any(each.filename.lower().endswith(LEADING_FILES) for each in message.attachments):
        if stands is Standing.PLAIN:
            return FILE_OF_SOMEBODY if goes_with else OWN_SITE_OF_A_STRANGER
        return ELSEWHERE
    is_a_front = stands is Standing.FACELESS and domain not in FREE_MAIL
    return ONLY_WORDS_OF_A_FRONT if is_a_front else ONLY_WORDS


def _is_anybodys(host: str) -> bool:
    """Whether a host says nothing of who is behind it: a public host, a shortener, a cheap ending, a name of lures."""
    if host in SHARED_BY_EVERYBODY or (owner_of(host) and not belongs(host, OPEN_HOSTING)):
        return False
    cheap = host.rpartition(".")[2] in CHEAP_ENDINGS
    return cheap or is_tenant(host) or organisation(host) in SHORTENERS or bool(lures_of(host))


def _is_of(host: str, domain: str) -> bool:
    """Whether a host is the brand's or authority's that the sender's domain belongs to."""
    brand = owner_of(domain)
    return (brand is not None and brand.owns(host)) or (belongs(host, PUBLIC_ENDINGS) and not is_tenant(host))
