import pytest
from hypothesis import given
from hypothesis import strategies as st

from auramail.core.messages import Address
from auramail.reading.addresses import MOST_ADDRESSES, read_addresses


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("ana@example.org", [("ana@example.org", "")]),
        ("Ana Koval <Ana@Example.ORG>", [("ana@example.org", "Ana Koval")]),
        ('"Koval, Ana" <ana@example.org>, ben@x.ua', [("ana@example.org", "Koval, Ana"), ("ben@x.ua", "")]),
        ('"say \\"hi\\"" <a@b.c>', [("a@b.c", 'say "hi"')]),
        ("ana@example.org (Ana)", [("ana@example.org", "Ana")]),
        ("Team: ana@b.c, ben@b.c;", [("ana@b.c", ""), ("ben@b.c", "")]),
        ("undisclosed-recipients:;", []),
        ("<@relay.org:ana@b.c>", [("ana@b.c", "")]),
        ("'Ana' <mailto:ana@b.c>", [("ana@b.c", "Ana")]),
        ("Ana", [("", "Ana")]),
        ("<ana(her account)@b.c(her host)>", [("ana@b.c", "")]),
        ("Koval, Ana <ana@b.c>, Ben <ben@b.c>", [("ana@b.c", "Koval, Ana"), ("ben@b.c", "Ben")]),
        ("Ana <not an address>", [("", "Ana")]),
        ("support@bank.com <evil@phish.example>", [("evil@phish.example", "support@bank.com")]),
        ("<ana@b.c> <ben@b.c>", [("ana@b.c", "")]),
        ("ana@b.c ana2@b.c", [("ana@b.c", "ana2@b.c")]),
        ("Київенерго <info@енерго.укр>", [("info@енерго.укр", "Київенерго")]),
        ("ana@b.c.", [("ana@b.c", ".")]),
        ("", []),
        (",,;:<>()", []),
    ],
)
def test_addresses_are_read_as_meant(value: str, found: list[tuple[str, str]]) -> None:
    read = [(address.address, address.name) for address in read_addresses(value)]

    assert [(address, name.strip(".")) for address, name in read] == [
        (address, name.strip(".")) for address, name in found
    ]


def test_domain_is_what_stands_behind_the_at() -> None:
    assert read_addresses("ana@mail.example.org")[0].domain == "mail.example.org"


def test_endless_list_is_cut() -> None:
    assert len(read_addresses("a@b.c," * 10_000)) == MOST_ADDRESSES


@given(st.text(max_size=200))
def test_any_text_is_some_list_of_addresses(value: str) -> None:
    for found in read_addresses(value):
        assert isinstance(found, Address)
        assert found.address or found.name
