"""Forms for who wrote and who was written to."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from auramail.reading.searching import names
from auramail.reading.searching.borders import goes_on, is_topic, may_begin, means_something
from auramail.reading.searching.names import Case
from auramail.reading.searching.operators import any_of, word
from auramail.reading.searching.patterns import one_of
from auramail.reading.searching.scene import Found, Part, Scene
from auramail.reading.searching.tokens import Sort
from auramail.reading.searching.vocabulary import MAIL, PEOPLE, WORDS

_DETERMINERS: Final = re.compile("(?:" + one_of(WORDS["people.determiners"]) + ")*")
_TITLES: Final = frozenset(WORDS["people.titles"].split())
"""What stands before a name in speech and hardly ever in a sender's name."""
_MAILBOXES: Final = frozenset(WORDS["people.mailboxes"].split())
_FIRMS: Final = frozenset(WORDS["people.firms"].split())
_EVENTS: Final = frozenset(PEOPLE["events"].split())
"""What mail is about and nobody is called: photos "from our trip"."""
_JOURNEYS: Final = frozenset(WORDS["people.journeys"].split())
_ME: Final = frozenset(PEOPLE["me"].split())
_PRONOUNS: Final = frozenset(WORDS["people.pronouns"].split())
_AND_OR: Final = re.compile(one_of(MAIL["and"] + " " + MAIL["or"] + " ,", "joint") + f"(?:{one_of('від од from')})?")
_MAIL: Final = one_of(MAIL["mail"])
_MINE: Final = one_of(PEOPLE["mine"])
_SENT: Final = one_of(PEOPLE["sent"])

MOST_NAMES: Final = 10


class Who(NamedTuple):
    """Names as the value of an operator, and the token behind them."""

    end: int
    value: str
    sure: bool


def _begins(scene: Scene, place: int) -> bool:
    """Whether a word is a name by itself, whatever stands before it."""
    token = scene.tokens[place] if place < len(scene.tokens) else None
    if token is None or not (token.sort in {Sort.ADDRESS, Sort.QUOTED} or may_begin(scene, place)):
        return False
    known = names.is_given(token.key) or names.is_role(token.key) or names.is_surname(token.key)
    return token.sort is Sort.ADDRESS or known or token.text[:1].isupper()


def _one(scene: Scene, start: int, case: Case) -> Who | None:
    """One name: an address as it is, "me", or words in the nominative."""
    if start >= len(scene.tokens):
        return None
    token = scene.tokens[start]
    if token.sort is Sort.ADDRESS:
        return Who(start + 1, word(token.text.lower().lstrip("@")), sure=True)
    if token.sort is Sort.QUOTED:
        return Who(start + 1, word(token.text), sure=True)
    if token.key in _ME:
        return Who(start + 1, "me", sure=True)
    named = names.is_given(token.key) and not means_something(scene, start)
    if token.key in _PRONOUNS or token.text in _EVENTS or not (named or may_begin(scene, start)):
        return None
    end = start + 1
    while goes_on(scene, start, end):
        end += 1
    # Behind a name in Latin letters nothing is bent: "від Vodafone Україна".
    bent = Case.NOMINATIVE if token.key.isascii() else case
    before = ["", *(one.key for one in scene.tokens[start:end])]
    parts = [
        any_of([word(form) for form in names.nominatives(one.text, bent if place else case, before[place])])
        for place, one in enumerate(scene.tokens[start:end])
        if one.key != "at"
    ]
    value = parts[0] if len(parts) == 1 else f"({' '.join(parts)})"
    return Who(end, value, sure=end > start + 1 or not names.is_role(token.key))


def names_at(scene: Scene, start: int, case: Case, *, certain: bool = False) -> Who | None:
    """One or more names, of whom any will do; with `certain` only what is a name without doubt."""
    skipped = _DETERMINERS.match(scene.line, scene.starts[start]) if start < len(scene.tokens) else None
    if skipped is None:
        return None
    start = scene.token_at(skipped.end())
    start = _behind_title(scene, start)
    if certain and not (_begins(scene, start) or scene.key(start) in _ME):
        return None
    who = _one(scene, start, case)
    values = [who.value] if who else []
    while who and len(values) < MOST_NAMES and (joint := _AND_OR.match(scene.line, scene.starts[who.end])):
        place = scene.token_at(joint.end())
        freely = joint["joint"] in MAIL["or"].split()
        following = _one(scene, place, case) if freely or _begins(scene, place) else None
        if following is None:
            break
        values.append(following.value)
        who = Who(following.end, "", who.sure and following.sure)
    return who._replace(value=any_of(values)) if who else None


