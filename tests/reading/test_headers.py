import pytest
from hypothesis import given
from hypothesis import strategies as st

from auramail.reading.headers import LARGEST_HEAD, LONGEST_FIELD, decode_base64, decode_words, parameters, read_head


def fields(raw: bytes) -> dict[str, list[str]]:
    return read_head(raw, 0, len(raw)).fields


def test_folded_lines_are_one_value() -> None:
    assert fields(b"Subject: one\r\n two\r\n\tthree\r\n\r\n") == {"subject": ["one two three"]}


def test_fields_keep_their_order_and_repeat() -> None:
    assert fields(b"Received: a\nReceived: b\nX: \n\n") == {"received": ["a", "b"], "x": [""]}


def test_body_starts_after_the_empty_line() -> None:
    for raw in (b"A: b\r\n\r\nbody", b"A: b\n\nbody", b"\r\nbody", b"\nbody"):
        assert raw[read_head(raw, 0, len(raw)).body_start :] == b"body"


def test_line_that_is_no_field_is_left_out() -> None:
    head = read_head(b"A: 1\nnonsense\nB: 2\n\nbody", 0, 24)

    assert head.fields == {"a": ["1"], "b": ["2"]}
    assert head.broken


def test_missing_empty_line_does_not_swallow_the_body() -> None:
    raw = b"From: a@b.c\nHello Ana,\nhow are you?\n"
    head = read_head(raw, 0, len(raw))

    assert head.fields == {"from": ["a@b.c"]}
    assert raw[head.body_start :].startswith(b"Hello Ana")


def test_line_of_an_mbox_in_front_is_no_field() -> None:
    assert fields(b"From ana@example.org Mon Jan  1 10:00:00 2024\nSubject: x\n\n") == {"subject": ["x"]}
    assert fields(b"From nothing but this") == {}


def test_raw_bytes_are_read_as_utf8_or_guessed() -> None:
    assert fields("Subject: Привіт усім\n\n".encode()) == {"subject": ["Привіт усім"]}
    assert fields("Subject: Рахунок за серпень\n\n".encode("koi8_u")) == {"subject": ["Рахунок за серпень"]}


def test_long_field_is_cut() -> None:
    head = read_head(b"Subject: " + b"x" * 20_000 + b"\n\n", 0, 20_011)

    assert len(head.first("subject")) <= LONGEST_FIELD
    assert head.cut


def test_fields_that_matter_are_found_behind_a_mass_of_others() -> None:
    raw = b"".join(b"X-%d: %s\n" % (number, b"y" * 1000) for number in range(150)) + b"Subject: found\n\n"
    head = read_head(raw, 0, len(raw))

    assert head.first("subject") == "found"
    assert sum(len(value) for values in head.fields.values() for value in values) < LARGEST_HEAD + LONGEST_FIELD
    assert head.cut


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("=?utf-8?B?0J/RgNC40LLRltGC?=", "Привіт"),
        ("=?UTF-8?q?caf=C3=A9_au_lait?=", "café au lait"),
        ("=?koi8-u?B?8NLJ18nU?=, Ana", "Привит, Ana"),
        ("a =?utf-8?q?b?= c", "a b c"),
        ("=?utf-8?q?a?= =?utf-8?q?b?=", "ab"),
        ("=?utf-8?q?a?=\t=?iso-8859-1?q?=E9?=", "aé"),
        ("=?utf-8?B?0J8=?= =?utf-8?B?0YDQuNCy?=", "Прив"),
        ("=?utf-8*uk?q?a?=", "a"),
        ("=?x-none?q?caf=C3=A9?=", "café"),
        ("=?utf-8?q?two words?=", "two words"),
        ("=?utf-8?q?Really?=3F_Yes?=", "Really?? Yes"),
        ("=?utf-8?b?!!!?=", ""),
        ("=?utf-8?q?never closed", "never closed"),
        ("=?utf-8?B?0J/RgNC40LLRltGC", "Привіт"),
        ("=?utf-8?Q?=D0=9F=D1=80=D0=B8=D0=B2=D1=96=D1=82?", "Привіт"),
        ("=?utf-8?Q?Ana <ana@example.org>", "Ana <ana@example.org>"),
        ("=?utf-8?B?0J/RgNC4 =?utf-8?B?0LLRltGC?=", "Привіт"),
        ("=?utf-8?Q?Price_=E2=82?= =?utf-8?B?rA==?= 5", "Price € 5"),
        ("=?utf-8?x?abc?=", "=?utf-8?x?abc?="),
        ("100 =? 200", "100 =? 200"),
    ],
)
def test_encoded_words_are_decoded_as_meant(written: str, meant: str) -> None:
    assert decode_words(written) == meant


