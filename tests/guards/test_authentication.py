"""Authentication: only the person's own receiver is believed."""

from dataclasses import replace

import pytest

from auramail.core.accounts import Person
from auramail.core.findings import Finding
from auramail.guards.authentication import inspect
from tests.builders import a_message, gmail_says

ANA = Person(addresses=frozenset({"ana@example.com"}), correspondents={"ben@partner.example": 3})
BANK = "Bank <info@privatbank.ua>"
BEN = "Ben <ben@partner.example>"


def look(sender: str, *results: str, person: Person = ANA, **headers: str) -> Finding | None:
    """What is found with these Authentication-Results, topmost first."""
    values: dict[str, tuple[str, ...]] = {name.replace("_", "-"): (value,) for name, value in headers.items()}
    if results:
        values["authentication-results"] = results
    return inspect(replace(a_message(sender=sender), headers=values), person)


def weight(finding: Finding | None) -> float:
    return finding.weight if finding else 0.0


def test_no_header_at_all_says_nothing() -> None:
    assert look(BANK) is None


@pytest.mark.parametrize("sender", [BANK, BEN])
def test_a_proven_brand_or_correspondent_speaks_for_the_message(sender: str) -> None:
    domain = sender.rpartition("@")[2].rstrip(">")

    assert weight(look(sender, gmail_says("pass", domain))) <= -3


def test_a_proven_stranger_says_nothing() -> None:
    assert look("Shop <news@shop.example>", gmail_says("pass", "shop.example")) is None


def test_a_forged_brand_is_seen_and_named() -> None:
    finding = look(BANK, gmail_says("fail", "privatbank.ua"))

    assert finding is not None
    assert finding.weight > 3
    assert "info@privatbank.ua" in finding.evidence.say()


def test_a_forged_pass_below_the_receivers_own_header_is_ignored() -> None:
    finding = look(BANK, gmail_says("fail", "privatbank.ua"), gmail_says("pass", "privatbank.ua"))

    assert weight(finding) > 3


def test_a_pass_of_another_server_is_ignored() -> None:
    assert look(BANK, gmail_says("pass", "privatbank.ua").replace("mx.google.com", "mx.attacker.example")) is None


def test_a_pass_in_gmails_name_counts_only_where_gmail_took_the_message_in() -> None:
    passed = gmail_says("pass", "privatbank.ua")

    assert look(BANK, passed, received="from evil (evil [192.0.2.1]) by mail.firm.example with SMTP") is None
    assert weight(look(BANK, passed, received="by 2002:a05:6a10:1234 with SMTP id x1")) < 0
    assert weight(look(BANK, passed, received="from a (a [192.0.2.1]) by mx.google.com with ESMTPS")) < 0


def test_the_header_of_the_persons_own_server_is_believed() -> None:
    passed = gmail_says("pass", "privatbank.ua").replace("mx.google.com", "mx1.example.com")

    assert weight(look(BANK, passed)) < 0


def test_the_header_of_the_server_that_took_it_in_is_believed() -> None:
    results = "mail.host.example 1; spf=fail smtp.mailfrom=privatbank.ua; dmarc=fail header.from=privatbank.ua"

    assert weight(look(BANK, results, received="from x by mail.host.example (Postfix)")) > 3


def test_without_dmarc_an_aligned_signature_proves_the_sender() -> None:
    assert weight(look(BANK, "mx.google.com; dkim=pass header.d=mail.privatbank.ua; spf=neutral")) < 0


def test_a_signature_of_somebody_else_does_not() -> None:
    finding = look(BANK, "mx.google.com; dkim=pass header.d=sender.example; spf=pass smtp.mailfrom=sender.example")

    assert weight(finding) > 0


@pytest.mark.parametrize("results", ["spf=fail", "spf=softfail", "spf=none; dkim=fail", "dmarc=fail"])
def test_failures_of_a_stranger_weigh_less_than_of_a_brand(results: str) -> None:
    stranger = look("Shop <news@shop.example>", f"mx.google.com; {results}")
    brand = look(BANK, f"mx.google.com; {results}")

    assert 0 < weight(stranger) < weight(brand)


def test_a_stranger_without_any_result_is_no_suspect() -> None:
    assert look("Shop <news@shop.example>", "mx.google.com; spf=none; dkim=none") is None


def test_forwarders_and_lists_that_break_signatures_are_no_suspects() -> None:
    forwarded = gmail_says("fail", "privatbank.ua") + "; arc=pass (i=1)"

    assert look(BANK, forwarded) is None
    assert look(BANK, gmail_says("fail", "privatbank.ua"), list_id="<talk.example.org>") is None


def test_services_that_pass_on_what_strangers_type_vouch_for_nothing() -> None:
    shared = look("Docs <drive-shares-dm-noreply@google.com>", gmail_says("pass", "google.com"))
    own = look("Google <no-reply@google.com>", gmail_says("pass", "google.com"))

    assert shared is None
    assert weight(own) < 0


@pytest.mark.parametrize("results", ["", ";;;", "mx.google.com", "mx.google.com; nonsense; spf=", "(((("])
def test_a_broken_header_breaks_nothing(results: str) -> None:
    assert look("Shop <news@shop.example>", results) is None


def test_a_message_without_a_sender_is_passed_over() -> None:
    assert look("", gmail_says("fail", "x.example")) is None
