"""The versioned texts of prompts: a change of one is a new file, because its version stands in the journal."""

from pathlib import Path
from string import Template

FOLDER = Path(__file__).parent


def template(version: str) -> Template:
    """The text of a prompt by its version, such as `judge-2`."""
    return Template(FOLDER.joinpath(f"{version}.txt").read_text(encoding="utf-8").strip())
