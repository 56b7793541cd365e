import pytest

from auramail.reading.html_limits import LONGEST_HTML, MOST_ATTRIBUTES, cut_long, is_safe, strip_tags


@pytest.mark.parametrize(
    "html",
    [
        "<p>" * 5000,
        "<br>" * 5000,
        "<li>one" * 1000,
        "<div><p>x</p></div>" * 2000,
        "<table><tr><td>x</td></tr></table>" * 500,
        "<a title=\"it's " + "x" * 1000 + '">y</a>',
        f'<img src="data:image/png;base64,{"A/B+" * 2000}">',
        "<p>" + "long text / with = signs " * 300,
        "",
    ],
)
def test_usual_pages_are_parsed(html: str) -> None:
    assert is_safe(html)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 300,
        "<DIV>" * 300,
        "".join(f"<font color={number}>" for number in range(250)) + "<p>x" * 50_000 + "<i></i>" * 2000,
        "<a " + " ".join(f"a{number}" for number in range(MOST_ATTRIBUTES + 10)) + ">",
        "<a " + "/".join(f"a{number}" for number in range(MOST_ATTRIBUTES + 10)) + ">",
        '<a b=">" ' + " ".join(f"a{number}" for number in range(MOST_ATTRIBUTES + 10)) + ">",
        '<a b="<" ' + " ".join(f"a{number}" for number in range(MOST_ATTRIBUTES + 10)) + ">",
    ],
)
def test_pages_that_keep_a_parser_busy_are_not(html: str) -> None:
    assert not is_safe(html)


def test_long_page_loses_what_is_no_text_before_it_loses_text() -> None:
    filler = "x" * LONGEST_HTML
    html = f"<style>{filler}</style><p>Hello</p><!-- {filler} --><SCRIPT>{filler}</SCRIPT><p>Bye</p>"

    assert cut_long(html)[1] is False
    assert "Hello" in cut_long(html)[0]
    assert "Bye" in cut_long(html)[0]


def test_long_page_keeps_what_it_says_for_machines() -> None:
    said = '<script type="application/ld+json">{"@type": "Order"}</script>'
    html = f"{said}<script>{'x' * LONGEST_HTML}</script><p>Hello</p>{said}"

    assert cut_long(html) == (f"{said}<p>Hello</p>{said}", False)
    assert strip_tags(html).strip() == "Hello"


def test_page_too_long_keeps_its_beginning_and_its_end() -> None:
    html, cut = cut_long("<p>first" + "<p>middle" * 100_000 + "<p>last")

    assert cut
    assert len(html) == LONGEST_HTML
    assert html.startswith("<p>first")
    assert html.endswith("<p>last")


def test_comment_without_end_hides_the_rest() -> None:
    assert "secret" not in cut_long("<p>a<!-- secret " + "x" * LONGEST_HTML)[0]


def test_letters_that_change_length_in_lower_case_do_no_harm() -> None:
    assert cut_long("İ" + "<style>" + "x" * LONGEST_HTML + "</style>")[0].startswith("İ")


def test_tags_are_stripped_and_entities_decoded() -> None:
    assert strip_tags("<p class=x>a &lt; b</p><style>p{}</style>c < d<a href=y").split() == [
        "a",
        "<",
        "b",
        "c",
        "<",
        "d",
    ]
