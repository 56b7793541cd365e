"""Translations: gettext catalogues, one folder per language; English is what the code itself says."""

import gettext
from collections.abc import Callable
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "uk")


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The catalogue of a language; one that gives everything back as it is where there is none."""
    return gettext.translation("messages", Path(__file__).parent, [language], fallback=True)


def translator(language: str) -> Callable[[str], str]:
    """The function that says an English sentence in `language`, for `Wording.say`."""
    return catalogue(language).gettext
