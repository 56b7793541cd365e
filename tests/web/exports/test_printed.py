"""The history on paper."""

from auramail.web.exports.printed import REGULAR, Heading, fitting, print_list

ROW = ["14 бер. 2026 р., 14:00", "Укренерго", "", "Рахунок за їжу, ґанок і є: 1 500 ₴", "Розсилки", "", "a", "b", "c"]


def test_the_font_of_ukrainian_travels_in_the_file() -> None:
    printed = print_list(Heading("Історія", ("Зразкова скринька",)), ROW, [ROW])

    assert printed.startswith(b"%PDF-")
    assert b"DejaVuSans" in printed
    assert b"/FontFile2" in printed


def test_long_histories_have_many_pages() -> None:
    printed = print_list(Heading("History", ()), ROW, [ROW] * 120)

    assert printed.count(b"/Type /Page\n") == 4  # 36 lines fit under the first heading, 37 on a page


def test_markup_and_control_characters_are_drawn_as_they_are() -> None:
    row = ['<img src="file:///etc/passwd"/>', "&amp;<b>", "", "a\x00b\x1b[2J\nc", "", "", "", "", ""]

    assert print_list(Heading("<b>x", ("<i>",)), row, [row]).startswith(b"%PDF-")


def test_text_that_does_not_fit_ends_in_an_ellipsis() -> None:
    print_list(Heading("fonts are loaded", ()), ROW, [])

    assert fitting("short", 200, REGULAR) == "short"
    cut = fitting("a very long subject " * 10, 100, REGULAR)
    assert cut.endswith("…")
    assert cut.startswith("a very long")
    assert fitting("two\nlines", 200, REGULAR) == "two lines"
