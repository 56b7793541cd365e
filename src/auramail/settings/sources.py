"""Where settings come from besides the environment: files that hold one setting each."""

from pathlib import Path
from typing import Any

from pydantic_settings import EnvSettingsSource

from auramail.core.errors import NeedsPersonError
from auramail.core.wording import Wording


class FileSettingsSource(EnvSettingsSource):
    """Reads `NAME_FILE`: the setting's value is the content of that file, as container secrets are handed over."""

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:
        del field
        path = self.env_vars.get(f"{field_name}_file")
        if not path:
            return None, field_name, False
        try:
            return Path(path).read_text(encoding="utf-8").strip(), field_name, False
        except OSError as error:
            raise NeedsPersonError(
                Wording.of(
                    "{name}_FILE names {path}, which cannot be read: {why}",
                    name=field_name.upper(),
                    path=path,
                    why=error.strerror,
                ),
                Wording.of("Check the path and who may read it."),
            ) from error
