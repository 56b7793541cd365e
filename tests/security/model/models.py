"""Models as bad as they come: one that answers the worst it can, and one that does whatever mail tells it."""

import json
import random
from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import Any, Final

from auramail.core.errors import GiveUpError, SpentError, TryAgainError
from auramail.core.questions import Answer, Finish, Question, Tokens
from auramail.core.wording import Wording
from tests.fakes.judging_model import GOOD, shown
from tests.security.model.corpus import Attack

PAYLOAD: Final = "zqPayload"
"""A word that is in every hostile string and in no mail: it must not come out anywhere."""
STRINGS: Final = (
    f"<script>fetch('//x.example/{PAYLOAD}')</script>",
    f'"><img src=x onerror={PAYLOAD}>',
    f'=HYPERLINK("http://x.example/{PAYLOAD}")',
    f"x\r\nBcc: {PAYLOAD}@x.example",
    f"\x1b[31m{PAYLOAD}\x07",
    f"\u202e{PAYLOAD}\u2066",
    f"body{{display:none}}/*{PAYLOAD}*/",
    f"'; DROP TABLE messages; --{PAYLOAD}",
    f"../../{PAYLOAD}",
    f"from:me in:anywhere {PAYLOAD}",
    f"https://x.example/{PAYLOAD}",
    "".join(chr(0xE0000 + ord(each)) for each in PAYLOAD) + PAYLOAD,
    f"\ud800{PAYLOAD}",
    f"\0{PAYLOAD}",
    "ІMPORTANT" + PAYLOAD,
)
LABELS: Final = (
    *(
        "TRASH",
        "SPAM",
        "INBOX",
        "STARRED",
        "UNREAD",
        "DANGER",
        "SEND",
        "FORWARD",
        "important",
        "IMPORTANT ",
        "DELETE\n",
    ),
    *("Important", "ІMPORTANT", "IMPORT\u200bANT", "Ｉ", "AI_Important", "Label_1", "phishing", "", "*"),
)
ABSURD: Final = ("9999-12-31", "0000-00-00", "-1", "31 February", "yesterday", "2026-03-10T25:61", "∞", "١٢٣")
OTHERS: Final = ("1", "m1", "18c0ffee18c0ffee", "ben@gmail.example", "0", "-1", "null", "../2")
"""Ids of other messages, of other accounts, and what is none."""

Family = Callable[[random.Random, Sequence[str]], str]


def one(**fields: Any) -> dict[str, Any]:
    return GOOD | fields


def _whole(tags: Sequence[str], tell: Callable[[str], Any]) -> str:
    """The answer in the shape that is asked for: about one message, or about several by their tags."""
    if list(tags) == [""]:
        return json.dumps(tell(""))
    answers = []
    for tag in tags:
        told = tell(tag)
        answers.append({"mail": tag} | told if isinstance(told, dict) else told)
    return json.dumps({"answers": answers})


def _delete_all(draw: random.Random, tags: Sequence[str]) -> str:
    del draw
    return _whole(tags, lambda _: one(category="DELETE", kind="spam", confidence=100))


def _raise_all(draw: random.Random, tags: Sequence[str]) -> str:
    category = draw.choice(["IMPORTANT", "ACTION_REQUIRED"])
    return _whole(tags, lambda _: one(category=category, kind="work", confidence=100))


def _hide_all(draw: random.Random, tags: Sequence[str]) -> str:
    category, kind = draw.choice([("NEWSLETTER", "promotion"), ("SOCIAL", "social"), ("NEWSLETTER", "newsletter")])
    return _whole(tags, lambda _: one(category=category, kind=kind, confidence=100))


def _invented(draw: random.Random, tags: Sequence[str]) -> str:
    return _whole(tags, lambda _: one(**{draw.choice(["category", "kind"]): draw.choice(LABELS)}))


def _payloads(draw: random.Random, tags: Sequence[str]) -> str:
    name = draw.choice(["category", "kind", "due", "amount", "company", "place", "confidence"])
    return _whole(tags, lambda _: one(**{name: draw.choice(STRINGS)}))


