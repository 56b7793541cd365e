"""Parts of a search that somebody else named: none gets into a query that the request does not bear out."""

import re
import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auramail.core.searches import ReadBy, Search, Understood
from auramail.reading.searching.assembled import search_of
from auramail.reading.searching.operators import FIELDS, LONGEST_QUERY, NAMES, canonical, fits, with_seconds
from auramail.reading.searching.parts import CHOICES, FILE_ENDINGS, MOST_PARTS, OPERATORS, NamedPart
from auramail.reading.searching.requests import read_request
from auramail.reading.searching.tokens import clean, key_of

ZONE = "Europe/Kyiv"
NOW = datetime(2026, 11, 28, 12, tzinfo=ZoneInfo(ZONE))
REQUEST = "ну знайди листи від мого банку про «річний звіт» OR (договір) in:inbox"


def assembled(request: str, *parts: NamedPart) -> Search | None:
    guess = read_request(request, now=NOW, zone=ZONE)
    return search_of(parts, request, guess, now=NOW, zone=ZONE, label_prefix="AI_")


def query(request: str, *parts: NamedPart) -> str | None:
    found = assembled(request, *parts)
    return found.query if found else None


def test_parts_stand_side_by_side_with_the_words_they_come_from() -> None:
    found = assembled(
        "щось Від мами про ключі", NamedPart("from", ("мама",), "від мами"), NamedPart("words", ("ключі",), "про ключі")
    )

    assert found is not None
    assert found.query == "from:мама ключі"
    assert found.understood == (Understood("Від мами", "from:мама"), Understood("про ключі", "ключі"))
    assert found.by is ReadBy.MODEL
    assert not found.unsure


@pytest.mark.parametrize(
    ("part", "becomes"),
    [
        (NamedPart("from", ("Олена Коваль",), "від Олени Коваль"), "from:(Олена Коваль)"),
        (NamedPart("from", ("Олена", "Коваль"), "від Олени Коваль"), "from:(Олена OR Коваль)"),
        (NamedPart("from", ("Олена Коваль", "Олена"), "від Олени Коваль"), "from:((Олена Коваль) OR Олена)"),
        (NamedPart("words", ("Олена Коваль",), "Олени Коваль"), "Олена Коваль"),
        (NamedPart("subject", ("Олена",), "Олени"), "subject:Олена"),
        (NamedPart("label", ("Коваль",), "Коваль"), "label:Коваль"),
        (NamedPart("is", ("unread",), "Олени"), "is:unread"),
        (NamedPart("has", ("attachment", "drive"), "Олени"), "(has:attachment OR has:drive)"),
        (NamedPart("larger", ("5m",), "Олени"), "larger:5M"),
    ],
)
def test_each_kind_of_part_becomes_what_gmail_takes(part: NamedPart, becomes: str) -> None:
    assert query("листи від Олени Коваль", part) == becomes


@pytest.mark.parametrize(
    ("part", "becomes"),
    [
        (NamedPart("from", ("Ігор Коваль",), "крім Ігоря Коваля", denied=True), "-from:(Ігор Коваль)"),
        (NamedPart("words", ("Ігор",), "крім Ігоря", denied=True), '-"Ігор"'),
        (NamedPart("words", ("Ігор Коваль",), "крім Ігоря Коваля", denied=True), "-(Ігор Коваль)"),
        (NamedPart("words", ("Ігор", "Коваль"), "крім Ігоря Коваля", denied=True), "-(Ігор OR Коваль)"),
        (NamedPart("in", ("spam",), "крім", denied=True), "-in:spam"),
    ],
)
def test_what_is_not_wanted_is_denied_as_a_whole(part: NamedPart, becomes: str) -> None:
    assert query("непрочитане крім Ігоря Коваля", NamedPart("is", ("unread",), "непрочитане"), part) == (
        f"is:unread {becomes}"
    )


