"""Secrets of machines: private keys, access keys, the secret parts of links, and addresses of people.

Every finder takes a text and the same folded (see masking.py), and yields spans in order without overlaps.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

Span = tuple[int, int]

LONGEST_KEY: Final = 10_000
LONGEST_LINK: Final = 4_000

_KEY: Final = re.compile(r"-----begin [a-z0-9 ]{0,30}(?:private key|key block)(?: block)?-----")
_KEY_END: Final = re.compile(r"-----end [a-z0-9 ]{0,40}-----")
_KEY_BODY: Final = re.compile(r"(?:[ \t>\n]|[a-z0-9+/=:,-]{20,}|[a-z0-9+/=]+(?=\s*\Z))*+")
_LINK: Final = re.compile(r"(?:(?<![a-z0-9])[a-z][a-z0-9+.-]{1,15}://|(?<![\w.@-])www\.)[^\s<>\"«»“”]{1,4000}")
_USER: Final = re.compile(r"//[^/?#@:]{0,200}:([^/?#@\ue000-\ue0ff]{1,200})@")
_PATH: Final = re.compile(r"[/?#]")
_PART: Final = re.compile(r"[^/?#&=;]+")
_ESCAPE: Final = re.compile(r"%[0-9a-f]{2}")
_SECRET_NAME: Final = re.compile(
    r"(?:.{0,30}(?:token|secret|passw|signature|session|nonce|otp|ticket|api_?key|hash|e-?mail|invite|magic|"
    r"recover|reset|verif|confirm|jwt|credential|login_hint)"
    r".{0,30}|code|key|sig|auth|pw|pwd|pass|sid|email|state|oobcode|ott|mail|phone|access|hmac)\Z"
)
_MAYBE_SECRET_NAME: Final = re.compile(r"(?:[cdehkpstu]|uid|user|user_?id|q?id|cid|data|link|ref|x\d)\Z")
_ABOUT_SECRETS: Final = re.compile(
    r"(?:.{0,30}(?:reset|verif|confirm|magic|login|log-in|signin|sign-in|activat|invit|unsub|recover|password|"
    r"passw|auth|join|accept|token|session|optout|"
    r"opt-out|email|click|track|pref|share|secure|onetime|otl|pay).{0,30}|[luracetks]|lt|ls|ss|wf)\Z"
)
_WORDS_IN_PATH: Final = re.compile(r"[a-zа-яіїєґ]{2,}|\d{1,6}")
_ADDRESS: Final = re.compile(
    r"(?<![\w.+%-])[\w.+%'*=!#$&~^{|}-]{1,64}(?:@|%40|\s?[\[({]\s?(?:at|собака|ет)\s?[\])}]\s?)"
    r"(?:[\w-]{1,63}(?:\.|\s?[\[({]\s?(?:dot|крапка)\s?[\])}]\s?)){1,8}[\w-]{2,24}"
)
_LONGER_ADDRESS: Final = re.compile(r"[\w.+%=-]@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_KNOWN_TOKENS: Final = re.compile(
    r"(?<![A-Za-z0-9])(?:eyJ[\w-]{8,}(?:\.[\w-]{4,}){1,4}|sk-[\w-]{16,}|(?:gh[pousr]_|github_pat_|glpat-|hf_|"
    r"npm_|pypi-|dop_v1_|shp(?:at|ss|ca)_|"
    r"(?:[spr]k|whsec)_(?:live_|test_)?|xox[abeprs]-|ya29\.|1//0|SG\.|rk_|sq0[a-z]{3}-|AGE-SECRET-KEY-1|"
    r"lin_api_|secret_|dapi|key-|pat-|nvapi-|gsk_|r8_)[\w.-]{14,}"
    r"|(?:AKIA|ASIA)[0-9A-Z]{16}|AIza[\w-]{30,}|\d{8,10}:[\w-]{35}|EAA[A-Za-z0-9]{40,}|AC[0-9a-f]{32}|"
    r"[\w-]{24}\.[\w-]{6}\.[\w-]{27,})"
)
_AUTHORIZATION: Final = re.compile(r"\b(?:bearer|basic|authorization: ?\w{3,10}|token) ([a-z0-9\-._~+/=:]{12,})")
_NAMED_TOKEN: Final = re.compile(
    r"\b(?:api[ _-]?(?:key|token|secret|ключ)\w{0,2}|(?:access|auth|refresh|bot|bearer|personal|session|"
    r"deploy)[ _-]?(?:token|key)s?|client[ _-]?secret|"
    r"(?:secret|private|encryption|signing|recovery|account|license|licence|product|activation|serial|setup|"
    r"master)[ _-]?key|"
    r"webhook[ _-]?secret|shared[ _-]?secret|secret|token|токен\w{0,2}(?: доступу)?|секретн\w{2,3} ключ\w{0,2}|"
    r"(?:ліцензійн|приватн)\w{2,3} ключ\w{0,2}|ключ\w{0,2}(?: (?:api|апі|доступу|активації|ліцензії|продукту))?|"
    r"sas|lizenzschlüssel|clé|klucz\w{0,2}|clave|llave|chiave)"
    r"(?: (?:is|was|це|for [\w-]{1,20} is|"
    r"для [\w-]{1,20}))?[ ]?[:=—-]{0,2}[\s\"'«“*`]{0,4}([a-z0-9][a-z0-9\-._~+/=]{7,})"
)
_RANDOM: Final = re.compile(r"(?<![\w./+@-])[A-Za-z0-9_+/-]{32,}={0,2}(?![\w@])")
_LONG_RANDOM: Final = 60


def find_keys(_: str, plain: str) -> Iterator[Span]:
    """Private keys in their armour (RFC 7468), with an end or without."""
    reached = 0
    for opening in _KEY.finditer(plain):
        if opening.start() < reached:
            continue
        ending = _KEY_END.search(plain, opening.end(), opening.end() + LONGEST_KEY)
        body = _KEY_BODY.match(plain, opening.end(), opening.end() + LONGEST_KEY)
        reached = ending.end() if ending else (body or opening).end()
        yield opening.start(), reached


def find_secret_parts(text: str, plain: str) -> Iterator[Span]:
    """What in links lets whoever has it in: the host and the words of the path stay."""
    for link in _LINK.finditer(plain):
        start, end = link.span()
        scheme = plain.find("://", start, end)
        begins = scheme + 3 if scheme >= 0 else start
        path = _PATH.search(plain, begins, end)
        user = _USER.search(plain, start, end)
        if user:
            yield user.span(1)
        opens = path.start() if path else end
        name = ""
        for part in _PART.finditer(plain, max(opens, user.end() if user else 0), end):
            first, last = part.span()
            while last > first and plain[last - 1] in ".,;:!?)]}'*":
                last -= 1
            is_value = plain[first - 1] == "="
            if last > first and _is_secret_part(text[first:last], name if is_value else "", previous=name):
                yield first, last
            name = plain[first:last]


def _is_secret_part(part: str, name: str, previous: str) -> bool:
    """Whether a part of a link is one that only one person has; a value's `name`, the part before."""
    folded = part.lower()
    if "@" in part or "%40" in part:
        return True
    if name and _SECRET_NAME.match(name):
        return len(part) >= 4 and (len(part) >= 12 or not folded.isalpha())
    has_digit = any(map(str.isdigit, part))
    if name and len(part) >= 5 and has_digit and not folded.isdigit() and _MAYBE_SECRET_NAME.match(name):
        return not _is_of_words(folded)
    if len(part) >= 4 and has_digit and not folded.isdigit() and _ABOUT_SECRETS.match(previous):
        return not _is_of_words(folded)
    return len(part) >= 16 and _looks_random(part)


