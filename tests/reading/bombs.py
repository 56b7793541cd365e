"""Mails made to keep a reader busy, each with the note it must leave (trust.md, "Bombs measured")."""

import base64
from collections.abc import Callable

from tests.reading.letters import html_letter, letter

Bomb = tuple[Callable[[], bytes], str]


def _mixed(body: bytes) -> bytes:
    return letter(body, "Content-Type: multipart/mixed; boundary=b")


def _nested(count: int) -> bytes:
    return b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (depth, depth) for depth in range(count)
    )


# The largest stand last: a process remembers its highest use of memory only.
BOMBS: dict[str, Bomb] = {
    "200,000 parts": (lambda: _mixed(b"--b\r\n\r\n" * 200_000), "too_many_parts"),
    "1,000 nested multiparts": (lambda: _nested(1000), "too_deep"),
    "100 kB of semicolons": (lambda: letter("x", "Content-Type: text/plain" + ";" * 100_000), "headers_cut"),
    "100 kB of parameters": (lambda: letter("x", "Content-Type: text/plain; " + "a=b;" * 25_000), "headers_cut"),
    "100,000 encoded words": (
        lambda: b"".join(b"X-%d: =?utf-8?Q?a?=\r\n" % number for number in range(100_000)) + b"\r\nx",
        "headers_cut",
    ),
    "20,000 encoded words in Subject": (lambda: letter("x", "Subject: " + "=?utf-8?Q?a?= " * 20_000), "headers_cut"),
    "20,000 open encoded words": (lambda: letter("x", "Subject: " + "=?utf-8?Q?a" * 20_000), "headers_cut"),
    "1,000,000 headers": (lambda: b"X-A: b\r\n" * 1_000_000 + b"\r\nx", "headers_cut"),
    "1,000,000 lines that are no headers": (lambda: b"zzz\n" * 1_000_000 + b"\nx", "broken_headers"),
    "100,000 nested divs": (lambda: html_letter("<div>" * 100_000), "html_too_complex"),
    "50,000 fonts opened again": (
        lambda: html_letter("".join(f"<font color={number}>" for number in range(250)) + "<p>x<i></i>" * 20_000),
        "html_too_complex",
    ),
    "50,000 attributes": (
        lambda: html_letter("<a " + " ".join(f"a{number}" for number in range(30_000)) + ">x"),
        "html_too_complex",
    ),
    "styles without end": (lambda: html_letter("<style>" * 1_000_000), "text_cut"),
    "comments without end": (lambda: html_letter("<!--" * 1_000_000), "text_cut"),
    "tags without end": (lambda: html_letter("<a" * 130_000), "html_too_complex"),
    "1 MB of spaces": (lambda: letter(b" " * 2_000_000 + b"x"), "text_cut"),
    "1 MB of empty lines": (lambda: letter(b"\n \n" * 700_000 + b"x"), "text_cut"),
    "introductions without end": (lambda: letter("wrote: On 10:00 a@b\n" * 60_000), "text_cut"),
    "dates without end": (lambda: letter("15 січня до 2 by 1.2 " * 60_000), "text_cut"),
    "amounts without end": (lambda: letter("1 000 000 грн $5,5 total " * 60_000), "text_cut"),
    "addresses without end": (lambda: letter("<<((" + '"\\' * 4000, "To: " + "<" * 9000), "headers_cut"),
    "JSON without end": (
        lambda: html_letter('<script type="application/ld+json">' + '{"@type":"A","b":[' * 60_000 + "</script>"),
        "text_cut",
    ),
    "events without end": (
        lambda: letter('BEGIN:VEVENT\r\nSUMMARY;X=":":' + '":' * 600_000, "Content-Type: text/calendar"),
        "text_cut",
    ),
    "pages without end": (
        lambda: _mixed((b"--b\r\nContent-Type: text/html\r\n\r\n" + b"<p>Hello <b>x</b>" * 10_000 + b"\r\n") * 20),
        "not_closed",
    ),
    "16 letters of older letters": (
        lambda: _mixed((b"--b\r\n\r\nHello.\n" + b"From: a\n" * 8000) * 16),
        "text_cut",
    ),
    "16 pages of styles": (
        lambda: _mixed(
            (
                b"--b\r\nContent-Type: text/html\r\n\r\n"
                + b"".join(b"<p style=color:#%03x;a:%d>x" % (n, n) for n in range(2500))
            )
            * 16
        ),
        "not_closed",
    ),
    "pages of lists": (lambda: html_letter("<li>x<dd>x<pre>\n" * 60_000), "text_cut"),
    "letters of commas": (
        lambda: letter("x", *(f"{name}: {',' * 9000}" for name in ("From", "To", "Cc", "Reply-To", "Sender"))),
        "headers_cut",
    ),
    "8 letters of addresses": (
        lambda: letter(
            "x", *(f"Reply-To: {mark * 9000}"[:9000] for mark in ("1,", "xn--", "?", '"', "(", "<", "a@", ";"))
        ),
        "headers_cut",
    ),
    "properties within properties": (
        lambda: html_letter(("<p itemprop=a>" + "<div itemscope itemtype=x itemprop=b>" * 100 + "x") * 60),
        "html_too_complex",
    ),
    "zones of a calendar": (
        lambda: letter(
            "BEGIN:VTIMEZONE\r\nTZID:a\r\n"
            + "BEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:STANDARD\r\n"
            * 20_000,
            "Content-Type: text/calendar",
        ),
        "text_cut",
    ),
    "a bundle of bundles": (
        lambda: letter(
            b"\x78\x9f\x3e\x22\1\0" + b"\1\x02\x90\6\0\0\0\0\0\0\0" * 2_000_000, "Content-Type: application/ms-tnef"
        ),
        "winmail_dat",
    ),
    "25 MB of Base64": (
        lambda: letter(
            base64.encodebytes(b"Hello. " * 3_600_000), "Content-Type: text/plain", "Content-Transfer-Encoding: base64"
        ),
        "text_cut",
    ),
    "1 MB of padding": (
        lambda: letter("a=" * 600_000, "Content-Type: text/plain", "Content-Transfer-Encoding: base64"),
        "text_cut",
    ),
    "10,000,000 false boundaries": (lambda: _mixed(b"\n--bx" * 10_000_000), "too_many_parts"),
    "100 MB of tags": (lambda: html_letter("<b></b>" * 14_000_000), "text_cut"),
}
