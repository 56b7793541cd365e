"""Language models as the settings name them, bare: without limits, bills and cache."""

from auramail.core.errors import NeedsPersonError
from auramail.core.wording import Wording
from auramail.ports.models import Provider
from auramail.ports.world import Clock
from auramail.settings import Settings


def open_provider(settings: Settings, name: str, clock: Clock) -> Provider:
    """`gemini`, `decisions` or `openai`; raises NeedsPersonError, naming the setting, where one is missing or wrong."""
    from auramail.ai.access import Access

    key = settings.gemini_api_key.get_secret_value()
    if name == "gemini":
        from auramail.ai.gemini import GeminiModel

        access = Access("GEMINI", settings.gemini_model, key, settings.gemini_base_url)
        return GeminiModel(access, settings.gemini_api_version, clock, is_cloud=settings.is_gemini_in_the_cloud)
    if name == "decisions":
        from auramail.ai.decisions import DecisionsModel

        access = Access(
            "GEMINI", settings.gemini_decisions_model, key, settings.gemini_base_url, "GEMINI_DECISIONS_MODEL"
        )
        return DecisionsModel(access, clock, is_cloud=settings.is_gemini_in_the_cloud)
    if name == "openai":
        from auramail.ai.openai_compatible import OpenAICompatibleModel

        key = settings.openai_api_key.get_secret_value()
        access = Access("OPENAI", settings.openai_model, key, settings.openai_base_url)
        return OpenAICompatibleModel(access, clock, is_cloud=settings.is_openai_in_the_cloud)
    raise NeedsPersonError(
        Wording.of("There is no provider {name} of language models.", name=name),
        Wording.of("Set LANGUAGE_MODEL to gemini, decisions, openai or local."),
    )


def check_cloud(settings: Settings, provider: Provider) -> None:
    """Raises NeedsPersonError for a model in the cloud where the operator has switched that off."""
    if provider.is_cloud and settings.cloud == "off":
        raise NeedsPersonError(
            Wording.of("No language model in the cloud may be asked here."),
            Wording.of("Set CLOUD=on, or name a server of your own with OPENAI_BASE_URL."),
        )
