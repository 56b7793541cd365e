"""How a model is reached, and the settings a person changes when it is not: checked before the first question."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from auramail.core.errors import NeedsPersonError
from auramail.core.wording import Wording


@dataclass(frozen=True, slots=True)
class Access:
    """A model's name, key and address (empty: the vendor's own).

    `family` begins the names of its settings: `GEMINI` has GEMINI_API_KEY, GEMINI_MODEL and GEMINI_BASE_URL.
    `named_by` is the setting with the model's name where that is another one.
    """

    family: str
    model: str
    key: str = field(repr=False)
    address: str
    named_by: str = ""

    @property
    def key_setting(self) -> str:
        return f"{self.family}_API_KEY"

    @property
    def model_setting(self) -> str:
        return self.named_by or f"{self.family}_MODEL"

    @property
    def address_setting(self) -> str:
        return f"{self.family}_BASE_URL"

    def check(self) -> None:
        """Raises NeedsPersonError for a key that no HTTP header can carry, or an address that is none."""
        if self.key and not (self.key.isascii() and self.key.isprintable() and " " not in self.key):
            raise NeedsPersonError(
                Wording.of("{setting} holds characters that no key has.", setting=self.key_setting),
                Wording.of("Copy the key again, without blanks and line breaks."),
            )
        if self.address and not is_web_address(self.address):
            raise NeedsPersonError(
                Wording.of("{setting} is not a web address.", setting=self.address_setting),
                Wording.of("It looks like http://127.0.0.1:11434/v1."),
            )


def is_web_address(text: str) -> bool:
    """Whether an HTTP client can go there: also the port and every part of the host's name are such."""
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").encode("idna")
        is_port = parts.port is None or parts.port > 0
    except ValueError:  # UnicodeError too
        return False
    return parts.scheme in {"http", "https"} and bool(host) and is_port and text.isprintable() and " " not in text
