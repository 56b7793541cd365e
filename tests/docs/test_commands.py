"""Commands that the documents show run, and say what the documents say they do."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from auramail.settings import Settings, child_environment
from tools.write_docs import ROOT

CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)
SHELL = re.compile(r"^\s*(?:\$ )?auramail ([a-z]+)", re.MULTILINE)
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
NOT_SETTINGS = {
    "OAUTHLIB_INSECURE_TRANSPORT",
    "OAUTHLIB_RELAX_TOKEN_SCOPE",
    "ACTION_REQUIRED",
    "NO_ACTION",
    "NAME_FILE",
    "OLLAMA_CONTEXT_LENGTH",
}
SETTING = re.compile(r"^ *([A-Z_]{4,})=|`([A-Z]+_[A-Z_]+)[`=]", re.MULTILINE)
CHANGING = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d|\b[0-9a-f]{16}\b|\b\d+\.\d s\b|\b\d+%")
"""What differs from day to day and from training to training: times, ids, seconds, per cents."""


def examples() -> Iterator[tuple[str, str]]:
    """Each command of the README with the output shown under it."""
    for block in CONSOLE.findall((ROOT / "README.md").read_text(encoding="utf-8")):
        for part in block.split("$ ")[1:]:
            command, _, output = part.partition("\n")
            yield command, output


def pattern(output: str) -> re.Pattern[str]:
    """What the output must look like; a line of `…` stands for any lines."""
    return re.compile(re.escape(steady(output)).replace("…\\\n", r"(?:.*\n)*"))


def steady(text: str) -> str:
    """The text without what changes by itself, its columns pushed together."""
    return re.sub(r" +", " ", CHANGING.sub("#", text))


def run(arguments: str, home: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "auramail.cli", *split(arguments)],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=child_environment(AURAMAIL_HOME=str(home), LC_ALL="C.UTF-8", COLUMNS="200"),
        timeout=60,
    )
    return done.stdout


def split(arguments: str) -> list[str]:
    return [part.strip('"') for part in re.findall(r'"[^"]*"|\S+', arguments)]


def test_every_command_of_the_readme_says_what_is_shown(tmp_path: Path) -> None:
    shown = list(examples())
    assert len(shown) >= 4

    for command, output in shown:
        said = run(command.removeprefix("auramail "), tmp_path / "home")

        assert pattern(output).fullmatch(steady(said)), f"{command}\n{said}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_documents_name_only_commands_that_exist(page: Path) -> None:
    reference = (ROOT / "docs/reference/cli.md").read_text(encoding="utf-8")

    unknown = [
        name for name in SHELL.findall(page.read_text(encoding="utf-8")) if f"## auramail {name}\n" not in reference
    ]

    assert unknown == []


def test_documents_name_only_settings_that_exist() -> None:
    known = {name.upper() for name in Settings.model_fields}
    named = {name for page in PAGES for name in SETTING.findall(page.read_text(encoding="utf-8"))}

    assert {assigned or quoted for assigned, quoted in named} <= known | {
        f"{name}_FILE" for name in known
    } | NOT_SETTINGS


def test_documents_name_only_make_targets_that_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {name for page in PAGES for name in re.findall(r"`make ([a-z]+)", page.read_text(encoding="utf-8"))}

    assert {"test", "docs"} <= named
    assert named <= targets
