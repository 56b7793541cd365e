"""Seek: searches, in Gmail's language, that settle what a message is without anybody reading it.

`from:` finds display names too, so that anybody could put a shop's address there. Alone it is never believed: a
message must also be of the same mailing list (`list:`), or lie where Gmail itself put the sender's other bulk mail
(`category:`), which a stranger's first letter does not. Whoever forges even that gets their own letter put away
among newsletters, unread: nothing is gained by it. Spot checks are read besides.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from auramail.core.accounts import Person
from auramail.core.decisions import Category, Kind
from auramail.core.groups import BULK, Group, SenderRecord, SurveyTerms
from auramail.core.labels import CATEGORIES, DRAFT, INBOX, SENT
from auramail.core.messages import Message
from auramail.core.queries import MailQuery
from auramail.core.rules import Condition, Rule
from auramail.judging import rules
from auramail.judging.placing import PLACE

ADDRESS: Final = re.compile(r"[\w.+=-]{1,80}@[\w-]+(?:\.[\w-]+)+", re.ASCII)
DOMAIN: Final = re.compile(r"[\w-]+(?:\.[\w-]+)+", re.ASCII)
LIST: Final = re.compile(r"[\w.+=-]{3,120}", re.ASCII)
BULK_PLACES: Final = frozenset(CATEGORIES) - {"CATEGORY_PERSONAL"}
"""Where Gmail puts what goes to many; who writes for the first time does not land there."""
ANY_BULK_PLACE: Final = "{category:promotions category:social category:updates category:forums}"
TOGETHER: Final = 20
"""Addresses in one search; a search must not become too long for Gmail."""
PROMOTIONS: Final = "promotions"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a run's searches are narrowed to: its own query, and what nobody's interest shows in."""

    query: MailQuery
    terms: SurveyTerms
    rules: tuple[Rule, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether searches can settle anything: in the inbox, where no rule of the person's means mail of any kind."""
        in_inbox = not self.query.folders or INBOX in self.query.folders
        return in_inbox and not any(_may_be_any(rule.condition, self.terms) for rule in self.rules if rule.enabled)

    def narrowed(self, text: str) -> MailQuery:
        """The search to send. The person's own text stands last: a quote left open in it swallows nothing of ours."""
        own = self.query
        parts = (text, self._guards, f"({own.text.strip()})" if own.text.strip() else "")
        return MailQuery(
            folders=(INBOX,),
            text=" ".join(part for part in parts if part),
            sender=own.sender,
            subject=own.subject,
            after=own.after,
            before=own.before,
            unread=own.unread,
        )

    def told(self, text: str) -> str:
        """The same for a person, who can put it into Gmail's search box."""
        own = self.query
        return " ".join(
            part
            for part in (
                f"in:inbox {text} {self._guards}",
                f'from:"{own.sender}"' if own.sender else "",
                f'subject:"{own.subject}"' if own.subject else "",
                f"after:{own.after:%Y/%m/%d}" if own.after else "",
                f"before:{own.before:%Y/%m/%d}" if own.before else "",
                "is:unread" if own.unread else "",
                f"({own.text.strip()})" if own.text.strip() else "",
            )
            if part
        )

    @property
    def _guards(self) -> str:
        terms = self.terms
        limits = f"-has:attachment smaller:{terms.smaller} older_than:{terms.older_than_days}d"
        return " ".join(["-is:starred -is:important", limits, *self._words_of_rules()])

    def _words_of_rules(self) -> Iterator[str]:
        """What the person's rules look for in anybody's words and names is read, so that the rule itself decides."""
        for condition in (rule.condition for rule in self.rules if rule.enabled):
            if names := _names(condition):
                spellings = dict.fromkeys(spelt for name in names for spelt in (name, rules.latin(name)))
                yield from (f'-from:"{_unquoted(name)}"' for name in spellings)
            elif not condition.names_sender:
                words = [condition.words] if condition.words else condition.about
                yield from (f'-subject:"{_unquoted(said)}"' for said in (condition.subject,) if said)
                yield from (f'-"{_unquoted(said)}"' for said in words)


def own_threads() -> MailQuery:
    """What the person wrote, or began to write."""
    return MailQuery(folders=(SENT, DRAFT))


def from_any(addresses: Sequence[str]) -> MailQuery:
    """Inbox mail that names one of these addresses or domains as its sender."""
    terms = (f'from:"{one}"' for one in addresses)
    return MailQuery(folders=(INBOX,), text=f"{{{' '.join(terms)}}}")


def sent_to(addresses: Sequence[str]) -> MailQuery:
    """What the person sent to one of these addresses or domains."""
    terms = (f'{to}:"{one}"' for one in addresses for to in ("to", "cc", "bcc"))
    return MailQuery(folders=(SENT,), text=f"{{{' '.join(terms)}}}")


def together(addresses: Iterable[str]) -> list[list[str]]:
    """Addresses and domains in portions for one search each; what is neither cannot be searched for."""
    safe = sorted({one for one in addresses if ADDRESS.fullmatch(one) or DOMAIN.fullmatch(one)})
    return [safe[start : start + TOGETHER] for start in range(0, len(safe), TOGETHER)]


def labelled(label_id: str) -> MailQuery:
    """What bears a label and is in the inbox all the same."""
    return MailQuery(folders=(label_id,), text="in:inbox")


def group_of_exemplar(message: Message, category: Category, kind: Kind, confidence: float) -> Group | None:
    """The mail that is like a message which was read; None where no search is to be trusted with it."""
    match = _match(message.sender.address, list_id_of(message), message.labels)
    if match is None:
        return None
    return Group(match, match, category, kind, confidence, exemplar=message.id, sender=message.sender.address)


def group_of_sender(record: SenderRecord) -> Group | None:
    """All mail of a sender of whom enough was read before."""
    match = _match(record.sender, "", record.places)
    if match is None or record.category is None:
        return None
    return Group(match, match, record.category, record.kind, record.confidence, sender=record.sender)


def groups_of_rules(own: Sequence[Rule]) -> Iterator[Group]:
    """What rules say of bulk mail by its sender or list alone, unless a rule that comes first may say otherwise."""
    first: list[Condition] = []
    for rule in sorted(own, key=lambda one: (one.position, one.id)):
        if not rule.enabled or not rule.condition.names_sender:
            continue
        match = None if rule.label else _match_of_rule(rule.condition)
        if match is None or rule.category is None or rule.category not in BULK:
            first.append(rule.condition)
        elif all(_are_apart(rule.condition, other) for other in first):
            sender = rule.condition.sender.lower()
            yield Group(f"rule {rule.id}", match, rule.category, Kind.OTHER, 1.0, sender=sender, rule_id=rule.id)


def group_of_promotions(terms: SurveyTerms) -> Group | None:
    """What Gmail itself calls promotions, once it is old; only its spot checks say how sure that is."""
    if not terms.promotions_days:
        return None
    match = f"category:promotions older_than:{terms.promotions_days}d"
    return Group(PROMOTIONS, match, Category.NEWSLETTER, Kind.PROMOTION, 1.0)


def may_be_spoken_for(sender: str, list_id: str, person: Person, own: Sequence[Rule]) -> bool:
    """Whether a sender is none of the person's own house, nobody they write to, and no matter of a rule of theirs."""
    is_own = sender.rpartition("@")[2] in person.domains
    return not is_own and not person.knows(sender) and not has_rule(sender, list_id, own)


def has_rule(sender: str, list_id: str, own: Sequence[Rule]) -> bool:
    """Whether a rule of the person's may be about mail of this sender and list, so that it must decide."""
    return any(
        rule.enabled
        and rule.condition.names_sender
        and not _are_apart(rule.condition, Condition(sender=sender))
        and (not rule.condition.list_id or rule.condition.list_id.strip("<>").lower() in list_id.lower())
        for rule in own
    )


def list_id_of(message: Message) -> str:
    """What stands between the angle brackets of List-Id (RFC 2919), if it is safe to search for."""
    found = re.search(r"<([^<>]+)>\s*$", message.header("list-id").strip())
    return found[1] if found and LIST.fullmatch(found[1]) else ""


def _match(sender: str, list_id: str, labels: frozenset[str]) -> str | None:
    if not ADDRESS.fullmatch(sender):
        return None
    if list_id:
        return f'from:"{sender}" list:"{list_id}"'
    places = sorted(labels & BULK_PLACES)
    return f'from:"{sender}" category:{places[0].removeprefix("CATEGORY_").lower()}' if places else None


def _match_of_rule(condition: Condition) -> str | None:
    """The search that finds what a condition of only sender, domain and list means; None for any other."""
    if condition != Condition(sender=condition.sender, domain=condition.domain, list_id=condition.list_id):
        return None
    domain, list_id = condition.domain.lower().removeprefix("@"), condition.list_id.strip("<>")
    given = ((condition.sender, ADDRESS, "from"), (domain, DOMAIN, "from"), (list_id, LIST, "list"))
    if not condition.names_sender or any(text and not form.fullmatch(text) for text, form, _ in given):
        return None
    terms = [f'{name}:"{text}"' for text, _, name in given if text]
    return " ".join(terms if list_id else [*terms, ANY_BULK_PLACE])


def _names(condition: Condition) -> list[str]:
    """Names, as far as nothing tells who is meant by address: only a search for senders finds all they mean."""
    return [one for one in condition.senders if not _is_domain(one) and "@" not in one]


def _may_be_any(condition: Condition, terms: SurveyTerms) -> bool:
    """Whether a rule may be about bulk mail that is found, and no search can spare what it is about.

    Beginnings of words are nothing that Gmail searches for.
    """
    if condition.names_sender or condition.subject or condition.words:
        return False
    if condition.about and not any(word.endswith("*") for word in condition.about):
        return False
    newest = condition.newer_days is not None and condition.newer_days <= terms.older_than_days
    large = condition.larger is not None and condition.larger >= _bytes(terms.smaller)
    other = condition.kinds and not any(PLACE[kind] in BULK for kind in condition.kinds)
    return not (condition.has_attachment or newest or large or other)


def _bytes(size: str) -> int:
    """A size as Gmail's search has it, 1M or 500K."""
    return int(size.rstrip("KMkm")) * {"K": 1024, "M": 1024 * 1024}.get(size[-1:].upper(), 1)


def _are_apart(one: Condition, other: Condition) -> bool:
    """Whether no message can meet both, as far as senders tell."""
    parties = [_parties(each) for each in (one, other)]
    return all(parties) and all(_are_strangers(first, second) for first in parties[0] for second in parties[1])


def _parties(condition: Condition) -> list[str]:
    """The addresses and domains that a condition is about; none where a name may mean anybody."""
    if condition.senders:
        return [] if _names(condition) else [party.lower().removeprefix("@") for party in condition.senders]
    party = condition.sender or condition.domain.removeprefix("@")
    return [party.lower()] if party else []


def _are_strangers(one: str, other: str) -> bool:
    if "@" in one and "@" in other:
        return one != other
    domains = [each.rpartition("@")[2] for each in (one, other)]
    below = (f".{each}".endswith(f".{parent}") for each, parent in (domains, reversed(domains)))
    return not any(below)


def _is_domain(text: str) -> bool:
    return DOMAIN.fullmatch(text.removeprefix("@")) is not None


def _unquoted(words: str) -> str:
    return " ".join(words.replace('"', " ").split())
