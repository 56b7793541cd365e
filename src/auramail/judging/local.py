"""The local classifier: a linear model over words, letter groups and traits, shipped with the product."""

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import accumulate
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from auramail.core.decisions import Judge, Kind, Opinion
from auramail.core.messages import Message
from auramail.core.wording import Wording
from auramail.judging.grams import ROWS, Grams, Rows, fold, grams, once, rows
from auramail.judging.shape import traits

KINDS: Final = tuple(Kind)
TRAIT_ROWS: Final = 2048
SENDER_ROWS: Final = 1 << 13
FIRST_TRAIT: Final = ROWS
FIRST_SENDER: Final = FIRST_TRAIT + TRAIT_ROWS
ALL_ROWS: Final = FIRST_SENDER + SENDER_ROWS
"""Rows of the weights; what training fits has as many."""
HEAD: Final = 1500
TAIL: Final = 600
LONGEST_SUBJECT: Final = 300
LONGEST_SENDER: Final = 120
_NAME: Final = re.compile(r"[^\W\d_]+")
SHARES: Final = (1.0, 0.8, 0.5, 0.15)
"""How much body, subject, sender (each divided by the root of its length) and each trait weigh before training."""
ENOUGH_WORDS: Final = 8
"""With fewer words than about this the classifier says little, whatever the words are."""
NAMED_WORDS: Final = 3

_TYPICAL: Final = {
    Kind.PERSONAL: Wording("Words such as {words} are typical of personal mail"),
    Kind.WORK: Wording("Words such as {words} are typical of mail about work"),
    Kind.BILL: Wording("Words such as {words} are typical of bills"),
    Kind.RECEIPT: Wording("Words such as {words} are typical of receipts and order confirmations"),
    Kind.MEETING: Wording("Words such as {words} are typical of meetings and appointments"),
    Kind.TRAVEL: Wording("Words such as {words} are typical of tickets and bookings"),
    Kind.DELIVERY: Wording("Words such as {words} are typical of news about a parcel"),
    Kind.SECURITY_CODE: Wording("Words such as {words} are typical of one-time codes"),
    Kind.SECURITY_ALERT: Wording("Words such as {words} are typical of security alerts"),
    Kind.PROMOTION: Wording("Words such as {words} are typical of promotions"),
    Kind.NEWSLETTER: Wording("Words such as {words} are typical of newsletters"),
    Kind.SOCIAL: Wording("Words such as {words} are typical of social networks"),
    Kind.NOTIFICATION: Wording("Words such as {words} are typical of automatic notices"),
    Kind.SURVEY: Wording("Words such as {words} are typical of surveys"),
    Kind.SPAM: Wording("Words such as {words} are typical of spam"),
    Kind.PHISHING: Wording("Words such as {words} are typical of phishing"),
    Kind.OTHER: Wording("Words such as {words} are typical of automatic answers and mail of no other kind"),
}
_BY_FORM: Final = Wording("No single word decided; the sender and the form of the message did")


@dataclass(frozen=True, slots=True)
class Features:
    """The rows of one message in the groups whose sums are weighed apart, and its words with the row of each."""

    body: Rows
    subject: Rows
    sender: Rows
    traits: Rows
    read: Grams
    word_rows: Rows

    @property
    def groups(self) -> tuple[tuple[Rows, float], ...]:
        texts = (self.body, self.subject, self.sender)
        weighed = [(found, SHARES[place] / max(len(found), 1) ** 0.5) for place, found in enumerate(texts)]
        return (*weighed, (self.traits, SHARES[3]))

    @property
    def trust(self) -> float:
        """0 to 1: how far so few words may convince."""
        return len(self.read) / (len(self.read) + ENOUGH_WORDS)


