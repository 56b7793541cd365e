"""Ways: how far what a message offers (links, files, another reply address) leads from a sender who can be trusted."""

import re
from typing import Final

from auramail.core.messages import Message
from auramail.guards.brands import owner_of
from auramail.guards.domains import (
    CHEAP_ENDINGS,
    OPEN_HOSTING,
    PUBLIC_ENDINGS,
    SHORTENERS,
    belongs,
    host_of,
    is_tenant,
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
KNOWN_SENDER: Final = 0.3
BULK: Final = frozenset({"list-unsubscribe", "list-id"})
MANY_LINKS: Final = 6
END_OF_TEXT: Final = 1_500
SHARED_BY_EVERYBODY: Final = frozenset({"docs.google.com", "drive.google.com", "forms.gle", "forms.office.com"})
LEAVING: Final = re.compile(r"unsub|opt-?out|preferences|remove|subscri|leave|відпис|отпис|abmeld|abbestell|désabonn|wypis", re.IGNORECASE)
LEADING_FILES: Final = (".html", ".htm", ".svg", ".pdf", ".zip", ".rar", ".7z", ".xhtml", ".shtml", ".mht", ".doc", ".docx")


def is_bulk(message: Message) -> bool:
    """Whether a message is one of many alike: it says so, or has many links and one to leave by, as mail without such headers does."""
    if BULK & message.headers.keys():
        return True
    if len(message.links) < MANY_LINKS:
        return False
    end = f"{message.text[-END_OF_TEXT:]} {message.signature}"
    return LEAVING.search(end) is not None or any(LEAVING.search(f"{link.text} {link.target}") for link in message.links)


def way_on(message: Message, stands: Standing) -> float:
    """How far a message leads away from a sender who can be trusted: 0 not at all, 1 to a stranger.

    A link to the sender's own site is what honest services have too, unless the sender has no face.
    """
    if stands is Standing.KNOWN:
        return KNOWN_SENDER
    domain = message.sender.domain
    hosts = [host for link in message.links if (host := host_of(landing_of(link.target)))]
    foreign = [host for host in hosts if organisation(host) != organisation(domain)]
    if stands is Standing.BRAND and all(_is_of(host, domain) for host in foreign):
        return 0.0
    files = [each for each in message.attachments if each.filename.lower().endswith(LEADING_FILES)]
    replies_away = any(organisation(reply.domain) != organisation(domain) for reply in message.reply_to)
    own = OWN_SITE if goes_with_name(message) else OWN_SITE_OF_A_STRANGER
    if hosts and stands is Standing.PLAIN and is_bulk(message):
        return own  # Mass mail counts clicks on the site of a service.
    if any(_is_anybodys(host) for host in foreign) and not is_bulk(message):
        return WHERE_ANYONE_MAY_PUBLISH
    if files and not foreign and stands is Standing.PLAIN:
        return FILE_OF_SOMEBODY if goes_with_name(message) else OWN_SITE_OF_A_STRANGER
    if foreign or files or replies_away or (stands is Standing.FACELESS and hosts):
        return ELSEWHERE
    if hosts:
        return own
    return ONLY_WORDS


def _is_anybodys(host: str) -> bool:
    if host in SHARED_BY_EVERYBODY or (owner_of(host) and not belongs(host, OPEN_HOSTING)):
        return False
    cheap = host.rpartition(".")[2] in CHEAP_ENDINGS
    return cheap or is_tenant(host) or organisation(host) in SHORTENERS or bool(lures_of(host))


def _is_of(host: str, domain: str) -> bool:
    """Whether a host is the brand's or authority's that the sender's domain belongs to."""
    brand = owner_of(domain)
    if brand and brand.owns(host):
        return True
    return belongs(host, PUBLIC_ENDINGS) and not is_tenant(host)