def _behind_title(scene: Scene, start: int) -> int:
    """Where the name begins behind "Mr." or "компанії"; what is no name of its own stays: "від магазину іграшок"."""
    key, named = scene.key(start), start + 1 + (scene.key(start + 1) == ".")
    following = scene.tokens[named] if named < len(scene.tokens) else None
    if following is None or (following.sort is Sort.ADDRESS and key in _MAILBOXES):
        return start if following is None else named
    if names.is_role(key) and names.is_given(following.key):
        return named
    proper = following.text[:1].isupper() or following.key.isascii() or key in {"компанії", "фірми", "тов", "фоп"}
    titled = key in _TITLES or (key in _FIRMS and proper)
    return named if titled and (may_begin(scene, named) or following.sort is Sort.QUOTED) else start


def found_person(who: Who, *fields: str, sure: bool = True) -> Found:
    return Found(who.end, Part.PERSON, any_of([f"{name}:{who.value}" for name in fields]), who.sure and sure)


def _after(
    *rows: tuple[str, tuple[str, ...], Case, bool],
) -> tuple[tuple[re.Pattern[str], tuple[str, ...], Case, bool], ...]:
    return tuple(
        (re.compile(f"{one_of(words)}(?:: )?"), fields, case, certain) for words, fields, case, certain in rows
    )


_OPENINGS: Final = _after(
    (WORDS["people.from_genitive"], ("from",), Case.GENITIVE, False),
    (WORDS["people.from_nominative"], ("from",), Case.NOMINATIVE, False),
    ("by", ("from",), Case.GENITIVE, True),
    ("до для на_адресу надіслані_до адресовані_до", ("to",), Case.GENITIVE, True),
    (WORDS["people.to_dative"], ("to",), Case.DATIVE, True),
    ("to for", ("to",), Case.NOMINATIVE, True),
    ("sent_to addressed_to written_to recipient", ("to",), Case.NOMINATIVE, False),
    (WORDS["people.cc"], ("cc",), Case.GENITIVE, False),
    ("emails_with messages_with листи_з мейли_з", ("from", "to"), Case.INSTRUMENTAL, True),
    (WORDS["people.bcc"], ("bcc",), Case.GENITIVE, False),
    (PEOPLE["both_ways"], ("from", "to"), Case.GENITIVE, False),
    (PEOPLE["with"], ("from", "to"), Case.INSTRUMENTAL, False),
    (WORDS["people.by_instrumental"], ("from",), Case.INSTRUMENTAL, True),
)  # fmt: skip


def addressed(scene: Scene, place: int) -> Iterator[Found]:
    """From, to, in copy, a correspondence with somebody."""
    for pattern, fields, case, certain in _OPENINGS:
        match = pattern.match(scene.line, scene.starts[place])
        if not match:
            continue
        start = scene.token_at(match.end())
        if fields == ("to",) and place and scene.key(place - 1) in _JOURNEYS and not _is_person(scene, start):
            continue
        if case in {Case.DATIVE, Case.INSTRUMENTAL} and certain and not _is_bent(scene, start, case):
            continue
        who = names_at(scene, start, case, certain=certain)
        if who:
            yield found_person(who, *fields)
        elif scene.key(start) in _PRONOUNS and not certain:
            yield Found(start + 1, Part.LOST, sure=False)


_MAIL_TO: Final = re.compile(f"{_MAIL}(?:{one_of(WORDS['people.received'])})?{one_of('до to')}")


def sent_to(scene: Scene, place: int) -> Iterator[Found]:
    """Letters to the office: behind a word for mail "to" needs no name that is known."""
    match = _MAIL_TO.match(scene.line, scene.starts[place])
    who = names_at(scene, scene.token_at(match.end()), Case.GENITIVE) if match else None
    if match and who:
        yield found_person(who, "to")
    following = scene.tokens[place + 1] if place + 1 < len(scene.tokens) else None
    if scene.key(place) == "на" and following and following.sort is Sort.ADDRESS:
        yield Found(place + 2, Part.PERSON, f"to:{word(following.text.lower().lstrip('@'))}")


def _is_person(scene: Scene, place: int) -> bool:
    """Whether who is named there is no place to travel to."""
    return place < len(scene.tokens) and (
        scene.tokens[place].sort is Sort.ADDRESS or scene.key(place) in _ME or names.is_given(scene.key(place))
    )


def _is_bent(scene: Scene, place: int, case: Case) -> bool:
    """Whether a name stands in that case; an address stands in any."""
    if place >= len(scene.tokens):
        return False
    token = scene.tokens[place]
    if token.sort is Sort.ADDRESS:
        return True
    if token.key in _ME:
        return token.key != ("мною" if case is Case.DATIVE else "мені")
    if token.key in names.GIVEN:
        return case in names.GIVEN[token.key]
    endings = (
        ("ом", "ем", "єм", "ою", "ею", "єю", "им")
        if case is Case.INSTRUMENTAL
        else ("у", "ю", "ові", "еві", "єві", "і", "ї")
    )
    return token.key.endswith(endings)