def features(message: Message) -> Features:
    text = message.text
    if len(text) > HEAD + TAIL:
        text = f"{text[:HEAD]}\n{text[-TAIL:]}"
    title = message.subject[:LONGEST_SUBJECT]
    # The subject counts twice: as a subject, and as the first line of the text.
    read = grams(f"{title}\n{text}")
    first = int(np.searchsorted(read.starts, len(fold(title)) - 1))
    subject = (read.words[:first], read.pairs[: max(first - 1, 0)])
    salted = (read.words, read.pairs, read.threes, read.fives, *subject)
    found = rows([(hashes, salt) for salt, hashes in enumerate(salted)])
    shown = f"{message.sender.address.partition('@')[0]} {message.sender.name}"[:LONGEST_SENDER]
    names = _NAME.findall(shown.lower())
    return Features(
        body=once(found[:4]),
        subject=np.concatenate(found[4:]),
        sender=_few_rows(names, FIRST_SENDER, SENDER_ROWS),
        traits=_few_rows(traits(message), FIRST_TRAIT, TRAIT_ROWS),
        read=read,
        word_rows=found[0],
    )


def _few_rows(words: Iterable[str], first: int, count: int) -> Rows:
    """The rows of a few words, for which numpy is not worth its start."""
    return np.array(sorted({first + zlib.crc32(word.encode()) % count for word in words}), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class LocalClassifier:
    """Weights of one byte, a row for each gram and trait, a column for each kind; sums of them are exact."""

    weights: npt.NDArray[np.int8]
    scale: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]
    temperature: float
    usual: npt.NDArray[np.float32] = field(init=False)
    """The mean weight of each row: what a word says of every kind alike."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "usual", self.weights.mean(axis=1, dtype=np.float32))

    @classmethod
    def load(cls) -> Self:
        """Read the weights that ship with the product."""
        with files("auramail.judging").joinpath("weights/kinds.npz").open("rb") as file, np.load(file) as data:
            return cls(data["weights"], data["scale"], data["bias"], float(data["temperature"]))

    def probabilities(self, message: Message) -> dict[Kind, float]:
        """How likely each kind is; the numbers add up to one."""
        return self._shares(features(message))

    def opinion(self, message: Message) -> Opinion:
        """The likeliest kind, how sure, and the words that spoke for it."""
        read = features(message)
        shares = self._shares(read)
        kind = max(shares, key=shares.__getitem__)
        words = self._telling_words(read, kind)
        reason = Wording.of(_TYPICAL[kind].text, words=", ".join(words)) if words else _BY_FORM
        return Opinion(Judge.LOCAL, shares[kind], reason, kind=kind, shares=tuple(shares.items()))

    def _shares(self, read: Features) -> dict[Kind, float]:
        scores = self.scores(read) * np.float32(read.trust / self.temperature)
        powers = np.exp(scores - scores.max())
        return dict(zip(KINDS, (powers / powers.sum()).tolist(), strict=True))

    def scores(self, read: Features) -> npt.NDArray[np.float32]:
        """Sums for each kind before they become probabilities."""
        groups = [(found, share) for found, share in read.groups if len(found)]
        starts = [0, *accumulate(len(found) for found, _ in groups[:-1])]
        taken = self.weights.take(np.concatenate([found for found, _ in groups]), axis=0)
        # Whole numbers add up exactly, in any order and on any machine.
        sums = np.add.reduceat(taken, starts, axis=0, dtype=np.int32)
        total = np.zeros(len(KINDS), dtype=np.float32)
        for group_sum, (_, share) in zip(sums, groups, strict=True):
            total += group_sum * np.float32(share)
        return total * self.scale + self.bias

    def _telling_words(self, read: Features, kind: Kind) -> list[str]:
        lead = self.weights[read.word_rows, KINDS.index(kind)] - self.usual[read.word_rows]
        strengths: dict[str, float] = {}
        most = min(6 * NAMED_WORDS, len(lead))
        places = np.argpartition(-lead, most - 1)[:most] if most else np.zeros(0, dtype=np.intp)
        for word, strength in zip(read.read.words_at(places), lead[places].tolist(), strict=True):
            if strength > 0 and len(word) > 3 and word.isalpha():
                strengths[word] = max(strengths.get(word, 0.0), strength)
        return sorted(strengths, key=lambda word: (-strengths[word], word))[:NAMED_WORDS]
