"""What is taken from the environment besides settings, and handed on to the product's own processes."""

import os
from collections.abc import Mapping


def reader_language(environment: Mapping[str, str] | None = None) -> str:
    """The language of a terminal, `uk` or `en`, as the environment says it (LC_ALL, LC_MESSAGES, LANG)."""
    names = os.environ if environment is None else environment
    spoken = names.get("LC_ALL") or names.get("LC_MESSAGES") or names.get("LANG") or ""
    return "uk" if spoken.lower().startswith("uk") else "en"


def child_environment(**settings: str) -> dict[str, str]:
    """The environment of a process of the product, with these settings on top of our own."""
    return {**os.environ, **settings}
