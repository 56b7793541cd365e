"""Forms for what Gmail itself keeps of a message: its state, folder, category, labels, attachments and size."""

import re
from collections.abc import Iterator
from typing import Final

from auramail.core.decisions import Category
from auramail.core.policy import LABELS
from auramail.reading.searching.operators import word
from auramail.reading.searching.patterns import one_of
from auramail.reading.searching.scene import Found, Part, Scene
from auramail.reading.searching.tokens import FILE, Sort
from auramail.reading.searching.vocabulary import TABLES, WORDS

_WITH: Final = one_of(WORDS["things.with"])
_IN: Final = one_of(WORDS["things.in"])
_FILES: Final = one_of(WORDS["things.files"])
_SHOWN: Final = one_of(WORDS["things.shown"])
_AS: Final = one_of(WORDS["things.marked"])


def _listed(table: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """A pattern whose group `words` is one of a table's words."""
    words = " ".join(TABLES[table].values())
    return re.compile(f"(?:{before})?{one_of(words, 'words')}" + (f"(?:{after})?" if after else ""))


def _meaning(table: str) -> dict[str, str]:
    return {spelling.replace("_", " "): name for name, words in TABLES[table].items() for spelling in words.split()}


_TABLES: Final = (
    (_listed("states", _AS), _meaning("states"), Part.STATE),
    (_listed("folders", _IN, _SHOWN), _meaning("folders"), Part.FOLDER),
    (_listed("tabs", _IN, _SHOWN), _meaning("tabs"), Part.FOLDER),
    (
        _listed("attachments", f"(?:{_WITH})?(?:{one_of(WORDS['things.kind'])})?", _FILES),
        _meaning("attachments"),
        Part.THING,
    ),
    (_listed("own_labels", _IN), _meaning("own_labels"), Part.LABEL),
)
_LABEL: Final = re.compile(one_of(WORDS["things.label"]))
OWN_OF: Final = _meaning("own_labels")
"""A word for mail of a category of AuraMail's own → the category."""
_MORE: Final = WORDS["things.more"]
_LESS: Final = WORDS["things.less"]
_BYTES: Final = {
    "K": "кб кілобайт кілобайта кілобайти кілобайтів kb kilobyte kilobytes k",
    "M": "мб мегабайт мегабайта мегабайти мегабайтів мегів мегабайтами мегабайту mb megabyte megabytes meg megs m",
    "G": "гб гігабайт гігабайта гігабайти гігабайтів гігів gb gigabyte gigabytes gig gigs g",
}
_UNIT_OF: Final = {word: unit for unit, words in _BYTES.items() for word in words.split()}
_SIZE: Final = re.compile(
    rf"(?:розмір |розміром |size |of size |вагою |in size )?(?:{one_of(_MORE, 'more')}|{one_of(_LESS, 'less')})?"
    rf"(?:за |ніж )?(?P<number>\d{{1,6}}(?:[.,]\d{{1,3}})?) (?P<up>(?:і|й|та|and|or) (?:більше|more) )?"
    rf"{one_of(_UNIT_OF, 'unit')}"
    rf"(?:in size |or larger |or more |і більше )?"
)


_SIZES: Final = re.compile(
    rf"(?:розміром |size )?(?:між|від|between|from) (?P<least>[1-9]\d{{0,4}}) "
    rf"(?:{one_of(_UNIT_OF)})?(?:і|й|та|до|and|to) "
    rf"(?P<most>[1-9]\d{{0,4}}) {one_of(_UNIT_OF, 'unit')}"
)


def named(scene: Scene, place: int) -> Iterator[Found]:
    """Unread, starred, in the trash, with a PDF, AuraMail's own newsletters."""
    for pattern, meaning, part in _TABLES:
        match = pattern.match(scene.line, scene.starts[place])
        if match:
            operator = meaning[match["words"]]
            if part is Part.LABEL:
                operator = own_label(scene.label_prefix, operator)
            yield Found(scene.token_at(match.end()), part, operator)


def own_label(prefix: str, category: str) -> str:
    """The label AuraMail gives to a category, as a query names it."""
    return label(prefix + LABELS[Category(category)][0])


def label(name: str) -> str:
    """Gmail finds a label by its name with hyphens for blanks and slashes."""
    slug = word(re.sub(r"""[\s/&()"{}:]+""", "-", name.strip()).strip("-"))
    return f"label:{slug}" if slug else ""


def labelled(scene: Scene, place: int) -> Iterator[Found]:
    """With label Work: the next word, and more while they are written in capitals or stand in quotes."""
    match = _LABEL.match(scene.line, scene.starts[place])
    if not match or match.end() >= len(scene.line):
        return
    first = scene.token_at(match.end())
    token = scene.tokens[first]
    if token.key in {",", ":"} and first + 1 < len(scene.tokens):
        first += 1
        token = scene.tokens[first]
    if token.sort not in {Sort.WORD, Sort.QUOTED, Sort.NUMBER}:
        return
    end = first + 1
    if end < len(scene.tokens) and token.sort is Sort.WORD and re.fullmatch(r"(?:19|20)\d\d", scene.key(end)):
        end += 1
    while end < len(scene.tokens) and token.text[:1].isupper() and _is_capital(scene, end) and end < first + 3:
        end += 1
    whole = _TABLES[-1][0].match(scene.line, scene.starts[first])
    own = OWN_OF[whole["words"]] if whole and token.sort is Sort.WORD and end == first + 1 else None
    end = scene.token_at(whole.end()) if whole and own else end
    operator = own_label(scene.label_prefix, own) if own else label(scene.words(first, end))
    if operator:
        yield Found(end, Part.LABEL, operator)


def _is_capital(scene: Scene, place: int) -> bool:
    token = scene.tokens[place]
    return token.sort is Sort.WORD and token.text[:1].isupper()


def sized(scene: Scene, place: int) -> Iterator[Found]:
    """Larger than 5 MB; a size without a comparison is taken for the least, and is a guess."""
    match = _SIZE.match(scene.line, scene.starts[place])
    if not match:
        between = _SIZES.match(scene.line, scene.starts[place])
        if between:
            unit = _UNIT_OF[between["unit"]].replace("G", "000M")
            sizes = f"larger:{int(between['least'])}{unit} smaller:{int(between['most'])}{unit}"
            yield Found(scene.token_at(between.end()), Part.THING, sizes)
        return
    number, unit = float(match["number"].replace(",", ".")), _UNIT_OF[match["unit"]]
    if unit == "G":
        number, unit = number * 1024, "M"
    if number != int(number):
        number, unit = number * 1024, {"M": "K", "K": ""}[unit]
    if round(number) < 1:
        return
    sure = bool(match["more"] or match["less"] or match["up"])
    name = "smaller" if match["less"] else "larger"
    yield Found(scene.token_at(match.end()), Part.THING, f"{name}:{round(number)}{unit}", sure)


_CALLED: Final = re.compile(
    one_of(" ".join([WORDS["things.kind"], *TABLES["attachments"].values()]))
    + one_of("з_назвою із_назвою під_назвою названий який_називається named called with_the_name titled")
)


def file_called(scene: Scene, place: int) -> Iterator[Found]:
    """An attachment called budget."""
    match = _CALLED.match(scene.line, scene.starts[place])
    if match and match.end() < len(scene.line):
        start = scene.token_at(match.end())
        name = word(scene.tokens[start].text)
        if name and scene.tokens[start].sort in {Sort.WORD, Sort.QUOTED, Sort.NUMBER}:
            yield Found(start + 1, Part.THING, f"filename:{name}")


def file_name(scene: Scene, place: int) -> Iterator[Found]:
    """A name such as договір.pdf is that of an attachment."""
    match = re.compile(
        f"(?:{_WITH})?(?:(?:файл|файлом|файли|file|named|called|вкладення|вкладенням|attachment) )*{FILE} "
    ).match(scene.line, scene.starts[place])
    if match:
        end = scene.token_at(match.end())
        yield Found(end, Part.THING, f"filename:{word(scene.tokens[end - 1].text)}")
