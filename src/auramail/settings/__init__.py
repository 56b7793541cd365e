"""Settings: typed, frozen, the only reader of the environment; every problem is reported at once with what to do."""

from auramail.settings.environment import child_environment, reader_language
from auramail.settings.models import Settings
from auramail.settings.reading import read_settings

__all__ = ["Settings", "child_environment", "read_settings", "reader_language"]