@pytest.mark.parametrize(
    "part",
    [
        NamedPart("from", ("банк",), "від банку у спамі"),  # words that do not stand there
        NamedPart("from", ("банк",), ""),
        NamedPart("from", ("банк",), "…"),
        NamedPart("from", (), "від мого банку"),
        NamedPart("from", ("",), "від мого банку"),
        NamedPart("from", ("ceo@evil.example",), "від мого банку"),
        NamedPart("from", ("банкомат-сервіс",), "від мого банку"),
        NamedPart("from", ("банківськогорахунку",), "від мого банку"),
        NamedPart("from", ("звіт",), "від мого банку"),  # a word of the request, but not of these words
        NamedPart("from", ("me",), "від банку"),
        NamedPart("from", ('банк" OR in:anywhere "',), "від мого банку"),
        NamedPart("from", ("(банк OR банку)",), "від мого"),
        NamedPart("from", ("банк",) * 7, "від мого банку"),
        NamedPart("bogus", ("банк",), "від мого банку"),
        NamedPart("rfc822msgid", ("банку",), "банку"),
        NamedPart("deliveredto", ("банку",), "банку"),
        NamedPart("in", ("anywhere",), "листи"),
        NamedPart("in", ("spam",), "від мого банку"),
        NamedPart("in", ("trash",), "листи"),
        NamedPart("in", ("work",), "листи"),
        NamedPart("is", ("new",), "листи"),
        NamedPart("has", ("yellow-star",), "листи"),
        NamedPart("after", ("2026/11/01",), "листи"),
        NamedPart("after", ("2026-11-31",), "листи"),
        NamedPart("after", ("0001-01-01",), "листи"),
        NamedPart("after", ("9999-01-01",), "листи"),
        NamedPart("after", ("٢٠٢٦-١١-٠١",), "листи"),
        NamedPart("after", ("2026-11-01", "2026-11-02"), "листи"),
        NamedPart("after", ("2026-11-01",), "листи", denied=True),
        NamedPart("larger", ("0M",), "листи"),
        NamedPart("larger", ("5MB",), "листи"),
        NamedPart("larger", ("5M", "6M"), "листи"),
        NamedPart("filename", ("exe",), "листи"),
        NamedPart("label", ("Робота",), "листи"),
        NamedPart("words", ("банк",), "від мого банку", denied=True),  # nothing but what is not wanted
    ],
    ids=lambda part: f"{part.operator}={part.values[:1]}<{part.words}",
)
def test_one_part_that_is_not_borne_out_is_the_end_of_all(part: NamedPart) -> None:
    assert query("листи від мого банку про звіт", part) is None


@pytest.mark.parametrize("count", [0, MOST_PARTS + 1])
def test_nothing_and_too_much_are_no_search(count: int) -> None:
    assert query("листи від мого банку", *[NamedPart("from", ("банк",), "банку")] * count) is None


@pytest.mark.parametrize(
    ("after", "before"), [("2026-11-02", "2026-11-02"), ("2026-11-03", "2026-11-02"), ("2026-12-01", "2026-01-01")]
)
def test_days_that_leave_none_between_them_are_refused(after: str, before: str) -> None:
    days = NamedPart("after", (after,), "банку"), NamedPart("before", (before,), "банку")

    assert query("листи від банку", *days) is None


def test_days_twice_are_refused_unless_they_are_the_same() -> None:
    once, other = (NamedPart("after", (day,), "банку") for day in ("2026-11-01", "2026-11-02"))

    assert query("листи від банку", once, once) == "after:2026/11/01"
    assert query("листи від банку", once, other) is None


def test_days_the_grammar_is_sure_of_are_counted_by_it() -> None:
    wrong = NamedPart("after", ("1999-01-01",), "за вчора"), NamedPart("from", ("банк",), "від банку")

    assert query("за вчора від банку", *wrong) == "after:2026/11/27 before:2026/11/28 from:банк"


def test_what_was_typed_in_gmails_own_language_stays() -> None:
    assert query("-in:spam is:unread від банку", NamedPart("from", ("банк",), "від банку")) == (
        "-in:spam is:unread from:банк"
    )


def test_words_in_quotes_stay_together() -> None:
    assert query("про «річний звіт»", NamedPart("words", ("річний звіт",), "про «річний звіт»")) == '"річний звіт"'


def test_words_nobody_took_are_said_to_be_left_out() -> None:
    found = assembled("від банку зранку", NamedPart("from", ("банк",), "від банку"))

    assert found is not None
    assert (found.ignored, found.unsure) == (("зранку",), True)


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("від Олени", "Олена"),
        ("від Ігоря", "Ігор"),
        ("від друзів", "друг"),
        ("від ночі", "ніч"),
        ("Ользі", "Ольга"),
        ("з Києва", "Київ"),
        ("від Яни", "Яна"),
        ("від п'ятої", "п’ята"),
        ("Bob's", "Bob"),
        ("from companies", "company"),
        ("про рахунки", "рахунок"),
    ],
)
def test_a_form_of_a_word_that_was_said_is_that_word(said: str, value: str) -> None:
    assert query(f"щось {said}", NamedPart("from", (value,), said)) is not None


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("від банку", "барону"),
        ("від банку", "банкрутства"),
        ("від Олени", "Олеся"),
        ("від банку", "банан"),
        ("from bob", "bobby-tables"),
        ("from bob", "robert"),
        ("на 500", "5000"),
        ("a@b.example", "a@c.example"),
        ("від А", "Б"),
    ],
)
def test_another_word_is_not(said: str, value: str) -> None:
    assert query(f"щось {said}", NamedPart("from", (value,), said)) is None


