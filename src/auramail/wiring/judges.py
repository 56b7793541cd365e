"""Who judges, by the settings: a model is opened only where somebody asks for it."""

from auramail.core.clock import SystemClock
from auramail.core.errors import NeedsPersonError
from auramail.flow.classify import Judges
from auramail.ports.world import LanguageModel
from auramail.settings import Settings


def open_judges(settings: Settings, model: str) -> Judges:
    """Who judges: `none` (rules, guards and headers), `local`, or `local` with `gemini` or `openai` behind it.

    A language model that cannot be opened is done without; `problem` says why.
    """
    if model == "none":
        return Judges()
    from auramail.judging.local import LocalClassifier

    judges = Judges(local=LocalClassifier.load().opinion)
    try:
        judges.model = open_model(settings, model)
    except NeedsPersonError as problem:
        judges.problem = problem
    return judges


def open_model(settings: Settings, model: str) -> LanguageModel | None:
    """The language model of that name; raises NeedsPersonError where its settings are missing."""
    from auramail.ai.window import CallWindow

    window = CallWindow(settings.max_calls_per_minute, SystemClock())
    if model == "gemini":
        from auramail.ai.gemini import GeminiModel

        return GeminiModel(
            settings.gemini_api_key.get_secret_value(), settings.gemini_model, settings.gemini_base_url, window
        )
    if model == "openai":
        from auramail.ai.openai_compatible import OpenAICompatibleModel

        return OpenAICompatibleModel(
            settings.openai_base_url, settings.openai_api_key.get_secret_value(), settings.openai_model, window
        )
    return None
