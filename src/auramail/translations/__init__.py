"""Translations: gettext catalogues, one folder per language."""
