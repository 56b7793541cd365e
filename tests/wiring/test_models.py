"""Language models are opened as the settings name them."""

from typing import Any

import pytest

from auramail.core.clock import SystemClock
from auramail.core.costs import TokenPrices
from auramail.core.errors import NeedsPersonError
from auramail.settings import Settings, read_settings
from auramail.wiring.models import open_provider
from auramail.wiring.named import adviser_named

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


@pytest.mark.parametrize(
    ("host", "is_own"),
    [
        ("localhost", True),
        ("localhost.", True),
        ("ollama", True),
        ("box.lan", True),
        ("host.docker.internal", True),
        ("127.0.0.7", True),
        ("10.1.2.3", True),
        ("192.168.1.9", True),
        ("[::1]", True),
        ("[fd12::1]", True),
        ("[::ffff:127.0.0.1]", True),
        ("[::ffff:8.8.8.8]", False),
        ("[2001:0:808:808::1]", False),
        ("[64:ff9b::808:808]", False),
        ("[2002:808:808::1]", False),
        ("134744072", False),
        ("0x8080808", False),
        ("100.64.0.1", False),
        ("box.lan.example", False),
        ("127.0.0.1.example", False),
    ],
)
def test_server_is_ones_own_only_where_its_address_can_be_nobody_elses(host: str, is_own: bool) -> None:
    given = settings(openai_base_url=f"http://{host}:1/v1", gemini_base_url=f"http://{host}:1")

    assert given.is_openai_in_the_cloud is not is_own
    assert given.is_gemini_in_the_cloud is not is_own


def test_nobody_is_named_whom_the_operator_keeps_away() -> None:
    given = settings(cloud="off", gemini_api_key=KEY, openai_base_url=OWN, openai_model="llama3.2")

    with pytest.raises(NeedsPersonError, match="cloud"), adviser_named(given, "gemini"):
        pass

    with adviser_named(given, "openai") as adviser:
        assert adviser is not None


@pytest.mark.parametrize("name", ["model_dollars_per_day", "model_dollars_per_run", "model_wait_seconds"])
@pytest.mark.parametrize("value", ["inf", "nan", "1e300", "-1"])
def test_figures_without_end_are_refused(name: str, value: str) -> None:
    with pytest.raises(NeedsPersonError, match=name.upper()):
        settings(**{name: value})


def test_gemini_that_no_table_knows_is_not_taken_for_free() -> None:
    given = settings(model_prices="gemini-9=8/9")

    assert given.prices_of("gemini-9") == TokenPrices(8, 9)
    assert given.prices_of("gemini-10") == given.prices_of("gemini-3.8-flash")
    assert given.prices_of("llama3.2").are_nothing