def _looks_random(part: str) -> bool:
    """Whether letters, digits and cases change too often for words, numbers and dates."""
    if "_" in part and part.isascii() and part.isupper():
        return False
    plain = _ESCAPE.sub("", part) if "%" in part else part
    if len(plain) < 16 or not plain.isascii():
        return False
    has_digit = any(map(str.isdigit, plain))
    has_letter = any(map(str.isalpha, plain))
    if has_digit and has_letter:
        return not _is_of_words(plain.lower())
    mixed = sum(one.islower() and other.isupper() for one, other in pairwise(plain))
    return (plain.isdigit() and len(plain) >= 24) or (mixed >= 4 and plain.isalnum())


def _is_of_words(plain: str) -> bool:
    """Whether it is words and short numbers with something between, as in `autumn-sale-2026`."""
    pieces = re.split(r"[-_.+~,:%]", plain)
    words = sum(len(piece) for piece in pieces if piece.isalpha() and len(piece) >= 4)
    return words * 2 >= len(plain) - len(pieces) or all(
        _WORDS_IN_PATH.fullmatch(piece) or len(piece) < 4 for piece in pieces
    )


def find_addresses(_: str, plain: str) -> Iterator[Span]:
    """E-mail addresses, also such as are written to trick machines: `ana (at) example (dot) org`."""
    if not any(mark in plain for mark in ("@", "%40", " at", "[at", "(at", "собака", "(ет", "[ет", "{at")):
        return
    for match in _ADDRESS.finditer(plain):
        yield match.span()


def find_tokens(text: str, plain: str) -> Iterator[Span]:
    """Keys for programs: by how their makers begin them, by the word before them, or for being long and random."""
    spans = [match.span() for match in _KNOWN_TOKENS.finditer(text)]
    spans += [
        match.span(1) for match in _AUTHORIZATION.finditer(plain) if _is_token(text[match.start(1) : match.end(1)])
    ]
    spans += [match.span(1) for match in _NAMED_TOKEN.finditer(plain) if _is_token(text[match.start(1) : match.end(1)])]
    spans += [match.span() for match in _RANDOM.finditer(text) if _is_long_token(match.group())]
    reached = 0
    for start, end in sorted(spans):
        if end > reached:
            while text[end - 1] in ".,;:":
                end -= 1  # noqa: PLW2901 - a stop after it is the sentence's
            yield max(start, reached), end
            reached = end


def _is_token(part: str) -> bool:
    has_digit = any(map(str.isdigit, part))
    has_letter = any(map(str.isalpha, part))
    return has_digit and (has_letter or len(part) >= 16) and not _is_of_words(part.lower())


def _is_long_token(part: str) -> bool:
    cases = any(map(str.islower, part)) + any(map(str.isupper, part)) + any(map(str.isdigit, part))
    return cases == 3 and (len(part) >= _LONG_RANDOM or not re.search(r"[/=_-]{3}|(?:[-_/+=].*){8}", part))
