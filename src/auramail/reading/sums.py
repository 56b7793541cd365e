"""The sum a message is about: what is to be paid or was paid, not a balance, a discount, an old price or a limit."""

import re
from collections.abc import Container, Sequence
from decimal import Decimal
from itertools import islice
from typing import Final

from auramail.core.decisions import Money
from auramail.core.messages import Message
from auramail.reading.companies import PRIVATE_PROVIDERS
from auramail.reading.money import LONGEST_TEXT, MOST_AMOUNTS, AmountMention, find_amounts, value_of
from auramail.reading.spoken import is_quoted, is_to_many
from auramail.reading.sum_words import (
    ABOUT_MONEY,
    AFTER,
    BRIDGE,
    HEADING,
    LEAST_OF,
    PAYS,
    RATE_AFTER,
    ROLES,
    SAID,
    SELLS,
    YOU,
    Role,
)

_PATHS: Final = (
    ("totalPaymentDue.price", "totalPaymentDue.priceCurrency"),
    ("totalPaymentDue.value", "totalPaymentDue.currency"),
    ("totalPrice", "priceCurrency"),
    ("price", "priceCurrency"),
    ("acceptedOffer.price", "acceptedOffer.priceCurrency"),
    ("total", "currency"),
)
_CURRENCY: Final = re.compile(r"[A-Z]{3}\Z")
_PRICE: Final = re.compile(r"\d{1,12}(?:\.\d{1,4})?\Z")
_REACH: Final = 90
"""Letters before an amount in which a word may say what it is."""
_BEYOND: Final = 28
_BREAK: Final = re.compile(r"[.!?;]\s|\n\s*\n")
_HEADINGS: Final = {"all": Role.ALL_TO_PAY, "pay": Role.TO_PAY}
_BULLETS: Final = " -*•|"
_RANGE: Final = re.compile(r"\s{0,2}(?:to|до|по|[-–—→])\s{0,2}\Z")
_EQUALS: Final = re.compile(r"(?:=|\b(?:тобто|that's|i\.e\.)[:,]?)\s{0,2}\Z")
_TOTALS: Final = ("сплати", "оплати", "разом", "усього", "всього", "total")
_BARE: Final = re.compile(
    r"\b(?:(?:(?:разом|[ву]сього|сума) )?до (?:сплати|оплати)|разом|[ву]сього|(?:grand )?total(?: (?:due|to pay))?|"
    r"total amount)"
    r"(?:,?\s\(?грн\.?\)?)?[ \t]{0,3}[:—–|"
    r"]?[ \t]{0,9}(?P<sum>\d{1,3}(?:[ \u00a0\u202f]?\d{3}){0,3}[.,]\d\d)(?![\d:/%]|\.\d)"
)
"""A total whose currency is said elsewhere."""


def find_sum(message: Message) -> tuple[Money, str] | None:
    """The sum and its words: what markup says, else what is to be paid, else a total, else the only one there is."""
    for thing in message.markup:
        for price_path, currency_path in _PATHS:
            money = _priced(thing.properties.get(price_path, ""), thing.properties.get(currency_path, ""))
            if money is not None:
                return money, f"{thing.properties[price_path]} {thing.properties[currency_path]}"
    text = f"{message.subject}\n{message.text}"
    plain = text.lower()
    plain = plain if len(plain) == len(text) else text
    mentions = find_amounts(text)
    mentions += _bare_totals(plain, mentions)
    chosen = _chosen(sorted(mentions, key=lambda each: each.start), plain, message) if mentions else None
    return (chosen.money, chosen.words) if chosen else None


def _bare_totals(text: str, mentions: Sequence[AmountMention]) -> list[AmountMention]:
    """Totals without a currency, in that of the other sums, or in hryvnias where the language is Ukrainian."""
    if not any(word in text for word in _TOTALS):
        return []
    currencies = {mention.money.currency for mention in mentions}
    if len(currencies) > 1:
        return []
    currency = next(iter(currencies), "UAH")
    taken = {mention.start for mention in mentions} | {mention.end for mention in mentions}
    found = []
    for match in islice(_BARE.finditer(text[:LONGEST_TEXT]), MOST_AMOUNTS):
        start, end = match.span("sum")
        value = value_of(match["sum"])
        is_known = currencies or not match.group().isascii()
        if value is not None and is_known and not taken & {*range(start - 2, end + 6)}:
            found.append(AmountMention(Money(value, currency), match["sum"], start, end))
    return found


