import pytest

from auramail.reading.sealed import seal_of, without_armour
from tests.reading.letters import letter, multipart, read

SIGNED = """Hello list,
-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA256

Pay by Friday.
- -- one dash
-----BEGIN PGP SIGNATURE-----

iQEzBAEBCAAdFiEE
-----END PGP SIGNATURE-----
Footer."""


def test_text_signed_in_the_open_is_read_without_its_armour() -> None:
    text, note = without_armour(SIGNED)

    assert text == "Hello list,\nPay by Friday.\n-- one dash\n\nFooter."
    assert note == "signed"


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("-----BEGIN PGP MESSAGE-----\n\nhQEMA", "encrypted"),
        ("Hello.", ""),
        ("-----BEGIN PGP SIGNED MESSAGE-----", "signed"),
    ],
)
def test_text_is_noted_for_what_it_is(text: str, note: str) -> None:
    assert without_armour(text)[1] == note


@pytest.mark.parametrize(
    ("kind", "parameters", "note"),
    [
        ("application/pkcs7-mime", {"smime-type": "enveloped-data"}, "encrypted"),
        ("application/pkcs7-mime", {"smime-type": "signed-data"}, "signed"),
        ("application/x-pkcs7-mime", {}, "encrypted"),
        ("application/pgp-encrypted", {}, "encrypted"),
        ("application/pgp-signature", {}, "signed"),
        ("application/pkcs7-signature", {}, "signed"),
        ("application/pdf", {}, ""),
    ],
)
def test_parts_are_noted_for_what_they_are(kind: str, parameters: dict[str, str], note: str) -> None:
    assert seal_of(kind, parameters) == note


def test_signed_mail_is_read_as_any_other() -> None:
    signature = "Content-Type: application/pgp-signature; name=signature.asc\r\n\r\nx"
    body, kind = multipart("signed", "\r\nPay by Friday.", signature)
    parted, inline = read(letter(body, kind)), read(letter(SIGNED))

    assert (parted.text, parted.notes, parted.attachments) == ("Pay by Friday.", ("signed",), ())
    assert "Pay by Friday." in inline.text
    assert inline.notes == ("signed",)


def test_encrypted_mail_is_empty_and_says_why() -> None:
    version = "Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1"
    body, kind = multipart("encrypted", version, "Content-Type: application/octet-stream\r\n\r\nhQ")
    message = read(letter(body, kind))

    assert message.text == ""
    assert message.notes == ("encrypted",)