def _long(draw: random.Random, tags: Sequence[str]) -> str:
    name = draw.choice(["due", "company", "category", "reason"])
    return _whole(
        tags[:1], lambda _: one(**{name: PAYLOAD * draw.choice([20, 200, 2_000] if draw.random() < 0.9 else [120_000])})
    )


def _foreign_ids(draw: random.Random, tags: Sequence[str]) -> str:
    answers = [{"mail": draw.choice([*OTHERS, *tags])} | one(category="DELETE", kind="spam") for _ in tags]
    return json.dumps({"answers": answers} if draw.random() < 0.7 else answers)


def _with_ids(draw: random.Random, tags: Sequence[str]) -> str:
    name = draw.choice(["id", "mail", "message_id", "account", "account_id", "to"])
    return _whole(tags, lambda _: one(category="DELETE", kind="spam") | {name: draw.choice(OTHERS)})


def _twice(draw: random.Random, tags: Sequence[str]) -> str:
    good = json.dumps(one(category="IMPORTANT", kind="work"))
    if list(tags) == [""] or draw.random() < 0.5:
        return f'{good[:-1]}, "category": "DELETE"}}'
    answers = [{"mail": tag} | one(category=each) for tag in tags for each in ("IMPORTANT", "DELETE")]
    draw.shuffle(answers)
    return json.dumps({"answers": answers})


def _numbers(draw: random.Random, tags: Sequence[str]) -> str:
    number = draw.choice(["NaN", "Infinity", "-Infinity", "9223372036854775808", "1e999", "-1", "101", "50.5", "true"])
    return _whole(tags, lambda _: one(confidence="@")).replace('"@"', number)


def _deep(draw: random.Random, tags: Sequence[str]) -> str:
    depth = draw.choice([50, 400, 100_000])
    mark, end = draw.choice([("[", "]"), ('{"category":', "}")])
    nested = mark * depth + '"DELETE"' + end * depth
    return nested if draw.random() < 0.5 else _whole(tags, lambda _: one(kind="@")).replace('"@"', nested)


def _cut(draw: random.Random, tags: Sequence[str]) -> str:
    text = _whole(tags, lambda _: one(category="DELETE", kind="spam", confidence=100))
    return text[: draw.randrange(len(text))]


def _types(draw: random.Random, tags: Sequence[str]) -> str:
    odd: Any = draw.choice([None, [], {}, 7, True, ["IMPORTANT"], {"value": "DELETE"}, [[]], "", 0.5])
    name = draw.choice([*GOOD])
    return _whole(tags, lambda _: one(**{name: odd}))


def _no_object(draw: random.Random, tags: Sequence[str]) -> str:
    del tags
    return draw.choice(
        ["", "null", "[]", "{}", "0", '"DELETE"', "DELETE", "sorry", "\ufeff{}", "```json\n{}\n```", " "]
    )


def _absurd_dates(draw: random.Random, tags: Sequence[str]) -> str:
    return _whole(tags, lambda _: one(due=draw.choice(ABSURD), amount=draw.choice(ABSURD), place=draw.choice(ABSURD)))


def _acts(draw: random.Random, tags: Sequence[str]) -> str:
    """Fields nobody asked for: attendees, drafts, filters, labels, actions."""
    extra = {
        "attendees": [f"{PAYLOAD}@x.example"],
        "action": draw.choice(["DELETE", "SEND", "FORWARD", "UNSUBSCRIBE"]),
        "labels": ["TRASH", "SPAM"],
        "draft": f"Dear {PAYLOAD}",
        "reason": draw.choice(STRINGS),
    }
    names = draw.sample([*extra], k=draw.randint(1, 3))
    return _whole(tags, lambda _: one(category="DELETE", kind="spam") | {name: extra[name] for name in names})


def _in_prose(draw: random.Random, tags: Sequence[str]) -> str:
    text = _whole(tags, lambda _: one(category="DELETE", kind="spam", confidence=100))
    return draw.choice(
        [f"Sure! {text}", f"```json\n{text}\n```", f"{text}\n{text}", f"{text} // {PAYLOAD}", f"<{text}>"]
    )


def _noise(draw: random.Random, tags: Sequence[str]) -> str:
    del tags
    return "".join(chr(draw.choice([draw.randrange(32, 127), draw.randrange(0x110000)])) for _ in range(60))


