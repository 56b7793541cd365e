"""The sender's standing, and whether name and address go together."""

import pytest

from auramail.core.accounts import Person
from auramail.guards.domains import landing_of, lures_of
from auramail.guards.sender import Standing, goes_with_name, is_put_together, standing
from tests.builders import a_message

ANA = Person(addresses=frozenset({"ana@example.com"}), correspondents={"ben@partner.example": 3})


@pytest.mark.parametrize(
    ("sender", "stands"),
    [
        ("Ben <ben@partner.example>", Standing.KNOWN),
        ("Colleague <kim@example.com>", Standing.KNOWN),
        ("PayPal <service@paypal.com>", Standing.BRAND),
        ("Office <info@city.gov.pl>", Standing.BRAND),
        ("Larkfield <hello@larkfield.example>", Standing.PLAIN),
        ("Somebody <somebody@gmail.com>", Standing.FACELESS),
        ("Укрпошта <info@larkfield.example>", Standing.FACELESS),
        ("Customer care <x@parcel-refund.example>", Standing.FACELESS),
        ("Larkfield <hello@larkfield.top>", Standing.FACELESS),
        ("UKR.NET <support@ukr.net>", Standing.BRAND),
        ("UKR.NET <kim81@ukr.net>", Standing.FACELESS),
    ],
)
def test_the_address_says_where_the_sender_stands(sender: str, stands: Standing) -> None:
    assert standing(a_message(sender=sender), ANA) is stands


def test_where_the_reader_is_unknown_the_domain_written_to_is_their_own() -> None:
    assert standing(a_message(sender="Kim <kim@firm.example>", to="ana@firm.example"), Person()) is Standing.KNOWN


@pytest.mark.parametrize(
    ("sender", "fits"),
    [
        ("Кав'ярня Зерно <hi@zerno.example>", True),
        ("Zelena Hata <shop@zelenahata.example>", True),
        ("Ганна Лис <hanna.lys@gmail.com>", True),
        ("ING <info@ing.example>", True),
        ("<nobody@firm.example>", True),
        ("Director <kitten77@gmail.com>", False),
        ("National Bank <info@kitten.example>", False),
    ],
)
def test_name_and_address_go_together_if_they_share_a_word(sender: str, *, fits: bool) -> None:
    assert goes_with_name(a_message(sender=sender)) is fits


@pytest.mark.parametrize(
    ("host", "lures"),
    [
        ("verify-konto.example", ("verify", "konto")),
        ("mail.parcel-blue.example", ("parcel",)),
        ("taxrefund.example", ("taxrefund",)),
        ("oplata-hub.com.ua.online", ("oplata",)),
        ("larkfield.example", ()),
        ("banksia.example", ()),
    ],
)
def test_luring_parts_of_a_registered_name_are_found(host: str, lures: tuple[str, ...]) -> None:
    assert lures_of(host) == lures


def test_a_luring_word_beside_the_senders_own_name_is_no_lure() -> None:
    assert not is_put_together(a_message(sender="Bank Okean <alerts@bank-okean.example>"))
    assert is_put_together(a_message(sender="Customer care <alerts@bank-okean.example>"))


@pytest.mark.parametrize(
    ("target", "landing"),
    [
        ("https://www.google.com/url?q=https%3A%2F%2Fx.example%2Fa&sa=D", "https://x.example/a"),
        ("https://www.youtube.com/redirect?q=https://x.example/a", "https://x.example/a"),
        ("https://www.bing.com/ck/a?u=a1aHR0cHM6Ly94LmV4YW1wbGUvYQ", "https://x.example/a"),
        ("https://www.bing.com/ck/a?u=a1!!!", "https://www.bing.com/ck/a?u=a1!!!"),
        ("https://firm.example/?back=https://x.example/a", "https://firm.example/?back=https://x.example/a"),
        ("https://www.google.com/maps", "https://www.google.com/maps"),
    ],
)
def test_a_link_through_a_redirecting_site_lands_where_it_names(target: str, landing: str) -> None:
    assert landing_of(target) == landing
