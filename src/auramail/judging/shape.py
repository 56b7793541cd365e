"""What can be seen of a message without reading it: senders, links, layout and headers, as short traits."""

import re
from collections.abc import Iterator
from typing import Final

from auramail.core.messages import Address, Link, Message

FREE_MAIL: Final = frozenset({
    "gmail.com", "googlemail.com", "yahoo.com", "hotmail.com", "outlook.com", "live.com", "msn.com", "aol.com",
    "icloud.com", "me.com", "gmx.de", "gmx.net", "web.de", "mail.com", "proton.me", "protonmail.com", "ukr.net",
    "i.ua", "meta.ua", "bigmir.net", "mail.ru", "yandex.ru", "rambler.ru", "wp.pl", "o2.pl", "onet.pl",
    "interia.pl", "t-online.de", "orange.fr", "free.fr", "laposte.net", "libero.it", "seznam.cz", "zoho.com",
})  # fmt: skip
SHORTENERS: Final = frozenset({
    "bit.ly", "tinyurl.com", "t.co", "goo.gl", "is.gd", "cutt.ly", "rb.gy", "ow.ly", "buff.ly", "shorturl.at",
    "tiny.cc", "rebrand.ly", "t.ly",
})  # fmt: skip
CHEAP_ENDINGS: Final = frozenset({
    "xyz", "top", "icu", "click", "link", "online", "site", "club", "live", "shop", "buzz", "monster", "rest",
    "cyou", "quest", "work", "tk", "ml", "ga", "cf", "gq", "info", "biz", "ru", "su", "cn", "pw", "cam", "fun",
    "space", "website", "store", "sbs", "lol", "bond", "cfd",
})  # fmt: skip
_SECOND_LEVEL: Final = frozenset({
    "com", "co", "org", "net", "gov", "edu", "ac", "in", "kiev", "kyiv", "lviv", "gob", "gouv", "or", "ne",
})  # fmt: skip
_FILES: Final = {
    "pdf": "pdf", "ics": "calendar", "doc": "office", "docx": "office", "xls": "office", "xlsx": "office",
    "ppt": "office", "pptx": "office", "odt": "office", "csv": "office", "jpg": "picture", "jpeg": "picture",
    "png": "picture", "gif": "picture", "heic": "picture", "zip": "archive", "rar": "archive", "7z": "archive",
    "htm": "page", "html": "page", "svg": "page", "exe": "program", "js": "program", "scr": "program",
    "iso": "program", "pkpass": "ticket", "asc": "signature", "p7s": "signature", "txt": "text",
}  # fmt: skip
_TRANSLITERATION: Final = str.maketrans(
    dict(zip("абвгґдеиіїйзклмнопрстуфэыёy", "abvggdeiiiizklmnoprstufeiei", strict=True))
    | {"є": "ie", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "iu", "я": "ia", "ь": ""}
)
"""Names as companies write them in their domains: Приват is privat, and y is no other letter than i."""
_PATTERNS: Final = {
    "money": re.compile(r"[$€£₴]\s?\d|\d\s?(?:грн|гривень|uah|usd|eur|pln|zł|руб|[$€£₴])", re.IGNORECASE),
    "percent": re.compile(r"\d\s?%"),
    "clock": re.compile(r"\b[012]?\d[:.][0-5]\d\b"),
    "day": re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b"),
    "code": re.compile(r"(?<![\d.,/№#-])\d{4,8}(?![\d.,/]?\d)"),
    "card": re.compile(r"[*•xX]{2,}\s?\d{4}\b"),
    "phone": re.compile(r"\+\d[\d\s()-]{8,}"),
    "long_number": re.compile(r"\d{10,}"),
}
_DIGIT: Final = re.compile(r"\d")
_WORD: Final = re.compile(r"[^\W\d_]{3,}")


def traits(message: Message) -> list[str]:
    """Short names of what is so; never a date, a host or anything else that tells one corpus from another."""
    return [*_of_sender(message), *_of_links(message), *_of_layout(message), *_of_text(message), *_of_headers(message)]


def registrable(host: str) -> str:
    """The part of a host name that somebody bought, near enough for comparing two of them."""
    labels = host.lower().rstrip(".").split(".")
    size = 3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2 else 2
    return ".".join(labels[-size:])


def host_of(target: str) -> str:
    """The host of a link's address; empty if it has none."""
    scheme, found, rest = target.partition("://")
    if not found or not scheme.lower().startswith("http"):
        return ""
    return re.split(r"[/?#]", rest, maxsplit=1)[0].rpartition("@")[2].partition(":")[0].lower()


def _amount(name: str, count: int) -> str:
    for limit in (0, 1, 2, 5, 10, 25):
        if count <= limit:
            return f"{name}:{limit}"
    return f"{name}:many"


def _of_sender(message: Message) -> Iterator[str]:
    sender = message.sender
    domain = sender.domain
    if not domain:
        yield "from:nowhere"
        return
    bought = registrable(domain)
    own = bought.partition(".")[0]
    if domain in FREE_MAIL:
        yield "from:free_mail"
    else:
        yield from _of_domain(domain, own)
        yield "from:named_by_domain" if _speaks_of(sender, own) else "from:named_otherwise"
    yield "from:no_name" if not sender.name else _amount("from:name_words", len(sender.name.split()))
    if "@" in sender.name or "." in sender.name.strip("."):
        yield "from:name_with_address"
    if any(reply.domain and registrable(reply.domain) != bought for reply in message.reply_to):
        yield "reply_to:elsewhere"
    if sum(character.isdigit() for character in sender.address.partition("@")[0]) > 3:
        yield "from:digits"