def test_character_cut_in_two_between_words_is_whole_again() -> None:
    assert decode_words("=?utf-8?q?=D0?= =?utf-8?q?=9F?=") == "П"
    assert decode_words("=?utf-8?b?0J/RgA?= =?utf-8?b?0LjQsg==?=") == "Прив"


def test_parameters_are_read_quoted_bare_and_escaped() -> None:
    main, found = parameters('Text/HTML ; charset="utf-8"; name=a\\"b; title="say \\"hi\\""; broken; =x; open="end')

    assert main == "text/html"
    assert found["charset"] == "utf-8"
    assert found["title"] == 'say "hi"'
    assert found["open"] == "end"


def test_file_names_in_pieces_and_charsets_are_joined() -> None:
    _, found = parameters(
        "attachment; filename*1*=%BA%D1%82.pdf; filename*0*=UTF-8''%D0%97%D0%B2%D1%96%D1%82%20%D0%B0%D0"
    )

    assert found["filename"] == "Звіт акт.pdf"


def test_piece_without_charset_and_plain_piece_are_joined() -> None:
    _, found = parameters('attachment; filename*0="long "; filename*1=name.pdf; x*=plain')

    assert found == {"filename": "long name.pdf", "x": "plain"}


@pytest.mark.parametrize(
    ("written", "main", "found"),
    [
        ("text/plain charset=utf-8", "text/plain", {"charset": "utf-8"}),
        ('application/pdf name="a b.pdf"', "application/pdf", {"name": "a b.pdf"}),
        ('text/plain; charset="utf-8" format=flowed', "text/plain", {"charset": "utf-8", "format": "flowed"}),
        ("attachment; filename=Рахунок 1.pdf", "attachment", {"filename": "Рахунок 1.pdf"}),
        ("attachment; filename=%D0%A0%D0%B0.pdf", "attachment", {"filename": "Ра.pdf"}),
        ("attachment; filename=50%.pdf", "attachment", {"filename": "50%.pdf"}),
        ('attachment; filename="=?utf-8?Q?=D0=A0?=.pdf"', "attachment", {"filename": "Р.pdf"}),
        (
            'attachment; filename*0="=?utf-8?B?0KDQsNG"; filename*1="F0YPQvdC+0LoucGRm?="',
            "attachment",
            {"filename": "Рахунок.pdf"},
        ),
        ("", "", {}),
        (" ; ", "", {}),
    ],
)
def test_parameters_are_read_as_broken_programs_mean_them(written: str, main: str, found: dict[str, str]) -> None:
    assert parameters(written) == (main, found)


def test_encoded_file_name_cut_in_two_is_joined_before_it_is_decoded() -> None:
    field = b'Content-Disposition: attachment; filename*0="=?utf-8?B?0KDQsNG"; filename*1="F0YPQvdC+0LoucGRm?="\n\n'

    assert parameters(read_head(field, 0, len(field)).first("content-disposition"))[1]["filename"] == "Рахунок.pdf"


@pytest.mark.parametrize(
    ("data", "meant"),
    [
        (b"SGVsbG8=", b"Hello"),
        (b"SGVs\r\nbG8", b"Hello"),
        (b"SGVsbG8*", b"Hello"),
        (b"A", b""),
        (b"", b""),
        (b"SGVsbG8=!", b"Hello"),
    ],
)
def test_broken_base64_gives_what_is_whole(data: bytes, meant: bytes) -> None:
    assert decode_base64(data) == meant


@given(st.text(max_size=200))
def test_any_text_is_decoded_to_text_that_can_be_written_down(text: str) -> None:
    if text.isprintable():
        decode_words(text).encode("utf-8")


@given(st.binary(max_size=300))
def test_any_bytes_are_some_head(raw: bytes) -> None:
    head = read_head(raw, 0, len(raw))

    assert 0 <= head.body_start <= len(raw)