_BY_ME: Final = re.compile(
    f"(?:{_MAIL})?(?:{one_of(WORDS['people.which_by_me'])})?(?:{one_of('я i')})?{_MINE}(?:{_MAIL})?"
)
_TO_MYSELF: Final = re.compile(
    one_of(WORDS["people.to_myself"])
    + f"(?:{_SENT})|{_SENT}{one_of('собі сам_собі сама_собі')}|"
    + one_of(WORDS["people.myself"])
)
_I_ONCE: Final = re.compile(rf"(?:я|i) (?!(?:не|not|never|havent|didnt|dont|have) )\S{{1,20}} {_SENT}(?:{_MAIL})?")
_TO: Final = re.compile("to ")
_WHO_SENT: Final = re.compile(f"(?:{one_of(WORDS['people.who_sent'])})?(?:{_MAIL})?")
_SENT_WHO: Final = re.compile(
    f"(?:{one_of('що які який яку яке котрий')})?(?:{one_of('мені нам')})?{_SENT}(?:{one_of('мені нам')})?"
)
_HAS_SENT: Final = re.compile(
    f"(?:{one_of('мені нам вчора has have had did')})?{_SENT}(?:{one_of('мені нам me us to_me to_us')})?"
    f"(?:{one_of('лист листи листа an_email emails a_message back')})?"
)


def acting(scene: Scene, place: int) -> Iterator[Found]:
    """What I sent to somebody, what somebody sent."""
    start = scene.starts[place]
    mine = _BY_ME.match(scene.line, start) or _I_ONCE.match(scene.line, start)
    if mine:
        end = scene.token_at(mine.end())
        to = _TO.match(scene.line, mine.end())
        who = names_at(scene, end + bool(to), Case.DATIVE, certain=not to)
        yield (
            Found(who.end, Part.PERSON, f"from:me to:{who.value}", who.sure)
            if who
            else Found(end, Part.PERSON, "from:me")
        )
    myself = _TO_MYSELF.match(scene.line, start)
    if myself:
        yield Found(scene.token_at(myself.end()), Part.PERSON, "from:me to:me")
    lead = _WHO_SENT.match(scene.line, start)
    first = scene.token_at(lead.end()) if lead else place
    who = names_at(scene, first, Case.NOMINATIVE, certain=True)
    sent = _HAS_SENT.match(scene.line, scene.starts[who.end]) if who and who.value != "me" else None
    if who and sent:
        yield found_person(who._replace(end=scene.token_at(sent.end())), "from")
    else:
        yield from _unknown(scene, place)
    verb = _SENT_WHO.match(scene.line, start)
    to_me = verb is not None and not {"мені", "нам", "що", "які", "який", "яку", "яке"}.isdisjoint(verb[0].split())
    first = scene.token_at(verb.end()) if verb else place
    by = names_at(scene, first, Case.NOMINATIVE, certain=not to_me or is_topic(scene, first)) if verb else None
    if verb and by and by.value != "me" and not names.is_bent(scene.key(scene.token_at(verb.end()))):
        yield found_person(by, "from")


_SENT_ME: Final = re.compile(
    f"(?:{one_of('has have had did')})?{_SENT}{one_of('мені нам me us to_me to_us')}|{one_of('мені нам')}{_SENT}"
)


def _unknown(scene: Scene, place: int) -> Iterator[Found]:
    """What Uber sent me: who writes to me is a sender, whatever the name."""
    who = None if is_topic(scene, place) or not may_begin(scene, place) else names_at(scene, place, Case.NOMINATIVE)
    sent = _SENT_ME.match(scene.line, scene.starts[who.end]) if who and who.value != "me" else None
    if who and sent:
        yield found_person(who._replace(end=scene.token_at(sent.end())), "from")


def owned(scene: Scene, place: int) -> Iterator[Found]:
    """Mail of somebody, without a preposition: "лист Олени" is from her, "лист Олені" to her; "Bob's emails"."""
    token = scene.tokens[place]
    possessive = re.fullmatch(r"([\w.-]{2,40})['’ʼ]s", token.text)
    if (
        possessive
        and token.sort is Sort.WORD
        and not token.key.endswith(("its", "lets", "thats", "whats", "heres", "todays", "yesterdays", "days"))
    ):
        after = re.compile(f"(?:{one_of('last latest unread new recent')})?{_MAIL}").match(
            scene.line, scene.starts[place + 1]
        )
        value = word(possessive[1])
        if after or names.is_given(possessive[1].casefold()):
            end = scene.token_at(after.end()) if after and "unread" not in after[0] else place + 1
            yield Found(end, Part.PERSON, f"from:{value}", bool(after) and not names.is_role(value.casefold()))
    mail = re.compile(_MAIL).match(scene.line, scene.starts[place])
    following = scene.token_at(mail.end()) if mail else len(scene.tokens)
    cases = names.GIVEN.get(scene.key(following), {})
    if cases and mail:
        to = Case.DATIVE in cases and Case.GENITIVE not in cases
        who = names_at(scene, following, Case.DATIVE if to else Case.GENITIVE)
        if who:
            yield found_person(who, "to" if to else "from", sure=not (Case.DATIVE in cases and Case.GENITIVE in cases))