def _of_domain(domain: str, own: str) -> Iterator[str]:
    if domain.rpartition(".")[2] in CHEAP_ENDINGS:
        yield "from:cheap_ending"
    if "-" in own:
        yield "from:hyphen"
    if any(character.isdigit() for character in own):
        yield "from:domain_digits"
    if len(own) > 15:
        yield "from:long_domain"
    if domain.startswith("xn--") or ".xn--" in domain:
        yield "from:punycode"
    yield _amount("from:labels", domain.count("."))


def _speaks_of(sender: Address, own: str) -> bool:
    """Whether the display name and the domain share a word, Cyrillic names read as Latin."""
    name, own = (text.lower().translate(_TRANSLITERATION) for text in (sender.name, own))
    squeezed = "".join(character for character in name if character.isalnum())
    return any(word in own for word in _WORD.findall(name)) or (len(own) > 2 and own.replace("-", "") in squeezed)


def _of_links(message: Message) -> Iterator[str]:
    hosts = [host_of(link.target) for link in message.links]
    bought = {registrable(host) for host in hosts if host}
    yield _amount("links", len(hosts))
    yield _amount("link_hosts", len(bought))
    if bought and message.sender.domain:
        same = sum(registrable(host) == registrable(message.sender.domain) for host in hosts if host)
        yield "links:own" if same == len(hosts) else "links:some_own" if same else "links:foreign"
    if any(host.replace(".", "").isdigit() for host in hosts if host):
        yield "links:number_host"
    if bought & SHORTENERS:
        yield "links:shortened"
    if any(host.rpartition(".")[2] in CHEAP_ENDINGS for host in hosts):
        yield "links:cheap_ending"
    if any(_shows_another(link) for link in message.links):
        yield "links:shows_another"
    if any(link.target.lower().startswith("mailto:") for link in message.links):
        yield "links:mailto"


def _shows_another(link: Link) -> bool:
    shown = host_of(link.text.strip())
    behind = host_of(link.target)
    return bool(shown and behind) and registrable(shown) != registrable(behind)


def _of_layout(message: Message) -> Iterator[str]:
    yield "html" if message.has_html else "plain"
    yield _amount("images", message.images)
    kinds = {_FILES.get(file.filename.lower().rpartition(".")[2], "other") for file in message.attachments}
    yield from (f"file:{kind}" for kind in sorted(kinds)) if kinds else ("file:none",)
    if message.invitations:
        yield "invitation"
        yield from sorted({f"invitation:{item.method.lower()}" for item in message.invitations})
    yield from sorted({f"markup:{item.type.lower()}" for item in message.markup})
    if message.hidden:
        yield "hidden"


def _of_text(message: Message) -> Iterator[str]:
    text = message.text[:2000]
    both = f"{message.subject}\n{text}"
    numbers = _numbers(both)
    yield from (f"has:{name}" for name, pattern in _PATTERNS.items() if pattern.search(numbers))
    yield _amount("words/20", message.text.count(" ") // 20)
    yield _amount("lines/4", text.count("\n") // 4)
    yield _amount("exclaimed", both.count("!"))
    yield _amount("asked", both.count("?"))
    subject = message.subject
    if not subject.strip():
        yield "subject:none"
    letters = [character for character in subject if character.isalpha()]
    if len(letters) > 5 and sum(character.isupper() for character in letters) > 0.7 * len(letters):
        yield "subject:shouted"
    if any(ord(character) >= 0x2600 for character in subject):
        yield "subject:face"
    start = subject[:4].lower()
    if start.startswith(("re:", "re ", "відп", "aw:", "odp:")):
        yield "subject:answer"
    if start.startswith(("fw:", "fwd:", "wg:", "пер:")):
        yield "subject:forward"
    if subject.startswith("["):
        yield "subject:bracket"


def _numbers(text: str) -> str:
    """The words with digits and their neighbours: the patterns need no others, and are slow on prose."""
    words = text.split()
    with_digit = [place for place, word in enumerate(words) if not word.isalpha() and _DIGIT.search(word)]
    near = {place for digit in with_digit for place in (digit - 1, digit, digit + 1)}
    return " ".join(words[place] for place in sorted(near) if 0 <= place < len(words))


def _of_headers(message: Message) -> Iterator[str]:
    for name in ("list-id", "list-unsubscribe", "list-unsubscribe-post", "list-post", "feedback-id", "auto-submitted"):
        if message.header(name) not in {"", "no"}:
            yield f"header:{name}"
    if message.header("precedence").lower() in {"bulk", "list", "junk"}:
        yield "header:bulk"
    if message.in_reply_to:
        yield "header:in-reply-to"
    if message.quoted:
        yield "quoted"
    yield _amount("to", len(message.to))
    yield _amount("cc", len(message.cc))
    if message.to and message.to[0].address == message.sender.address:
        yield "to:themselves"
