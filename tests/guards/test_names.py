"""Domains, brands and spelling: the knowledge the guards share."""

import pytest

from auramail.core.accounts import Person
from auramail.guards.brands import brands, labels, named_in, owner_of
from auramail.guards.domains import host_of, is_tenant, label_of, organisation, readable
from auramail.guards.sender import Standing, readers_addresses, standing
from auramail.guards.spelling import as_latin, disguised_words, is_a_slip_away, mixes_scripts, skeleton, undisguised
from tests.builders import a_message

ANA = Person(addresses=frozenset({"ana@example.com", "ana@gmail.com"}), correspondents={"ben@partner.example": 3})


@pytest.mark.parametrize(
    ("host", "registered"),
    [
        ("mail.firm.co.uk", "firm.co.uk"),
        ("WWW.PrivatBank.UA.", "privatbank.ua"),
        ("cabinet.tax.gov.ua", "tax.gov.ua"),
        ("a.b.github.io", "b.github.io"),
        ("app.firm.example", "firm.example"),
        ("localhost", "localhost"),
        ("192.0.2.1", "192.0.2.1"),
        ("com.ua", "com.ua"),
        ("", ""),
    ],
)
def test_an_organisation_is_what_somebody_registered(host: str, registered: str) -> None:
    assert organisation(host) == registered


@pytest.mark.parametrize(
    ("target", "host"),
    [
        ("https://Firm.example/x", "firm.example"),
        ("//firm.example/x", "firm.example"),
        ("https://a@firm.example:80/", "firm.example"),
        ("https://f%69rm.example/", "firm.example"),
        ("mailto:a@b.example", ""),
        ("#top", ""),
        ("https://[1", ""),
    ],
)
def test_the_host_of_a_link(target: str, host: str) -> None:
    assert host_of(target) == host


def test_punycode_is_read_where_it_can_be() -> None:
    assert readable("xn--e1afmkfd.xn--j1amh") == "пример.укр"
    assert readable("xn--broken-.com") == "xn--broken-.com"
    assert label_of("mail.firm.example") == "firm"


def test_names_anyone_may_have_are_told_from_registered_ones() -> None:
    assert is_tenant("somebody.web.app")
    assert is_tenant("docs.google.com")
    assert not is_tenant("google.com")


def test_every_brand_has_names_and_domains_and_none_is_listed_twice() -> None:
    domains = [domain for brand in brands() for domain in brand.domains]

    assert all(brand.names and brand.domains for brand in brands())
    assert len(domains) == len(set(domains))
    assert labels()["privatbank"].name == "ПриватБанк"


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("mail.google.de", "google"),
        ("paypal.com", "paypal"),
        ("google.tk", None),
        ("paypal.com.de", None),
        ("x.ua", None),
    ],
)
def test_a_brand_owns_its_domains_and_where_it_says_so_those_of_countries(host: str, key: str | None) -> None:
    owner = owner_of(host)

    assert (owner.key if owner else None) == key


def test_branches_of_a_brand_are_the_brands() -> None:
    branch, lure = owner_of("sparkasse-leipzig.de"), owner_of("sparkasse-login.de")

    assert branch is not None
    assert branch.key == "sparkasse"
    assert lure is None


def test_an_office_after_an_ordinary_word_makes_it_a_name() -> None:
    support, story = named_in("Дія.Підтримка"), named_in("Apple pie")

    assert support is not None
    assert story is None
    assert named_in("") is None


def test_disguised_words_are_seen_and_undone() -> None:
    assert disguised_words("Дoбрoгo рaнку, Вiддiл") == ["Дoбрoгo", "рaнку"]
    assert undisguised("Дoбрoгo рaнку") == "Доброго ранку"
    assert undisguised("plain") == "plain"
    assert disguised_words("plain") == []


def test_an_ordinary_word_names_a_brand_only_alone() -> None:
    assert named_in("Дія") is not None
    assert named_in("Дія і наслідки") is None
    assert named_in("Дія", whole=False) is None
    assert named_in("від ПриватБанку") is not None


@pytest.mark.parametrize(
    ("one", "other"), [("paypal", "paypall"), ("paypal", "papyal"), ("monobank", "monobonk"), ("netflix", "netfix")]
)
def test_one_slip_apart(one: str, other: str) -> None:
    assert is_a_slip_away(one, other)
    assert is_a_slip_away(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("paypal", "paypal"), ("paypal", "payroll"), ("dhl", "dpl"), ("abcdef", "badcfe")]
)
def test_not_one_slip_apart(one: str, other: str) -> None:
    assert not is_a_slip_away(one, other)


def test_letters_that_look_alike_have_one_skeleton() -> None:
    assert skeleton("rnicr0soft") == skeleton("microsoft")
    assert skeleton("раураl") == skeleton("paypal")
    assert as_latin("ПАYPÁL").endswith("aypal")
    assert mixes_scripts("pаypal")
    assert not mixes_scripts("привіт")
    assert not mixes_scripts("naïve")


@pytest.mark.parametrize(
    ("sender", "expected"),
    [
        ("Ben <ben@partner.example>", Standing.KNOWN),
        ("Colleague <olena@example.com>", Standing.KNOWN),
        ("Ana herself <ana@gmail.com>", Standing.KNOWN),
        ("Somebody <x@gmail.com>", Standing.FACELESS),
        ("Somebody <x@shop.top>", Standing.FACELESS),
        ("PayPal <x@shop.example>", Standing.FACELESS),
        ("PayPal <x@paypal.com>", Standing.BRAND),
        ("Shop <x@shop.example>", Standing.PLAIN),
    ],
)
def test_where_a_sender_stands(sender: str, expected: Standing) -> None:
    assert standing(a_message(sender=sender), ANA) is expected


def test_a_reader_nobody_knows_is_who_the_message_is_addressed_to() -> None:
    assert readers_addresses(a_message(to="who@example.net"), Person()) == {"who@example.net"}
    assert readers_addresses(a_message(to="who@example.net"), ANA) == ANA.addresses
