"""Mails for hypothesis, made as mail is made and then broken: heads, parts within parts, charsets, encodings."""

import base64
import quopri

from hypothesis import strategies as st

CHARSETS = (
    "utf-8",
    "koi8-u",
    "windows-1251",
    "iso-8859-5",
    "x-mac-cyrillic",
    "us-ascii",
    "iso-8859-1",
    "utf-16",
    "utf-7",
)
CODECS = ("utf_8", "koi8_u", "cp1251", "iso8859_5", "mac_cyrillic", "utf_16", "utf_7", "shift_jis")
NAMES = (
    *("Subject", "From", "To", "Cc", "Reply-To", "Date", "Message-ID", "References", "Received", "List-Unsubscribe"),
    *("Authentication-Results", "X-Tag", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", ""),
)
MARKUP = (
    *(
        "<p>",
        "</p>",
        "<br>",
        "<div style='display:none'>",
        "<div style=color:#fff>",
        "</div>",
        "<td>",
        "<pre>\n",
        "</pre>",
    ),
    *(
        '<a href="//x.example">',
        "<a href='p?q'>",
        '<a href="java\nscript:x">',
        "</a>",
        '<base href="https://b.example/">',
    ),
    *(
        "<blockquote type=cite>",
        "<blockquote>",
        "</blockquote>",
        "<div class=gmail_quote>",
        "<div id=Signature>",
        "<!--",
        "-->",
    ),
    *(
        "<style>.a{display:none}</style>",
        "<p class=a>",
        "<img alt='x'>",
        "<form action=x>",
        "<input type=password>",
        "&nbsp;",
    ),
    *(
        '<script type="application/ld+json">',
        '{"@type":"Order","@id":"1","seller":{"@id":"1"},}',
        "</script>",
        "&#8238;",
    ),
    *(
        "<div itemscope itemtype=http://schema.org/Order>",
        "<meta itemprop=price content=5>",
        "<p itemprop=a itemscope>",
    ),
)
LINES = (
    *(
        "> quoted",
        "On 1 Jan 2026 at 10:00, Ana <a@b.c> wrote:",
        "12.03.2026 10:00 Ана <a@b.c> пише:",
        "-- ",
        "З повагою,",
    ),
    *(
        "---------- Forwarded message ---------",
        "-----Original Message-----",
        "From: Ana",
        "Sent: Monday",
        "To: Ben",
        "Subject: x",
    ),
    *(
        "https://x.example/a?b=1",
        "begin 644 a.doc",
        "end",
        "-----BEGIN PGP SIGNED MESSAGE-----",
        "P.S. Чекаю.",
        "flows ",
    ),
)
EVENT = (
    *(
        "BEGIN:VCALENDAR",
        "METHOD:CANCEL",
        "BEGIN:VEVENT",
        "END:VEVENT",
        "UID:1",
        "SEQUENCE:2",
        "STATUS:CANCELLED",
        " folded",
    ),
    *(
        "DTSTART;TZID=Europe/Kyiv:20261120T100000",
        "DTSTART;VALUE=DATE:20261120",
        "DTEND:20261120T110000Z",
        "DURATION:P1W",
    ),
    *(
        "RECURRENCE-ID:20261120T100000Z",
        "RRULE:FREQ=DAILY",
        "BEGIN:VTIMEZONE",
        "TZID:Own",
        "BEGIN:STANDARD",
        "END:STANDARD",
    ),
    *("TZOFFSETFROM:+0200", "TZOFFSETTO:+0300", "DTSTART:16010101T030000", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"),
)

words = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(
    ["Привіт", "Рахунок за березень", "Café €5", "日本"]
)
page = st.lists(st.sampled_from(MARKUP) | words, max_size=15).map("".join)
plain = st.lists(st.sampled_from(LINES) | words, max_size=12).map("\n".join)
event = st.lists(st.sampled_from(EVENT) | words, max_size=15).map("\n".join)


@st.composite
def encoded_words(draw: st.DrawFn) -> bytes:
    """A value with its encoded words, perhaps cut anywhere."""
    data = draw(words).encode(draw(st.sampled_from(CODECS)), "replace")
    charset = draw(st.sampled_from(CHARSETS)).encode()
    content = base64.b64encode(data) if draw(st.booleans()) else quopri.encodestring(data, header=True)
    letter = draw(st.sampled_from([b"B", b"Q", b"b", b"q", b"x"]))
    whole = b"=?" + charset + b"?" + letter + b"?" + content.replace(b"\n", b"") + b"?="
    start, stop = draw(st.integers(0, 4)), draw(st.integers(0, 4))
    return draw(st.sampled_from([b"", b"Ana <a@b.c> ", b'"'])) + whole[start : len(whole) - stop]


@st.composite
def heads(draw: st.DrawFn) -> bytes:
    values = encoded_words() | words.map(str.encode) | st.binary(max_size=20)
    fields = draw(st.lists(st.tuples(st.sampled_from(NAMES), values), max_size=6))
    ending = draw(st.sampled_from([b"\r\n", b"\n", b"\r\n ", b"\n\t"]))
    return b"".join(name.encode() + b": " + value + ending for name, value in fields)


@st.composite
def leaves(draw: st.DrawFn) -> bytes:
    """A part of text with its head: what is declared and what is so need not be the same."""
    kind, text = draw(
        st.tuples(st.just("text/html"), page)
        | st.tuples(st.just("text/plain; format=flowed; delsp=yes"), plain)
        | st.tuples(st.sampled_from(["text/plain", "", "application/ms-tnef", "application/pkcs7-mime"]), plain)
        | st.tuples(st.just("text/calendar; method=REQUEST"), event)
    )
    data = text.encode(draw(st.sampled_from(CODECS)), "replace")
    encoding = draw(st.sampled_from(["base64", "quoted-printable", "8bit", "x-uuencode", ""]))
    if encoding == "base64":
        data = base64.encodebytes(data)
    elif encoding == "quoted-printable":
        data = quopri.encodestring(data)
    name = draw(st.sampled_from(["", "; name*0*=utf-8''%D0; name*1*=%B0.ics", '; name="=?utf-8?B?0LA?="']))
    head = f"Content-Type: {kind}; charset={draw(st.sampled_from(CHARSETS))}{name}\r\n"
    return head.encode() + f"Content-Transfer-Encoding: {encoding}\r\n\r\n".encode() + data


def _within(parts: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    """Several parts as one: a multipart, perhaps not closed, or a message enclosed in one."""

    @st.composite
    def wrapped(draw: st.DrawFn) -> bytes:
        if draw(st.booleans()):
            return b"Content-Type: message/rfc822\r\n\r\n" + draw(heads()) + draw(parts)
        kind = draw(st.sampled_from(["mixed", "alternative", "related", "digest", "signed"]))
        boundary = draw(st.sampled_from(["b", "bb", "b c"]))
        inner = b"".join(f"\r\n--{boundary}\r\n".encode() + part for part in draw(st.lists(parts, max_size=3)))
        end = draw(st.sampled_from([f"\r\n--{boundary}--\r\n", ""]))
        return f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode() + inner + end.encode()

    return wrapped()


@st.composite
def mails(draw: st.DrawFn) -> bytes:
    """A mail, now and then with a piece cut out of it."""
    raw = draw(heads()) + draw(st.recursive(leaves(), _within, max_leaves=5))
    start, length = draw(st.integers(0, len(raw))), draw(st.sampled_from([0, 0, 0, 1, 2, 10]))
    return raw[:start] + raw[start + length :]
