"""Signed and encrypted mail: noted, and what is signed in the open read without its armour.

S/MIME is RFC 8551, PGP/MIME RFC 3156, the armour RFC 9580.
"""

import re

_SMIME = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_SIGNATURES = frozenset({"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})
_SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
_SIGNATURE = "-----BEGIN PGP SIGNATURE-----"
_SIGNATURE_END = "-----END PGP SIGNATURE-----"
_ENCRYPTED = "-----BEGIN PGP MESSAGE-----"
_HEADERS = re.compile(r"\A[ \t]*\n(?:[A-Z][A-Za-z-]{1,20}: [^\n]{0,200}\n){0,9}(?:[ \t]{0,9}\n)?")
_DASHED = re.compile(r"^- ", re.MULTILINE)


def seal_of(content_type: str, parameters: dict[str, str]) -> str:
    """The note a part of this type deserves: `signed`, `encrypted`, or an empty string."""
    if content_type in _SIGNATURES:
        return "signed"
    if content_type in _SMIME:
        # RFC 8551, section 3.2.2; a program that names no type most often encrypts.
        return "signed" if parameters.get("smime-type", "").lower() in {"signed-data", "certs-only"} else "encrypted"
    return "encrypted" if content_type == "application/pgp-encrypted" else ""


def without_armour(text: str) -> tuple[str, str]:
    """A text signed in the open without the lines that say so, and the note it deserves."""
    if _ENCRYPTED in text:
        return text, "encrypted"
    before, found, rest = text.partition(_SIGNED)
    if not found:
        return text, ""
    # Headers such as `Hash: SHA256`, then an empty line, then the text with its dashes escaped (RFC 9580, section 7).
    said, _, signature = _HEADERS.sub("", rest).partition(_SIGNATURE)
    after = signature.partition(_SIGNATURE_END)[2]
    return f"{before}{_DASHED.sub('', said)}{after}", "signed"
