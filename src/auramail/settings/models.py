"""Which language models there are, and how much of them may be used."""

import ipaddress
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import NoDecode

from auramail.core.costs import MILLION, Cap, TokenPrices
from auramail.settings.general import GeneralSettings

PRICES: Final = {
    "gemini-3.5-flash-lite": "0.30/2.50",
    "gemini-3.8-flash": "0.75/3.75",
    "gemini-2.5-flash": "0.30/2.50",
    "gemini-2.5-flash-lite": "0.10/0.40",
    "gemini-decision-1": "0.10/0",
}
"""As of November 2026 (https://ai.google.dev/gemini-api/docs/pricing)."""
DEAREST: Final = max(PRICES.values(), key=lambda pair: [float(price) for price in pair.split("/")][::-1])
OWN_NETWORKS: Final = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/32",
        "127.0.0.0/8",
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "169.254.0.0/16",
        "::/127",
        "fc00::/7",
        "fe80::/10",
    )
)
"""This computer and private networks; others that are not of the internet may still lead there (Teredo, NAT64)."""
MOST_CALLS: Final = 1_000_000_000
MOST_DOLLARS: Final = 1_000_000


class Settings(GeneralSettings):
    """Every setting of AuraMail, from the environment, `NAME_FILE`, or a `.env` file in the working folder."""

    language_model: Literal["", "local", "gemini", "decisions", "openai"] = Field(
        "",
        description="Who is asked about what is still unsure: `gemini`, `decisions` (Gemini's Decisions API), `openai` "
        "(any compatible server), `local` (nobody); empty: whatever there is a key or an address for.",
    )
    cloud: Literal["on", "off"] = Field("on", description="`off`: no model in the cloud is ever asked, for nobody.")
    gemini_api_key: SecretStr = Field(SecretStr(""), description="Key of the Gemini API; empty: no Gemini.")
    gemini_tier: Literal["free", "paid"] = Field(
        "free",
        description="Terms of that key. Under `free` people at Google may read what is sent and train models with it, "
        "and it may not be used for persons in the EEA, the United Kingdom and Switzerland.",
    )
    gemini_model: str = Field("gemini-3.5-flash-lite", description="Gemini model.")
    gemini_decisions_model: str = Field("gemini-decision-1", description="Model of the Decisions API.")
    gemini_base_url: str = Field("", description="Another address of the Gemini API.")
    gemini_api_version: str = Field("", description="Version of the Gemini API; empty: the client's own.")
    gemini_concurrency: int = Field(
        4, ge=1, le=64, description="Most calls to a language model under way at once, of all workers together."
    )
    openai_base_url: str = Field("", description="An OpenAI-compatible server (Ollama, llama.cpp, vLLM); empty: none.")
    openai_api_key: SecretStr = Field(SecretStr(""), description="Its key, if it wants one.")
    openai_model: str = Field("", description="Its model.")
    openai_is_cloud: Literal["auto", "yes", "no"] = Field(
        "auto", description="Whether that server is somebody else's; `auto`: unless it is in this or a private network."
    )
    max_calls_per_minute: int = Field(30, ge=1, le=100_000, description="Most calls to a language model in a minute.")
    model_calls_per_day: int = Field(500, ge=0, le=MOST_CALLS, description="Most calls to a language model in a day.")
    model_dollars_per_day: float = Field(
        1.0, ge=0, le=MOST_DOLLARS, description="Most US dollars for a language model in a day."
    )
    model_calls_per_run: int = Field(200, ge=0, le=MOST_CALLS, description="Most calls to a language model in a run.")
    model_dollars_per_run: float = Field(
        0.5, ge=0, le=MOST_DOLLARS, description="Most US dollars for a language model in a run."
    )
    model_prices: Annotated[Mapping[str, str], NoDecode] = Field(
        default={},
        description="US dollars for a million tokens sent and answered, where they differ from the table here, "
        "`model=in/out` separated by commas, e.g. `gemini-3.8-flash=0.75/3.75`.",
    )
    model_ask_below: float | None = Field(
        None,
        ge=0,
        le=1,
        description="Confidence below which a language model is asked; empty: as measured to cost least.",
    )
    model_wait_seconds: float = Field(
        20.0,
        ge=0,
        le=86_400,
        description="How long a run waits at its end for answers of a language model; what has none is asked later.",
    )
    model_keep_sent_days: int = Field(
        90,
        ge=0,
        le=36_500,
        description="For how many days a copy of what a language model was shown is kept, encrypted.",
    )
    estimate_tokens_in: int = Field(900, ge=0, description="Tokens one message sends to a model, for estimates.")
    estimate_tokens_out: int = Field(80, ge=0, description="Tokens a model answers about one message.")

    @field_validator("model_prices", mode="before")
    @classmethod
    def split_prices(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return dict(part.strip().partition("=")[::2] for part in value.split(",") if part.strip())

    @field_validator("model_prices")
    @classmethod
    def check_prices(cls, value: Mapping[str, str]) -> Mapping[str, str]:
        for name, pair in value.items():
            if _prices(pair) is None:
                raise ValueError(f"the price of {name[:40]!r} is not two numbers such as 0.30/2.50")
        return value

    def name_of(self, model: str) -> str:
        """The model that `gemini`, `decisions` or `openai` stands for; empty for anything else."""
        names = {"gemini": self.gemini_model, "decisions": self.gemini_decisions_model, "openai": self.openai_model}
        return names.get(model, "")

    def vendor_of(self, model: str) -> str:
        """Whose computers answer for `gemini`, `decisions` or `openai`: `Google`, or the host that is named instead."""
        if model == "openai":
            return _host(self.openai_base_url)
        return _host(self.gemini_base_url) if self.gemini_base_url else "Google"

    @cached_property
    def vendor(self) -> str:
        """Whose computers answer for the model in use."""
        return self.vendor_of(self.default_model)

    def prices_of(self, model: str) -> TokenPrices:
        """What a model's tokens cost; nothing where no table knows it, as on a computer of one's own.

        A Gemini model that no table knows costs as much as the dearest that one does, so that caps hold it too.
        """
        pair = self.model_prices.get(model) or PRICES.get(model) or (DEAREST if model.startswith("gemini") else "")
        return _prices(pair) or TokenPrices(0.0, 0.0)

    @cached_property
    def cap_a_day(self) -> Cap:
        return Cap(self.model_calls_per_day, round(self.model_dollars_per_day * MILLION))

    @cached_property
    def cap_a_run(self) -> Cap:
        return Cap(self.model_calls_per_run, round(self.model_dollars_per_run * MILLION))

    @cached_property
    def default_model(self) -> str:
        """Who is asked behind the local judge: `gemini`, `decisions`, `openai` or `local`."""
        if self.language_model:
            return self.language_model
        if self.gemini_api_key.get_secret_value():
            return "gemini"
        return "openai" if self.openai_base_url else "local"

    @cached_property
    def model_name(self) -> str:
        """The model asked behind the local judge, as its vendor calls it; empty: none."""
        return self.name_of(self.default_model)

    @cached_property
    def is_openai_in_the_cloud(self) -> bool:
        """Whether the OpenAI-compatible server is somebody else's computer."""
        if self.openai_is_cloud != "auto":
            return self.openai_is_cloud == "yes"
        return not _is_own(_host(self.openai_base_url))

    @cached_property
    def is_gemini_in_the_cloud(self) -> bool:
        """Whether what Gemini is asked leaves for somebody else's computer: unless another address stands in for it."""
        return not (self.gemini_base_url and _is_own(_host(self.gemini_base_url)))


def _prices(pair: str) -> TokenPrices | None:
    sent, slash, answered = pair.partition("/")
    try:
        prices = TokenPrices(float(sent), float(answered))
    except ValueError:
        return None
    return prices if slash and 0 <= prices.sent < MILLION and 0 <= prices.answered < MILLION else None


def _host(address: str) -> str:
    """The host of an address, empty if it is none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _is_own(host: str) -> bool:
    """Whether a host is this computer or in a network of one's own, told from its name alone."""
    host = host.removesuffix(".")
    if host == "localhost" or host.endswith((".localhost", ".local", ".lan", ".internal", ".home.arpa")):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host and host[:1].isalpha()  # 134744072 is 8.8.8.8
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return any(address in network for network in OWN_NETWORKS)
