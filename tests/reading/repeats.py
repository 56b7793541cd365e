"""Mails that repeat one thing wherever a pattern of reading, guards or judging looks: no pattern may take it badly."""

from tests.reading.letters import letter, multipart

LONGEST_TEXT = 10_000
LONGEST_FIELD = 5_000

MARKS = (
    *(" ", "\t", ".", ",", ":", ";", "-", "_", "=", "+", "*", "/", "\\", "|", "%", "#", "&", "@", "?", "!", "~", "^"),
    *(
        "(",
        "[",
        "{",
        "<",
        ">",
        '"',
        "'",
        "`",
        "$",
        "₴",
        "€",
        "«",
        "»",
        "—",
        "№",
        "\u00a0",
        "\u200b",
        "\u202e",
        "\ufffd",
    ),
)
WORDS = (
    *("1", "a", "я", "Я", "1 ", "1,", "1.", "1 000 ", "0,0 ", "12.03.", "12.03.2026 ", "10:00 ", "1-2-", "2026-03-"),
    *(
        "a@",
        "a.b@",
        "@a.",
        "a@b.c ",
        "<a@b.c>,",
        "www.",
        "https://",
        "http://a.b/",
        "://a",
        "bit.ly/",
        "xn--",
        "xn--a.",
    ),
    *("=?", "=?utf-8?q?", "?=", "=?a?b?c?= ", "%D0", "=D0", "&#", "&#1", "&amp;", "\\u0041", "+380", "+380 44 123 "),
    *("<a", "</", "<!--", "-->", "<![CDATA[", "<p>", "<td>", "<b", "<a href=", "]]>", "{}", "a{", "@media{", "color:"),
    *("Re: ", "Fwd: ", "From: a ", "wrote: ", "пише: ", "On 1 Jan 2026 at 10:00 ", "> ", "-- ", "--", "BEGIN:VEVENT "),
    *("15 січня ", "до 5 ", "до ", "by ", "by end of ", "next ", "п'ятниця ", "протягом 3 ", "грн ", "1 грн ", "UAH "),
    *(
        "код: ",
        "code 1234 ",
        "please ",
        "будь ласка ",
        "could you ",
        "the ",
        "що ",
        "вул. ",
        "м. Київ ",
        "street ",
        "ТОВ «",
    ),
    *(
        "verify your account ",
        "click here ",
        "gift card ",
        "UA21 3223 ",
        "4149 4378 ",
        "IBAN ",
        "Ltd ",
        "Aa",
        "aA ",
        "A. ",
    ),
    *(
        "😀",
        "👩\u200d👩\u200d👧 ",
        "a\u0301",
        "\u0301",
        "і\u0308",
        "ﬁ",
        "١",
        "０",
        "İ",
        "ß",
        "аp",
        "日",
        "\U000e0061",
        "С°",
    ),
)
LINES = (
    "\n",
    " \n",
    "\n\n",
    "a\n",
    ":\n",
    ".\n",
    "> \n",
    ">\n>>\n",
    "From: a\n",
    "-- \n",
    "—\n",
    "a@b:\n",
    "10:00 <a@b.c>:\n",
)


def repeated(piece: str) -> bytes:
    """A mail that repeats a piece in its subject, names, fields, text, page, link, file name, event and markup."""
    text = piece * (LONGEST_TEXT // len(piece))
    field = " ".join(piece.split("\n")) * (LONGEST_FIELD // len(piece))
    body, kind = multipart(
        "mixed",
        f"Content-Type: text/plain; charset=utf-8\r\n\r\nHello. {text}x!",
        f'Content-Type: text/html; charset=utf-8\r\n\r\n<p style="{field}" class="{field}">{text}'
        f'<a href="https://x.example/{field}">bank.example {field}</a><style>{field}</style>'
        f'<script type="application/ld+json">{{"@type":"Order","seller":"{field}"}}</script>',
        f"Content-Type: text/calendar\r\n\r\nBEGIN:VEVENT\nSUMMARY:{text}\nDTSTART:{field}\nDURATION:P{field}",
        f'Content-Type: application/pdf; name="{field}"\r\n\r\nx',
    )
    fields = ("Subject", "To", "Reply-To", "List-Unsubscribe", "List-Id", "Received", "References", "Message-ID")
    checked = ("Authentication-Results", "Precedence", "X-Gmail-Labels")
    return letter(body, kind, *(f"{name}: {field}" for name in (*fields, *checked)), sender=field)


REPEATS = {repr(piece): piece for piece in (*MARKS, *WORDS, *LINES)}
