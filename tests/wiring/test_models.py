"""Language models are opened as the settings name them."""

from typing import Any

import pytest

from auramail.core.clock import SystemClock
from auramail.core.errors import NeedsPersonError
from auramail.settings import Settings, read_settings
from auramail.wiring.models import open_provider

KEY = "AIza-canary-model-key"
OWN = "http://127.0.0.1:11434/v1"


def settings(**given: Any) -> Settings:
    return read_settings(_env_file=None, **given)


@pytest.mark.parametrize(
    ("name", "given", "model", "is_cloud"),
    [
        ("gemini", {"gemini_api_key": KEY, "gemini_model": "gemini-3.8-flash"}, "gemini-3.8-flash", True),
        ("gemini", {"gemini_api_key": KEY, "gemini_base_url": "http://localhost:1"}, "gemini-3.5-flash-lite", False),
        ("gemini", {"gemini_api_key": KEY, "gemini_base_url": "https://a.example"}, "gemini-3.5-flash-lite", True),
        ("decisions", {"gemini_api_key": KEY}, "gemini-decision-1", True),
        ("decisions", {"gemini_api_key": KEY, "gemini_base_url": "http://10.0.0.7"}, "gemini-decision-1", False),
        ("openai", {"openai_base_url": OWN, "openai_model": "llama3.2"}, "llama3.2", False),
        ("openai", {"openai_base_url": "https://ai.example/v1", "openai_model": "llama3.2"}, "llama3.2", True),
    ],
)
def test_model_is_opened_and_says_whether_it_is_in_the_cloud(
    name: str, given: dict[str, str], model: str, is_cloud: bool
) -> None:
    opened = open_provider(settings(**given), name, SystemClock())

    assert (opened.name, opened.is_cloud) == (model, is_cloud)


@pytest.mark.parametrize(
    ("name", "given", "setting"),
    [
        ("gemini", {}, "GEMINI_API_KEY"),
        ("decisions", {}, "GEMINI_API_KEY"),
        ("openai", {}, "OPENAI_BASE_URL"),
        ("openai", {"openai_base_url": OWN}, "OPENAI_MODEL"),
        ("oracle", {}, "LANGUAGE_MODEL"),
    ],
)
def test_missing_setting_is_named(name: str, given: dict[str, str], setting: str) -> None:
    with pytest.raises(NeedsPersonError) as missing:
        open_provider(settings(**given), name, SystemClock())

    assert missing.value.hint is not None
    assert setting in missing.value.hint.say()


@pytest.mark.parametrize(
    "address", ["http://[x", "http://a:b", "http://a:70000", "http://a:0", "http://a..b", f"http://{'a' * 64}.example"]
)
@pytest.mark.parametrize("name", ["gemini", "openai"])
def test_address_that_is_none_is_told_before_anything_is_sent(name: str, address: str) -> None:
    given = {"gemini_api_key": KEY, "gemini_base_url": address, "openai_base_url": address, "openai_model": "m"}

    with pytest.raises(NeedsPersonError, match="_BASE_URL is not a web address"):
        open_provider(settings(**given), name, SystemClock())
