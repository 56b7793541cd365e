import pytest

from auramail.reading.colours import BLACK, WHITE, alike, read_colour
from auramail.reading.hiding import Look, hiding_selectors, read_style


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "DISPLAY : NONE !important",
        "visibility:hidden",
        "font-size:0",
        "font-size: 1px; color:#333",
        "opacity:0",
        "opacity: 0.01",
        "max-height:0;overflow:hidden",
        "max-height:0px",
        "height:0;overflow:hidden",
        "width:1px;height:1px;overflow:hidden",
        "mso-hide:all",
        "color:#fff",
        "color:white",
        "color:#fefefe",
        "color:rgb(255, 255, 255)",
        "color:transparent",
        "background:#000;color:black",
        "position:absolute;left:-9999px",
        "text-indent:-999px",
        "transform:scale(0)",
        "position:absolute;clip:rect(0 0 0 0)",
    ],
)
def test_styles_that_hide_text_are_known(style: str) -> None:
    assert Look().under(read_style(style)).hidden


@pytest.mark.parametrize(
    "style",
    [
        "",
        "display:block",
        "visibility:visible",
        "font-size:11px",
        "font-size:0.8em",
        "opacity:0.5",
        "max-height:100px;overflow:hidden",
        "height:0",
        "width:100%",
        "line-height:0",
        "color:#333",
        "color:white;background:#000",
        "color:white;background:url(night.png)",
        "color:#fff;background-image:linear-gradient(red, blue)",
        "position:absolute;left:10px",
        "margin-left:-20px",
        "color:nonsense",
        "font-size:large",
        ";;;:",
    ],
)
def test_styles_that_show_text_are_left_alone(style: str) -> None:
    assert not Look().under(read_style(style)).hidden


def test_text_may_be_made_visible_again_inside_small_but_not_inside_absent_elements() -> None:
    small = Look().under(read_style("font-size:0"))
    absent = Look().under(read_style("display:none"))

    assert not small.under(read_style("font-size:14px")).hidden
    assert absent.under(read_style("display:block")).hidden


def test_white_text_is_readable_where_the_background_is_a_picture() -> None:
    look = Look().under(read_style("background-image:url(x)"))

    assert not look.under(read_style("color:white")).hidden


def test_link_has_a_colour_of_its_own() -> None:
    assert not Look().under(read_style("color:white")).linked().hidden


def test_style_sheets_hide_by_class_and_id_but_not_for_one_kind_of_screen() -> None:
    sheet = """
        .preheader, p.note { display: none }
        #trap { font-size: 0 }
        .shown { color: red }
        div .deep { display: none }
        @media (max-width: 600px) { .mobile { display: none } }
        .late { visibility: hidden }
    """

    assert hiding_selectors(sheet) == {".preheader", ".note", "#trap", ".late"}


@pytest.mark.parametrize("sheet", ["", "}}}", "{{{", ".a{display:none", "@media{.a{display:none}"])
def test_broken_style_sheets_are_read_as_far_as_they_go(sheet: str) -> None:
    assert hiding_selectors(sheet) <= {".a"}


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("white", WHITE),
        ("#FFF", WHITE),
        ("#ffff", WHITE),
        ("#000000ff", BLACK),
        ("000000", BLACK),
        ("rgba(0,0,0,0.5)", BLACK),
        ("rgb(999,0,0)", (255, 0, 0)),
        ("#12", None),
        ("inherit", None),
        ("", None),
    ],
)
def test_colours_are_read_in_every_spelling(text: str, colour: tuple[int, int, int] | None) -> None:
    assert read_colour(text) == colour


def test_colours_alike_are_those_nobody_can_tell_apart() -> None:
    assert alike((250, 250, 250), WHITE)
    assert not alike((200, 200, 200), WHITE)
