"""What the product, Google and Gmail are told by settings."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import platformdirs
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from auramail.mail.gmail.calls import Method
from auramail.settings.sources import FileSettingsSource

Names = Annotated[tuple[str, ...], NoDecode]
UNITS_A_MESSAGE = 20
"""What Gmail's messages.get costs since May 2026."""
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class GeneralSettings(BaseSettings):
    """All settings but those of language models, from the environment, `NAME_FILE`, or a `.env` file."""

    model_config = SettingsConfigDict(
        frozen=True, env_file=".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True
    )

    auramail_home: Path = Field(
        default_factory=lambda: platformdirs.user_data_path("auramail", appauthor=False),
        description="Folder of all state: database, embedded Redis, keys, logs. Two folders are two installations.",
    )
    host: str = Field("127.0.0.1", description="Address the web server listens on.")
    port: int = Field(5000, ge=1, le=65535, description="Port the web server listens on.")
    base_uri: str = Field("", description="Public address of the product; default http://HOST:PORT.")
    debug: bool = Field(default=False, description="Readable logs on the terminal; refused in production.")
    environment: Literal["development", "production"] = Field(
        "development", description="`production` refuses to start with an unsafe setting."
    )
    language: Literal["", "uk", "en"] = Field("", description="Language of the command line; default from LANG.")

    flask_secret_key: SecretStr = Field(
        SecretStr(""), description="Signs forms; made and kept in AURAMAIL_HOME when empty."
    )
    auramail_keys: SecretStr = Field(
        SecretStr(""),
        description="Keys for stored credentials, `id:base64 of 32 bytes`, separated by commas; the first encrypts. "
        "Made and kept in AURAMAIL_HOME when empty.",
    )
    database_url: str = Field("", description="SQLAlchemy URL; default a SQLite file in AURAMAIL_HOME.")
    redis_url: str = Field("", description="Redis for jobs; empty starts an embedded one.")
    cache_redis_url: str = Field("", description="Redis for cached answers; default REDIS_URL.")
    ratelimit_storage_url: str = Field("", description="Where request limits are counted; default REDIS_URL.")
    session_idle_minutes: int = Field(60 * 24, ge=1, description="A session ends after this long without a request.")
    session_hours: int = Field(24 * 14, ge=1, description="A session ends after this long in any case.")
    allowed_emails: Names = Field(
        default=(),
        description="Who may sign in: addresses and @domains, separated by commas; empty: anyone Google lets.",
    )
    trusted_proxies: int = Field(0, ge=0, description="How many proxies in front set X-Forwarded-For and -Proto.")
    force_https: bool = Field(default=False, description="Redirect to https and send HSTS.")
    cors_origins: Names = Field(default=(), description="Origins that may call the API, separated by commas.")

    google_client_secrets_path: Path = Field(
        Path("client_secret.json"), description="OAuth client file of kind `web` from the Google console."
    )
    google_api_root_url: str = Field("https://www.googleapis.com", description="Root of Gmail, Calendar and batch.")
    google_revoke_url: str = Field("https://oauth2.googleapis.com/revoke", description="Where grants are revoked.")
    google_userinfo_url: str = Field(
        "https://openidconnect.googleapis.com/v1/userinfo",
        description="Where the signed-in person is described.",
    )
    google_jwks_url: str = Field(
        "https://www.googleapis.com/oauth2/v3/certs", description="Google's public keys for identity tokens."
    )
    google_issuers: Names = Field(
        default=("https://accounts.google.com", "accounts.google.com"),
        description="Issuers accepted in identity tokens.",
    )

    gmail_units_per_minute: int = Field(6000, ge=1, description="Gmail quota units per minute and person.")
    gmail_unit_costs: Annotated[Mapping[str, int], NoDecode] = Field(
        default={},
        description="Changes to the cost table of 2026, `method=units` separated by commas, e.g. `messages.get=5`.",
    )
    gmail_batch_size: int = Field(25, ge=1, le=100, description="Messages asked for in one batch at first.")
    gmail_batch_max: int = Field(40, ge=1, le=100, description="Most messages asked for in one batch.")
    survey_least_read: int = Field(
        3, ge=1, description="Messages of a sender to be read and found alike before a survey files others unread."
    )
    survey_spot_checks: float = Field(
        0.02, ge=0, le=1, description="Share of the messages found by a survey that are read all the same, as a check."
    )
    survey_smaller: str = Field(
        "1M", pattern=r"^[1-9]\d{0,8}[KMkm]?$", description="Only messages smaller than this are filed unread."
    )
    survey_older_than_days: int = Field(
        14, ge=1, le=9999, description="Only messages older than this are filed unread."
    )
    survey_promotions_days: int = Field(
        365, ge=0, le=9999, description="Promotions older than this may be filed as one; 0: never."
    )
    gmail_pubsub_topic: str = Field(
        "", description="Pub/Sub topic at which Gmail announces new mail, projects/…/topics/…; empty: it is asked."
    )
    gmail_pubsub_subscription: str = Field(
        "", description="Pull subscription of that topic, projects/…/subscriptions/…; empty: none is pulled."
    )
    gmail_pubsub_key_path: Path = Field(
        Path("pubsub_key.json"), description="Key file of the service account that may pull from it."
    )
    gmail_pubsub_url: str = Field("https://pubsub.googleapis.com", description="Root of Pub/Sub.")
    gmail_push_audience: str = Field(
        "", description="Audience of the push subscription's tokens; empty: /push/gmail answers nobody."
    )
    gmail_push_sender: str = Field("", description="Service account whose tokens the push subscription sends.")
    live_shortest_seconds: float = Field(
        15, ge=1, description="Seconds between two looks for new mail, where some has just come."
    )
    live_longest_seconds: float = Field(60, ge=1, description="Seconds between two looks, where nothing comes.")
    max_messages_to_process: int = Field(500, ge=1, description="Messages a run takes when no limit is given.")
    folders: Names = Field(default=("INBOX", "SPAM", "TRASH"), description="Folders a run reads, separated by commas.")
    timezone: str = Field("Europe/Kyiv", description="IANA zone for dates, unless the account has its own.")
    label_prefix: str = Field("AI_", max_length=100, description="Prefix of labels AuraMail makes; may hold a `/`.")
    max_workers: int = Field(1, ge=1, le=64, description="Worker processes `auramail up` starts.")
    retry_attempts: int = Field(5, ge=1, le=20, description="Tries of one call to Google or a model.")

    @field_validator("allowed_emails", "cors_origins", "folders", "google_issuers", mode="before")
    @classmethod
    def split_names(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("gmail_unit_costs", mode="before")
    @classmethod
    def split_costs(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return dict(part.strip().partition("=")[::2] for part in value.split(",") if part.strip())

    @field_validator("gmail_unit_costs")
    @classmethod
    def check_costs(cls, value: Mapping[str, int]) -> Mapping[str, int]:
        known = {method.google_name for method in Method}
        for name, units in value.items():
            if name not in known:
                raise ValueError(f"{name[:40]!r} is none of the methods {', '.join(sorted(known))}")
            if units < 0:
                raise ValueError(f"the cost of {name} is negative")
        return value

    @field_validator("timezone")
    @classmethod
    def check_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("is not an IANA time zone such as Europe/Kyiv") from error
        return value

    @field_validator("auramail_home", "google_client_secrets_path", "gmail_pubsub_key_path")
    @classmethod
    def expand(cls, value: Path) -> Path:
        return value.expanduser()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        del file_secret_settings
        return init_settings, env_settings, FileSettingsSource(settings_cls), dotenv_settings

    @cached_property
    def database(self) -> str:
        """The SQLAlchemy URL in use."""
        return self.database_url or f"sqlite:///{self.auramail_home / 'auramail.db'}"

    @cached_property
    def units_a_message(self) -> int:
        """What reading one message costs of Gmail's quota."""
        return self.gmail_unit_costs.get("messages.get", UNITS_A_MESSAGE)

    @cached_property
    def seconds_a_message(self) -> float:
        """How many seconds of Gmail's quota reading one message takes."""
        return self.units_a_message * 60 / self.gmail_units_per_minute

    @cached_property
    def address(self) -> str:
        """The product's own address, without a slash at the end."""
        return (self.base_uri or f"http://{self.host}:{self.port}").rstrip("/")

    @cached_property
    def is_on_this_computer(self) -> bool:
        """Whether only this computer can reach the web server, so that a page may open files on it without signing in.

        A public BASE_URI or a proxy in front means that others come in through this computer's own address.
        """
        public = urlsplit(self.base_uri).hostname if self.base_uri else None
        return (
            self.host in LOOPBACK
            and (public is None or public in LOOPBACK)
            and not self.trusted_proxies
            and self.environment == "development"
        )
