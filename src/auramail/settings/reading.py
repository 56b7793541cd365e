"""Reading all settings at once, with every problem said together."""

from pydantic import ValidationError
from pydantic_settings import SettingsError

from auramail.core.errors import NeedsPersonError
from auramail.core.wording import Wording
from auramail.settings.models import Settings


def read_settings(**overrides: object) -> Settings:
    """Read all settings; raises NeedsPersonError naming every one that cannot be used."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]  # pydantic checks the names itself
    except SettingsError as error:  # pydantic wraps what a source raises
        if isinstance(error.__cause__, NeedsPersonError):
            raise error.__cause__ from None
        raise
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(str(part) for part in problem['loc']).upper()}: {problem['msg'].removeprefix('Value error, ')}"
            for problem in error.errors(include_input=False, include_url=False)
        )
        raise NeedsPersonError(
            Wording("Settings cannot be used: {problems}", (("problems", problems),)),
            Wording.of("Correct them in the environment or in .env; .env.example explains each."),
        ) from error
