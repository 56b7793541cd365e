import pytest
from hypothesis import given
from hypothesis import strategies as st

from auramail.reading.targets import LONGEST_TARGET, is_relative, read_target


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("https://x.example/a?b=1#c", "https://x.example/a?b=1#c"),
        ("  https://x.example\n", "https://x.example"),
        ("https://x.exa\nmple/a\tb", "https://x.example/ab"),
        ("//x.example/a", "https://x.example/a"),
        ("www.x.example", "http://www.x.example"),
        ("HTTPS:\\\\x.example\\a?b=\\c", "https://x.example/a?b=\\c"),
        ("https:/x.example", "https://x.example"),
        ("https:x.example", "https://x.example"),
        # A browser reads the backslash as a slash: what follows the @ is a path, not the host.
        ("https://x.example\\@y.example", "https://x.example/@y.example"),
        ("https://pay\u200bpal.example", "https://paypal.example"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("tel:+380", "tel:+380"),
        ("java\nscript:alert(1)", "javascript:alert(1)"),
        ("\x01javascript:x", "javascript:x"),
        ("#top", "#top"),
        ("page.html", "page.html"),
        ("", ""),
        ("https://приклад.укр/шлях", "https://приклад.укр/шлях"),
    ],
)
def test_targets_are_read_as_a_browser_reads_them(written: str, target: str) -> None:
    assert read_target(written) == target


def test_relative_target_starts_from_the_base() -> None:
    assert read_target("a/b", "https://x.example/c/d") == "https://x.example/c/a/b"
    assert read_target("#top", "https://x.example") == "#top"
    assert read_target("mailto:a@b.example", "https://x.example") == "mailto:a@b.example"
    assert read_target("a", "http://[") == "a"


@pytest.mark.parametrize(("target", "relative"), [("a.html", True), ("/a", True), ("#a", False), ("x:y", False)])
def test_what_leads_nowhere_by_itself_is_relative(target: str, relative: bool) -> None:
    assert is_relative(target) is relative


@given(st.text(max_size=100), st.sampled_from(["", "https://x.example/", "http://["]))
def test_any_text_is_one_line_within_its_limit(written: str, base: str) -> None:
    target = read_target(written * 50, base)

    assert len(target) <= LONGEST_TARGET
    assert "\n" not in target
