"""Generated documents are as fresh as what they are made from."""

from collections.abc import Callable
from pathlib import Path

import pytest

from auramail.settings import Settings
from tools.cli_page import cli_page
from tools.settings_page import env_example, settings_page
from tools.write_docs import OUTPUT, ROOT, with_output


def said(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "fresh"),
    [
        (".env.example", env_example),
        ("docs/reference/settings.md", settings_page),
        ("docs/reference/cli.md", cli_page),
    ],
)
def test_page_is_fresh(path: str, fresh: Callable[[], str]) -> None:
    assert said(path) == fresh(), "run: make docs"


def test_every_setting_is_explained() -> None:
    silent = [name for name, field in Settings.model_fields.items() if not field.description]

    assert silent == []


def test_example_holds_no_value_that_would_be_in_force() -> None:
    active = [line for line in said(".env.example").splitlines() if line and not line.startswith("#")]

    assert active == []


def test_output_stands_under_its_name_and_leaves_the_rest() -> None:
    page = "a\n<!-- output: x -->\n```json\nold\n```\nb\n"

    assert with_output(page, {"x": "new"}) == "a\n<!-- output: x -->\n```json\nnew\n```\nb\n"
    assert OUTPUT.search("```\nold\n```") is None


def test_links_between_documents_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    broken = [f"{page.relative_to(ROOT)}: {link}" for page in pages for link in links(page) if not leads(page, link)]

    assert broken == []


def links(page: Path) -> list[str]:
    parts = page.read_text(encoding="utf-8").split("](")[1:]
    return [part.split(")")[0].split("#")[0] for part in parts]


def leads(page: Path, link: str) -> bool:
    return not link or link.startswith(("http://", "https://")) or (page.parent / link).exists()
