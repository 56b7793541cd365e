"""Secrets that only the words around them give away: one-time codes, passwords, phrases of wallets.

Every finder takes a text and the same folded (see masking.py), and yields spans in order without overlaps.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import Final

from auramail.reading.secret_forms import (
    ALONE,
    CODE,
    CODE_BEFORE,
    CODE_ENDS,
    CODE_MARK,
    CODE_WORD,
    DIRECT,
    ENTER_CODE,
    FLIGHT,
    GOOGLE,
    NO_CODE_AFTER,
    NO_CODE_BEFORE,
    NO_PASSWORD,
    ODD_WORD,
    OTHER_CODE_AFTER,
    OTHER_CODE_BEFORE,
    PASSWORD_AFTER_NAME,
    PASSWORD_IS,
    PASSWORD_LINE,
    PASSWORD_NEAR,
    PASSWORD_NEXT,
    PASSWORD_WORD,
    PROMOTES,
    SEED_ALONE,
    SEED_WORD,
    SEED_WORDS,
    STRONG,
    USE_CODE,
)

Span = tuple[int, int]

AROUND: Final = 90
"""Letters on each side of a word for a code in which something must say that it lets somebody in."""
REACH: Final = 160
"""Letters after it in which the code stands."""
REACH_OF_LINES: Final = 500
"""Letters after it in which a line with nothing else is taken for a code."""
SHORTEST_PHRASE: Final = 12


def find_codes(text: str, plain: str) -> Iterator[Span]:
    """Codes that let somebody in once, or through a door; no codes of goods, discounts, places and errors."""
    words = list(CODE_WORD.finditer(plain))
    spans = [match.span(1) for match in GOOGLE.finditer(plain)]
    told = [*USE_CODE.finditer(plain), *ENTER_CODE.finditer(plain)]
    codes = [match.span() for match in CODE.finditer(plain)] if words else []
    strong = [match.start() for match in STRONG.finditer(plain)] if words or told else []
    for match in told:
        may_mix = _any_between(strong, match.start() - AROUND, match.end() + AROUND)
        is_told = may_mix or words or match.re is USE_CODE
        if (
            is_told
            and _is_code(text, *match.span(1), may_mix=may_mix)
            and not PROMOTES.search(plain, match.end(), match.end() + 40)
        ):
            spans.append(match.span(1))
    lines_until = 0
    for word in words:
        is_strong = _any_between(strong, word.start() - AROUND, word.end() + AROUND)
        # A word has one code; what else is near it is something else.
        is_open = is_strong and CODE_MARK not in plain[max(word.start() - 60, 0) : word.end() + REACH]
        near = _between(codes, word.end(), word.end() + REACH) if is_open else ()
        found = next(_beside(text, plain, word, near, is_strong=is_strong), None)
        start, stop = max(word.end(), lines_until), word.end() + REACH_OF_LINES
        lines = [line.span(1) for line in ALONE.finditer(plain, start, stop)] if is_strong else []
        if is_strong:
            lines_until = stop
        if (found or lines) and not _is_other_code(plain, word, is_strong=is_strong):
            spans += [found] if found else []
            spans += [line for line in lines if _is_code(text, *line)]
    return _in_order(spans)


def _any_between(places: Sequence[int], first: int, last: int) -> bool:
    index = bisect_left(places, first)
    return index < len(places) and places[index] <= last


def _between(spans: Sequence[Span], first: int, last: int) -> Iterator[Span]:
    for span in islice(spans, bisect_left(spans, (first, 0)), None):
        if span[1] > last:
            return
        yield span


def _is_other_code(plain: str, word: re.Match[str], *, is_strong: bool) -> bool:
    """Whether it is a code that everybody may know: of goods, discounts, places."""
    before = plain[max(word.start() - 40, 0) : word.start()]
    if OTHER_CODE_BEFORE.search(before) or OTHER_CODE_AFTER.match(plain, word.end()):
        return True
    return not is_strong and PROMOTES.search(plain, word.end(), word.end() + 60) is not None


def _beside(text: str, plain: str, word: re.Match[str], near: Iterable[Span], *, is_strong: bool) -> Iterator[Span]:
    """The code before or after a word for one: first what belongs to it by its form, then what only stands near."""
    direct = DIRECT.match(plain, word.end())
    if direct and _is_code(text, *direct.span(1), may_be_year=True, may_be_letters=is_strong, may_mix=is_strong):
        yield direct.span(1)
    earlier = CODE_BEFORE.search(plain, max(word.start() - 60, 0), word.start())
    if earlier and _is_code(text, *earlier.span(1), may_mix=is_strong):
        yield earlier.span(1)
    for start, end in near:
        if (
            _is_code(text, start, end)
            and not NO_CODE_BEFORE.search(plain, max(start - 30, 0), start)
            and not FLIGHT.fullmatch(text, max(start - 3, 0), end)
        ):
            yield start, end


def _is_code(
    text: str, start: int, end: int, *, may_be_year: bool = False, may_be_letters: bool = False, may_mix: bool = True
) -> bool:
    code = text[start:end]
    letters = [each for each in code if each.isalpha()]
    if CODE_ENDS.match(text, end) is None or NO_CODE_AFTER.match(text[end : end + 16].lower()):
        return False
    if not any(each.isdigit() for each in code):
        return may_be_letters and code.isupper() and len(code) >= 5
    if letters:
        return may_mix and "".join(letters).isupper()
    return may_be_year or not re.fullmatch(r"(?:19|20)\d\d", code)


def find_passwords(text: str, plain: str) -> Iterator[Span]:
    spans = [match.span(1) for match in PASSWORD_AFTER_NAME.finditer(plain)]
    for word in PASSWORD_WORD.finditer(plain):
        for pattern in (PASSWORD_LINE, PASSWORD_IS, PASSWORD_NEXT, PASSWORD_NEAR):
            match = pattern.match(plain, word.end())
            if match is None:
                continue
            quoted = match["quoted"] is not None
            start, end = match.span("quoted" if quoted else "bare")
            if not quoted:
                end = start + len(text[start:end].rstrip(".,;:?)»\"'”*`"))
            if end - start >= 3 and _is_password(text[start:end], plain, match, pattern, quoted=quoted):
                spans.append((start, end))
                break
    return _in_order(spans)


def _is_password(value: str, plain: str, match: re.Match[str], pattern: re.Pattern[str], *, quoted: bool) -> bool:
    folded = value.lower()
    if not any(each.isalnum() for each in value) or "://" in value or NO_PASSWORD.fullmatch(folded):
        return False
    has_digit = any(each.isdigit() for each in value)
    has_letter = any(each.isalpha() for each in value)
    if pattern is PASSWORD_NEAR:
        # Words stand between, so it must look like nothing but a password.
        return not quoted and ODD_WORD.fullmatch(value) is not None
    if quoted:
        return True
    if has_digit and len(value) >= 4:
        return has_letter or pattern is not PASSWORD_NEXT or len(value) >= 5
    inner = any(one.islower() and other.isupper() for one, other in pairwise(value))
    symbol = re.search(r"\w[!@#$%^&*_+=~?]\w|[!@#$%^&*_+=~]{2}", value) is not None
    if inner or symbol:
        return True
    # A word alone behind a colon, with nothing else on its line, is what the line is for.
    is_last = plain[match.end("bare") : match.end("bare") + 40].partition("\n")[0].strip(" .,;*`") == ""
    return pattern is PASSWORD_LINE and is_last


def find_seed_phrases(text: str, plain: str) -> Iterator[Span]:
    """Words that open a wallet (BIP 39): twelve or more English ones, where such are spoken of or on a line alone."""
    spans: list[Span] = []
    for word in SEED_WORD.finditer(plain):
        # Where the next mention looks, this one need not.
        for row in SEED_WORDS.finditer(text, word.end(), word.end() + 600):
            spans.append(row.span(1))
            break
    spans += [line.span(1) for line in SEED_ALONE.finditer(text) if len(line[1].split()) in {12, 15, 18, 21, 24}]
    return _in_order(spans)


def _in_order(spans: list[Span]) -> Iterator[Span]:
    reached = 0
    for start, end in sorted(spans):
        if start >= reached:
            reached = end
            yield start, end