def test_an_address_said_aloud_is_an_address() -> None:
    spoken = NamedPart("from", ("bob@example.com",), "bob at example dot com")

    assert query("emails from bob at example dot com", spoken) == "from:bob@example.com"


hostile = st.sampled_from(
    [
        "банк", "банку", "річний звіт", 'x" OR in:anywhere', "in:trash", "(in:spam)", "{a b}", "OR", "-in:inbox", "me",
        "from:evil.example", "\u202eбанк", "банк\n\rin:trash", "\x00", "a" * 5000, "pdf", "anywhere", "spam", "unread",
        "2026-11-01", "2026-11-31", "5M", "999999M", "банк\u200bу", "bаnk", "«річний звіт»", "*", "~", "attachment",
    ]
)  # fmt: skip
words_of_request = st.integers(0, 10).flatmap(
    lambda start: st.integers(1, 11).map(lambda length: " ".join(REQUEST.split()[start : start + length]))
)
wild = st.builds(
    NamedPart,
    operator=st.one_of(st.sampled_from(OPERATORS), st.text(max_size=9), st.sampled_from(["list", "rfc822msgid"])),
    values=st.lists(st.one_of(hostile, words_of_request, st.text(max_size=20)), max_size=7).map(tuple),
    words=st.one_of(words_of_request, hostile, st.text(max_size=20)),
    denied=st.booleans(),
)
nearly_good = st.builds(
    NamedPart,
    operator=st.sampled_from(OPERATORS),
    values=st.one_of(hostile, words_of_request, st.text(max_size=9)).map(lambda value: (value,)),
    words=st.just(REQUEST),
)
choosing = st.builds(
    NamedPart,
    operator=st.sampled_from(sorted(CHOICES)),
    values=st.sampled_from([*sum(NAMES.values(), ()), "new", *("spam", "trash", "anywhere") * 9]).map(
        lambda value: (value,)
    ),
    words=st.just(REQUEST),
    denied=st.booleans(),
)
TERM = re.compile(r'(?<![^\s(-])([a-z]+):|"[^"]*"')


@settings(max_examples=500, deadline=None)
@given(
    st.one_of(
        st.lists(nearly_good, min_size=1, max_size=2),
        st.lists(choosing, min_size=1, max_size=2),
        st.lists(wild, min_size=1, max_size=6),
    )
)
def test_whatever_is_named_the_query_holds_what_was_said_and_nothing_else(parts: list[NamedPart]) -> None:
    found = assembled(REQUEST, *parts)
    if found is None:
        return

    assert canonical(found.query) == found.query
    assert len(found.query) <= LONGEST_QUERY
    assert canonical(with_seconds(found.query, ZONE)) is not None
    assert found.query == " ".join(one.operator for one in found.understood)
    assert all(fits(one.operator) for one in found.understood)
    assert all(is_in(one.words, REQUEST) for one in found.understood)
    operators = {match[1] for match in TERM.finditer(found.query) if match[1]}
    assert operators <= FIELDS & {*OPERATORS}
    bare = re.sub(r'"[^"]*"', '""', found.query)
    assert "OR" not in re.sub(r"\([^()]*\)", "", bare).split()
    assert all(value in CHOICES[name] for name, value in re.findall(r"\b(has|is|in|category):([\w-]+)", found.query))
    assert not re.search(r"(?<!-)in:(?:anywhere|spam|trash)", re.sub(r'"[^"]*"', "", found.query))
    for word in re.findall(r"\w+", TERM.sub(" ", re.sub(r"\b(?:after|before|larger|smaller):\S+", " ", found.query))):
        assert is_known(word), word


def is_in(words: str, request: str) -> bool:
    return words.casefold() in request.casefold()


def is_known(word: str) -> bool:
    """Whether a word is said, in some form, or one of Gmail's own and ours."""
    own = {"OR", "AI_Newsletters", "me", "inbox", *sum(CHOICES.values(), ()), *sum(NAMES.values(), ())}
    said = re.findall(r"\w+", clean(REQUEST).casefold())
    return word in own | FILE_ENDINGS or any(key_of(word)[:2] == key_of(one)[:2] for one in said)


HANGS = 30.0
"""Seconds of this process alone, by a wide margin: what grows with the square of the text takes minutes."""


@pytest.mark.parametrize("text", ["а " * 500, "((" * 400, "«" * 900, "in:" * 300])
def test_long_and_odd_requests_end_soon(text: str) -> None:
    used = time.process_time()

    assembled(text, *[NamedPart("words", (text[:80],), text)] * MOST_PARTS)

    assert time.process_time() - used < HANGS