def _chosen(mentions: Sequence[AmountMention], text: str, message: Message) -> AmountMention | None:
    to_many = is_to_many(message)
    roles: dict[Role, list[AmountMention]] = {}
    labelled = set()
    end = 0
    for mention in mentions:
        role, is_label = _role(text, mention, end, to_many=to_many)
        end = mention.end
        if mention.money.value > 0:
            roles.setdefault(role, []).append(mention)
            if is_label:
                labelled.add(mention.start)
    for role in (Role.ALL_TO_PAY, Role.TO_PAY, Role.TOTAL, Role.MOVED, Role.PRICE, Role.LEAST):
        if role in roles:
            return _one_of(roles[role], role, labelled)
    # Firms name the one sum they write about; people chat of prices, unless they speak of paying.
    told = PAYS if message.sender.domain in PRIVATE_PROVIDERS else ABOUT_MONEY
    if Role.PLAIN in roles and not to_many and (told.search(text) or PAYS.search(text)):
        return _one_of(roles[Role.PLAIN], Role.PLAIN, labelled)
    return None


def _one_of(mentions: Sequence[AmountMention], role: Role, labelled: Container[int]) -> AmountMention | None:
    """The only sum of them; else the last total, else the one with a label, else the one of all others together."""
    if len({mention.money for mention in mentions}) == 1:
        return mentions[0]
    if role in {Role.TOTAL, Role.ALL_TO_PAY}:
        return mentions[-1]
    with_label = [mention for mention in mentions if mention.start in labelled]
    if len({mention.money for mention in with_label}) == 1:
        return with_label[0]
    return _reckoned(mentions)


def _reckoned(mentions: Sequence[AmountMention]) -> AmountMention | None:
    """The one that is all others together."""
    values = [mention.money.value for mention in mentions]
    largest = max(mentions, key=lambda each: each.money.value)
    twice = largest.money.value * 2
    if twice in {sum(values, Decimal(0)), sum({*values}, Decimal(0))}:
        return largest
    return None


def _role(text: str, mention: AmountMention, after: int, *, to_many: bool) -> tuple[Role, bool]:
    """What the words nearest to an amount say it is, and whether they are its label.

    `after` is where the amount before it ends.
    """
    before = text[max(after, mention.start - _REACH) : mention.start]
    if (after and _RANGE.match(before)) or LEAST_OF.search(before) or is_quoted(text, mention.start, mention.end):
        return Role.NEVER, False
    sentence, own = _words_before(before)
    beyond = text[mention.end : mention.end + _BEYOND].partition("\n")[0]
    named, is_label = _role_before(sentence, own, to_many=to_many)
    is_paid = is_label and named in {Role.MOVED, Role.ALL_TO_PAY}
    role = _role_after(beyond)
    if to_many and not is_paid and SELLS.search(f"{sentence} {beyond}"):
        return Role.NEVER, False
    if role in {Role.NEVER, Role.TO_PAY}:
        return role, role is Role.TO_PAY
    if named is Role.NEVER or (RATE_AFTER.match(beyond) and named < Role.TO_PAY):
        return Role.NEVER, False
    return (role, True) if role is Role.TOTAL or named is Role.PLAIN else (named, is_label)


def _role_before(sentence: str, own: str, *, to_many: bool) -> tuple[Role, bool]:
    """What the words before an amount say it is, those of its `own` line first, and whether they are its label."""
    begins = len(sentence) - len(own)
    matches = list(SAID.finditer(sentence))
    in_line = [match for match in matches if match.start() >= begins]
    said = [match.lastgroup or "" for match in in_line or matches]
    if _EQUALS.search(own):
        return Role.TOTAL, True
    if not said:
        return Role.PLAIN, False
    last = matches[-1]
    is_first = bool(in_line) and not sentence[begins : in_line[0].start()].strip(_BULLETS)
    is_heading = is_first and HEADING.search(own) is not None
    if is_heading and said[0] in _HEADINGS:
        # "До оплати з урахуванням знижки:" is one label, whatever it goes on to say.
        return _HEADINGS[said[0]], True
    if said[-1] == "never":
        return Role.NEVER, False
    named = next((role for name, role in ROLES if name in said[-2:]), Role.PLAIN)
    is_label = is_heading or BRIDGE.match(sentence, last.end()) is not None
    if not to_many or (is_label and (own.startswith(last.group()) or named > Role.MOVED or YOU.search(sentence))):
        return named, is_label
    # Who writes to many speaks of the sums of others; only a label, or "you", says that one is the reader's.
    return Role.PLAIN, False


def _words_before(before: str) -> tuple[str, str]:
    """The sentence before an amount, and its own line of it."""
    breaks = [match.end() for match in _BREAK.finditer(before)]
    sentence = before[breaks[-1] :] if breaks else before
    return sentence, sentence[sentence.rfind("\n") + 1 :]


def _role_after(beyond: str) -> Role:
    """What the words behind an amount say it is."""
    for pattern, role in AFTER:
        if pattern.match(beyond):
            return role
    return Role.PLAIN


def _priced(price: str, currency: str) -> Money | None:
    price, currency = price.replace(",", "").strip(), currency.strip().upper()
    if not _PRICE.match(price) or not _CURRENCY.match(currency):
        return None
    return Money(Decimal(price).quantize(Decimal("0.01")), currency)
