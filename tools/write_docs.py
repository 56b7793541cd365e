"""Writes the generated documents: settings, command line, `.env.example`, and the output in the path of a message."""

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tools.cli_page import cli_page
from tools.settings_page import env_example, settings_page
from tools.walk import walk

ROOT: Final = Path(__file__).parent.parent
PATH: Final = ROOT / "docs/explanation/path-of-a-message.md"
OUTPUT: Final = re.compile(r"(<!-- output: (\w+) -->\n```\w*\n).*?(\n```)", re.DOTALL)


def documents() -> dict[Path, str]:
    """Every generated document and what it should hold."""
    return {
        ROOT / ".env.example": env_example(),
        ROOT / "docs/reference/settings.md": settings_page(),
        ROOT / "docs/reference/cli.md": cli_page(),
        PATH: with_output(PATH.read_text(encoding="utf-8"), walk()),
    }


def with_output(text: str, steps: Mapping[str, str]) -> str:
    """The text with each block under `<!-- output: step -->` holding what that step gave."""
    return OUTPUT.sub(lambda found: f"{found[1]}{steps[found[2]]}{found[3]}", text)


def main() -> int:
    for path, text in documents().items():
        path.write_text(text, encoding="utf-8")
        print(f"wrote {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