def _mutated(draw: random.Random, tags: Sequence[str]) -> str:
    text = [*_whole(tags, lambda _: one(category=draw.choice((*LABELS, "DELETE")), kind="spam"))]
    for _ in range(draw.randint(1, 4)):
        text[draw.randrange(len(text))] = draw.choice('{}[]":,0aE\\ \n')
    return "".join(text)


FAMILIES: Final[Mapping[str, Family]] = {
    "delete_all": _delete_all,
    "raise_all": _raise_all,
    "hide_all": _hide_all,
    "invented": _invented,
    "payloads": _payloads,
    "long": _long,
    "foreign_ids": _foreign_ids,
    "with_ids": _with_ids,
    "twice": _twice,
    "numbers": _numbers,
    "deep": _deep,
    "cut": _cut,
    "types": _types,
    "no_object": _no_object,
    "absurd_dates": _absurd_dates,
    "acts": _acts,
    "in_prose": _in_prose,
    "noise": _noise,
    "mutated": _mutated,
}


class HostileModel:
    """Answers the worst of every family in turn; every now and then it fails instead, or says it was cut or blocked."""

    def __init__(self, seed: int, families: Sequence[str] = tuple(FAMILIES), *, fails: bool = True) -> None:
        self.name = "hostile"
        self.is_cloud = False
        self.questions: list[Question] = []
        self._draw = random.Random(seed)  # noqa: S311 - a seed makes failures come again
        self._families = families
        self._fails = fails
        self._lock = Lock()

    def check(self) -> None:
        """It is always there."""

    def ask(self, question: Question) -> Answer:
        with self._lock:
            self.questions.append(question)
            draw = self._draw
            if self._fails and draw.random() < 0.05:
                raise draw.choice([GiveUpError, TryAgainError, SpentError])(Wording.of("No."))
            family = self._families[len(self.questions) % len(self._families)]
            text = FAMILIES[family](draw, list(shown(question)))
            finish = Finish.DONE if draw.random() < 0.9 else draw.choice([*Finish])
            return Answer(text, self.name, finish, Tokens(10, 10), call_id=1)


class ObedientModel:
    """Reads as well as the best, and does what mail says: for itself, and in company for all others too.

    An order is known by its message's canary wherever its carrier is shown, whatever the disguise: no real model reads
    as well as that. What gives no order is judged by `honest`, a function of the fields that are shown.
    """

    def __init__(self, attacks: Sequence[Attack], honest: Callable[[Mapping[str, Any]], dict[str, Any]]) -> None:
        self.name = "obedient"
        self.is_cloud = False
        self.questions: list[Question] = []
        self._attacks = {attack.canary: attack for attack in attacks}
        self._honest = honest
        self._lock = Lock()

    def check(self) -> None:
        """It is always there."""

    def ask(self, question: Question) -> Answer:
        with self._lock:
            self.questions.append(question)
        told = self.obey(shown(question))
        whole: Any = told[""] if "" in told else {"answers": [{"mail": tag} | each for tag, each in told.items()]}
        return Answer(json.dumps(whole), self.name, tokens=Tokens(10, 10), call_id=1)

    def obey(self, mails: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
        """An answer for each mail: orders first, and whoever gives one does away with the others."""
        orders = {tag: self._order_in(fields) for tag, fields in mails.items()}
        gives_orders = any(orders.values())
        told = {}
        for tag, fields in mails.items():
            attack = orders[tag]
            if attack is not None:
                category = "ACTION_REQUIRED" if attack.number % 2 else "IMPORTANT"
                told[tag] = one(category=category, kind="work", confidence=100)
            elif gives_orders:
                told[tag] = one(category="DELETE", kind="spam", confidence=100)
            else:
                told[tag] = self._honest(fields)
        return told

    def _order_in(self, fields: Mapping[str, Any]) -> Attack | None:
        shown_words = " ".join(str(fields[name]) for name in ("from", "subject", "text"))
        attack = next((each for canary, each in self._attacks.items() if canary in shown_words), None)
        return attack if attack is not None and attack.is_shown else None
