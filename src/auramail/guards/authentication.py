"""Authentication: what the receiving server found out about the sender's domain (SPF, DKIM, DMARC).

Only the topmost Authentication-Results header counts, and only if the receiver wrote it: everything below it came with
the message and can be forged (RFC 8601, section 7.1). No header at all says nothing: files and other servers have none.
"""

import re
from dataclasses import dataclass, field

from auramail.core.accounts import Person
from auramail.core.findings import Finding
from auramail.core.messages import Message
from auramail.core.wording import Wording
from auramail.guards.brands import owner_of
from auramail.guards.domains import FREE_MAIL, WRITTEN_BY_STRANGERS, organisation
from auramail.guards.suspicion import Suspicion, finding

GMAIL = "mx.google.com"
COMMENT = re.compile(r"\([^()]{0,500}\)")
METHOD = re.compile(r"^\s*(spf|dkim|dmarc|arc)\s*=\s*([a-z]+)", re.IGNORECASE)
DOMAIN = re.compile(
    r"(?:smtp\.mailfrom|header\.d|header\.i|header\.from)\s*=\s*\"?(?:[^\s@;\"]{0,200}@)?([\w.-]{1,253})", re.IGNORECASE
)
RECEIVED_BY = re.compile(r"\bby\s+([\w.:-]{1,253})", re.IGNORECASE)
LONGEST_HEADER = 8_000


@dataclass(frozen=True, slots=True)
class Results:
    """The receiver's verdicts: method → result, and the domains that SPF and DKIM passed for."""

    verdicts: dict[str, str] = field(default_factory=dict)
    passed: frozenset[str] = frozenset()
    trusted: bool = False

    def is_aligned_with(self, domain: str) -> bool:
        """DMARC passed, or SPF or DKIM passed for the organisation in From (relaxed alignment, RFC 9989)."""
        if "dmarc" in self.verdicts:
            return self.verdicts["dmarc"] == "pass"
        return any(organisation(passed) == organisation(domain) for passed in self.passed)


def inspect(message: Message, person: Person) -> Finding | None:
    """Weigh the receiver's verdict by who the sender claims to be."""
    results = read_results(message, person)
    domain = message.sender.domain
    if not results or not domain:
        return None
    if results.is_aligned_with(domain):
        return _for_the_sender(message, person, results)
    suspicion = _against_the_sender(message, person, results)
    return finding("authentication", [suspicion] if suspicion else [])


def read_results(message: Message, person: Person) -> Results | None:
    """The topmost Authentication-Results, if the person's own receiver wrote it; `trusted` if that is sure."""
    headers = message.headers.get("authentication-results")
    if not headers:
        return None
    identity, _, rest = COMMENT.sub(" ", headers[0][:LONGEST_HEADER]).partition(";")
    receiver = (identity.split() or [""])[0].lower().rstrip(".")
    took_it_in = RECEIVED_BY.search(message.header("received")[:LONGEST_HEADER])
    trusted = is_receiver(receiver, took_it_in.group(1).lower() if took_it_in else "", person)
    if not trusted and receiver != GMAIL:
        return None
    verdicts: dict[str, str] = {}
    passed = set()
    for part in rest.split(";"):
        method = METHOD.match(part)
        if not method:
            continue
        name, result = method.group(1).lower(), method.group(2).lower()
        if verdicts.get(name) != "pass":
            verdicts[name] = result
        if result == "pass" and name in {"spf", "dkim"}:
            passed |= {found.lower() for found in DOMAIN.findall(part)}
    return Results(verdicts, frozenset(passed), trusted)


def is_receiver(identity: str, took_it_in: str, person: Person) -> bool:
    """Whether the server that names itself is the one that took the message in for this person."""
    if identity == GMAIL:
        # Inside Gmail the topmost Received is either a bare IPv6 hop or mx.google.com itself.
        return not took_it_in or took_it_in.startswith("2002:") or took_it_in.endswith("google.com")
    ours = {organisation(domain) for domain in person.domains if domain not in FREE_MAIL}
    return organisation(identity) in ours or (bool(took_it_in) and organisation(identity) == organisation(took_it_in))


def _for_the_sender(message: Message, person: Person, results: Results) -> Finding | None:
    """A proven sender who is known speaks for the message.

    A proven stranger says nothing, nor does a service that passes on what strangers typed.
    """
    if not results.trusted:
        return None
    address = message.sender.address
    brand = owner_of(message.sender.domain) if message.sender.domain not in FREE_MAIL else None
    if person.knows(address):
        evidence = Wording.of(
            "{server} confirms that this is {sender}, whom you write to", server=GMAIL, sender=address
        )
        return Finding("authentication", -3.0, evidence)
    if brand and not address.startswith(WRITTEN_BY_STRANGERS):
        evidence = Wording.of(
            "{domain} is confirmed and belongs to {brand}", domain=message.sender.domain, brand=brand.name
        )
        return Finding("authentication", -3.5, evidence)
    return None


def _against_the_sender(message: Message, person: Person, results: Results) -> Suspicion | None:
    verdicts, domain = results.verdicts, message.sender.domain
    if verdicts.get("arc") == "pass" or "list-id" in message.headers:
        return None  # Forwarders and lists break signatures; the receiver says so itself by ARC (RFC 8617).
    claimed = (
        1.5 if owner_of(domain) or domain in person.domains else 0.7 if person.knows(message.sender.address) else 0.0
    )
    if verdicts.get("dmarc") == "fail":
        evidence = Wording.of(
            "The receiving server says that {sender} is forged (DMARC failed)", sender=message.sender.address
        )
        return Suspicion(2.2 + claimed, evidence)
    if verdicts.get("spf") == "fail":
        evidence = Wording.of("The sending server may not write for {domain} (SPF failed)", domain=domain)
        return Suspicion(1.5 + claimed, evidence)
    if verdicts.get("spf") == "softfail" or (verdicts.get("dkim") in {"fail", "permerror"}):
        evidence = Wording.of("Nothing proves that the message comes from {domain}", domain=domain)
        return Suspicion(0.7 + claimed, evidence)
    if claimed and verdicts:
        evidence = Wording.of("Nothing proves that the message comes from {domain}", domain=domain)
        return Suspicion(claimed, evidence)
    return None
