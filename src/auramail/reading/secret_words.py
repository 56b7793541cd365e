"""Secrets that only the words around them give away: one-time codes, passwords, phrases of wallets.

Every finder takes a text and the same folded (see masking.py), and yields spans in order without overlaps.
"""

import re
from collections.abc import Iterator
from typing import Final

from auramail.reading.secret_forms import (
    ALONE,
    CODE,
    CODE_BEFORE,
    CODE_ENDS,
    CODE_WORD,
    DIRECT,
    GOOGLE,
    NO_CODE_AFTER,
    NO_CODE_BEFORE,
    NO_PASSWORD,
    OTHER_CODE_AFTER,
    OTHER_CODE_BEFORE,
    PASSWORD_AFTER_NAME,
    PASSWORD_IS,
    PASSWORD_LINE,
    PASSWORD_NEXT,
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
    spans = [match.span(1) for match in GOOGLE.finditer(plain)]
    lines_until = 0
    for word in CODE_WORD.finditer(plain):
        before, after = plain[max(word.start() - 40, 0) : word.start()], plain[word.end() : word.end() + 30]
        if OTHER_CODE_BEFORE.search(before) or OTHER_CODE_AFTER.match(after):
            continue
        around = plain[max(word.start() - AROUND, 0) : word.end() + AROUND]
        is_strong = STRONG.search(around) is not None
        spans += _beside(text, plain, word, is_strong=is_strong)
        if is_strong:
            start = max(word.end(), lines_until)
            lines_until = word.end() + REACH_OF_LINES
            spans += [
                line.span(1) for line in ALONE.finditer(plain, start, lines_until) if _is_code(text, *line.span(1))
            ]
    for use in USE_CODE.finditer(plain):
        if _is_code(text, *use.span(1)):
            spans.append(use.span(1))
    return _in_order(spans)


def _beside(text: str, plain: str, word: re.Match[str], *, is_strong: bool) -> Iterator[Span]:
    """The code before or after a word for one."""
    direct = DIRECT.match(plain, word.end())
    if direct and _is_code(text, *direct.span(1), may_be_year=True, may_be_letters=is_strong, may_mix=is_strong):
        yield direct.span(1)
        return
    earlier = CODE_BEFORE.search(plain, max(word.start() - 60, 0), word.start())
    if earlier and _is_code(text, *earlier.span(1), may_mix=is_strong):
        yield earlier.span(1)
    elif is_strong:
        for match in CODE.finditer(plain, word.end(), word.end() + REACH):
            start, end = match.span()
            if _is_code(text, start, end) and not NO_CODE_BEFORE.search(plain, max(start - 30, 0), start):
                yield start, end
                break


def _is_code(
    text: str, start: int, end: int, *, may_be_year: bool = False, may_be_letters: bool = False, may_mix: bool = True
) -> bool:
    code = text[start:end]
    letters = [each for each in code if each.isalpha()]
    if CODE_ENDS.match(text, end) is None or NO_CODE_AFTER.match(
        text.lower() if len(text) < 200 else text[end : end + 16].lower(), end if len(text) < 200 else 0
    ):
        return False
    if not any(each.isdigit() for each in code):
        return may_be_letters and code.isupper() and len(code) >= 5
    if letters:
        return may_mix and "".join(letters).isupper()
    return may_be_year or not re.fullmatch(r"(?:19|20)\d\d", code)


def find_passwords(text: str, plain: str) -> Iterator[Span]:
    spans = [match.span(1) for match in PASSWORD_AFTER_NAME.finditer(plain)]
    for pattern in (PASSWORD_LINE, PASSWORD_IS, PASSWORD_NEXT):
        for match in pattern.finditer(plain):
            quoted = match["quoted"] is not None
            start, end = match.span("quoted" if quoted else "bare")
            if not quoted:
                end = start + len(text[start:end].rstrip(".,;:!?)»\"'”*`"))
            if end - start >= 3 and _is_password(text[start:end], plain, match, pattern, quoted=quoted):
                spans.append((start, end))
    return _in_order(spans)


def _is_password(value: str, plain: str, match: re.Match[str], pattern: re.Pattern[str], *, quoted: bool) -> bool:
    folded = value.lower()
    if not any(each.isalnum() for each in value) or "://" in value or NO_PASSWORD.fullmatch(folded):
        return False
    has_digit = any(each.isdigit() for each in value)
    has_letter = any(each.isalpha() for each in value)
    if quoted:
        return " " not in value.strip() or pattern is not PASSWORD_NEXT
    if has_digit and len(value) >= 4:
        return has_letter or pattern is not PASSWORD_NEXT or len(value) >= 5
    inner = any(one.islower() and other.isupper() for one, other in zip(value, value[1:], strict=False))
    symbol = re.search(r"\w[!@#$%^&*_+=~?]\w|[!@#$%^&*_+=~]{2}", value) is not None
    if inner or symbol:
        return True
    # A word alone behind a colon, with nothing else on its line, is what the line is for.
    is_last = plain[match.end("bare") : match.end("bare") + 40].partition("\n")[0].strip(" .,;*`") == ""
    return pattern is PASSWORD_LINE and is_last


def find_seed_phrases(text: str, plain: str) -> Iterator[Span]:
    """Words that open a wallet (BIP 39): twelve or more plain English words in a row, where such are spoken of or alone."""
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
