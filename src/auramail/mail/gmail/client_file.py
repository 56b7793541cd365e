"""The OAuth client file from the Google console (`client_secret.json`), checked so that each mistake is one line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from auramail.core.errors import NeedsPersonError
from auramail.core.wording import Wording

NEEDED = ("client_id", "client_secret", "auth_uri", "token_uri")


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """AuraMail as Google knows it: a web client with the address Google sends people back to."""

    client_id: str
    client_secret: str = field(repr=False)
    auth_uri: str
    token_uri: str
    redirect_uri: str


def read_client_file(path: Path, redirect_uri: str) -> OAuthClient:
    """Read and check the file; raises NeedsPersonError saying what to do."""
    web = _web_part(_read_object(path), path)
    missing = [name for name in NEEDED if not isinstance(web.get(name), str) or not web[name]]
    if missing:
        raise NeedsPersonError(
            Wording.of("{path} lacks {fields}.", path=path, fields=", ".join(missing)), _download_again()
        )
    for name in ("auth_uri", "token_uri"):
        if not str(web[name]).startswith(("https://", "http://")):
            raise NeedsPersonError(
                Wording.of("{name} in {path} is not a URL.", name=name, path=path), _download_again()
            )
    registered = web.get("redirect_uris")
    if not isinstance(registered, list) or redirect_uri not in registered:
        raise NeedsPersonError(
            Wording.of("Google does not know the address {uri} that it is to send people back to.", uri=redirect_uri),
            Wording.of(
                "Add {uri} to the authorised redirect URIs of the client in the Google console and download the file "
                "again, or set BASE_URI to the address that is registered.",
                uri=redirect_uri,
            ),
        )
    client_id, client_secret, auth_uri, token_uri = (str(web[name]) for name in NEEDED)
    return OAuthClient(client_id, client_secret, auth_uri, token_uri, redirect_uri)


def _read_object(path: Path) -> Mapping[str, object]:
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise NeedsPersonError(
            Wording.of("There is no Google client file at {path}.", path=path),
            Wording.of(
                "Create an OAuth client of the type web application in the Google console, save its file there, or "
                "name its place in GOOGLE_CLIENT_SECRETS_PATH."
            ),
        ) from error
    except OSError as error:
        raise NeedsPersonError(
            Wording.of("{path} cannot be read: {why}", path=path, why=error.strerror),
            Wording.of("Check the path and who may read it."),
        ) from error
    try:
        data = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise NeedsPersonError(Wording.of("{path} is not JSON.", path=path), _download_again()) from error
    if not isinstance(data, dict):
        raise NeedsPersonError(Wording.of("{path} is not a Google client file.", path=path), _download_again())
    return data


def _web_part(data: Mapping[str, object], path: Path) -> Mapping[str, object]:
    if "installed" in data:
        raise NeedsPersonError(
            Wording.of("{path} is for a desktop app; AuraMail needs a web application.", path=path),
            Wording.of("Create another OAuth client of the type web application in the Google console."),
        )
    if data.get("type") == "service_account":
        raise NeedsPersonError(
            Wording.of("{path} is the key of a service account; AuraMail needs an OAuth client.", path=path),
            Wording.of("Create an OAuth client of the type web application in the Google console."),
        )
    web = data.get("web")
    if not isinstance(web, dict):
        raise NeedsPersonError(Wording.of("{path} is not a Google client file.", path=path), _download_again())
    return web


def _download_again() -> Wording:
    return Wording.of("Download the file of the OAuth client (web application) again from the Google console.")
