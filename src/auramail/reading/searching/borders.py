"""Where a name or a subject ends in speech without punctuation: before words with a meaning of their own."""

from typing import Final

from auramail.reading.searching import names
from auramail.reading.searching.amounts import amount
from auramail.reading.searching.numerals import NUMBER_WORDS
from auramail.reading.searching.scene import Scene
from auramail.reading.searching.things import file_name, labelled, named, sized
from auramail.reading.searching.tokens import Sort
from auramail.reading.searching.vocabulary import MAIL, PEOPLE, STOPS, WORDS
from auramail.reading.searching.when import when_at

_STOPS: Final = frozenset(
    {word for group in ("mail", "hesitation", "command", "filler", "and", "or", "not", "without", "except", "lost")
     for word in MAIL[group].split()}
    | {word for group in ("from", "to", "cc", "sent", "sent_mail", "received", "me") for word in PEOPLE[group].split()}
    | set(WORDS["borders.stops"].split())
)  # fmt: skip
_SOFT_STOPS: Final = frozenset(STOPS.split()) - _STOPS
"""Words that end a name, and a subject only if nothing of it follows: "see you soon" is one."""
_TOPICS: Final = frozenset(WORDS["borders.topics"].split())


_HEADS: Final = frozenset(WORDS["names.heads"].split())
_HEADS_BEHIND: Final = frozenset(WORDS["names.heads_behind"].split())
"""What organisations are, before or behind what they are about: "служби підтримки", "insurance company"."""
LONGEST_NAME: Final = 4
_INSIDE_NAMES: Final = frozenset({"of", "the", "de", "von", "van", "&"})
_INSIDE_SUBJECTS: Final = frozenset(WORDS["borders.inside_subjects"].split())


def _is_capital(scene: Scene, place: int) -> bool:
    return (
        place < len(scene.tokens) and scene.tokens[place].sort is Sort.WORD and scene.tokens[place].text[:1].isupper()
    )


def ends_subject(scene: Scene, place: int) -> bool:
    """Whether the words of a subject cannot go on there: "end of year report" has words that mean nothing alone."""
    if place >= len(scene.tokens):
        return True
    token = scene.tokens[place]
    if token.sort not in {Sort.WORD, Sort.NUMBER}:
        return True
    if (token.key in _INSIDE_SUBJECTS or token.key in _SOFT_STOPS) and not means_something(scene, place):
        return place + 1 >= len(scene.tokens) or scene.key(place + 1) in _STOPS or means_something(scene, place + 1)
    return token.key in _STOPS or means_something(scene, place)


def is_stop(scene: Scene, place: int) -> bool:
    """Whether a word there joins others and says nothing itself."""
    return scene.key(place) in _STOPS or scene.key(place) in _SOFT_STOPS


def is_bound(scene: Scene, place: int) -> bool:
    """Whether a word there joins, bounds or asks, so that no subject begins with it; "hello" may be one."""
    return scene.key(place) in _STOPS


def is_topic(scene: Scene, place: int) -> bool:
    """Whether a word there is what mail is about rather than who sent it."""
    return scene.key(place) in _TOPICS


def is_border(scene: Scene, place: int) -> bool:
    """Whether a name cannot go on there."""
    if place >= len(scene.tokens):
        return True
    token = scene.tokens[place]
    if token.sort is not Sort.WORD or is_stop(scene, place) or token.key in NUMBER_WORDS or token.key in _TOPICS:
        return True
    return means_something(scene, place)


def may_begin(scene: Scene, place: int) -> bool:
    """Whether a name can begin there; names in capitals may be words with another meaning: "from April"."""
    if place >= len(scene.tokens):
        return False
    token = scene.tokens[place]
    return token.sort is Sort.WORD and not is_stop(scene, place) and not means_something(scene, place)


def means_something(scene: Scene, place: int) -> bool:
    """Whether another form knows what stands there."""
    known = scene.meaningful.get(place)
    if known is None:
        dated = when_at(scene.line, scene.starts[place], scene.today) is not None
        forms = (named, labelled, sized, amount, file_name)
        known = dated or any(next(form(scene, place), None) is not None for form in forms)
        scene.meaningful[place] = known
    return known


def goes_on(scene: Scene, first: int, place: int) -> bool:
    """Whether the word at `place` is more of the name that began at `first`: a surname, "Нової пошти", "home depot"."""
    if place >= len(scene.tokens) or place - first >= LONGEST_NAME:
        return False
    if _is_linked(scene, first, place):
        return True
    if is_border(scene, place):
        return False
    if _is_capital(scene, place) and (_is_capital(scene, first) or scene.key(first) in _HEADS):
        return True
    following = scene.key(place)
    after_adjective = scene.key(place - 1).endswith(("ої", "ого"))
    if after_adjective and not _is_capital(scene, place) and following.endswith(("и", "і", "ї", "а", "я", "у", "ю")):
        return True
    ended = (
        place > first + 1
        or names.is_role(scene.key(first))
        or following.endswith(("ed",) if names.is_given(scene.key(first)) else ("ed", "ing"))
    )
    return not ended and _is_second(scene, first, place)


def _is_linked(scene: Scene, first: int, place: int) -> bool:
    """Whether small words hold a name together: "Bank of America", "support at stripe", "insurance company"."""
    beginning, following = scene.key(first), scene.key(place)
    capital, second = _is_capital(scene, first), place == first + 1
    if following in _INSIDE_NAMES:
        return capital and _is_capital(scene, place + 1)
    if following == "at":
        return second and beginning.isascii() and not is_border(scene, place + 1)
    if scene.key(place - 1) == "at" and place == first + 2:
        return True
    behind = following in _HEADS_BEHIND and not capital
    return second and (behind or (following == "пошти" and beginning.endswith("ої")))


def _is_second(scene: Scene, first: int, place: int) -> bool:
    """Whether a word in small letters is the second of a name."""
    beginning, following = scene.tokens[first].key, scene.tokens[place].key
    if beginning in _HEADS and following.endswith(("и", "і", "ї", "а", "я", "у", "ю", "ня", "ів", "ей")):
        return True
    if names.is_surname(following) or beginning.endswith(("ої", "ого", "ською", "ським")):
        return True
    if not is_border(scene, place + 1):
        return False
    if following.isascii():
        return beginning.isascii() and not _is_capital(scene, place)
    if names.is_given(beginning):
        return following.endswith(("а", "я", "и", "і", "ї", "у", "ю", "ого", "ої", "ів", "ом", "ем", "ь"))
    # "Інтернет провайдера": the first word is not bent, so the name cannot end with it.
    unbent = beginning[-1] in "бвгґджзклмнпрстфхцчшщ"
    return unbent and following.endswith(("а", "я", "у", "ю", "и", "ї", "ого"))
