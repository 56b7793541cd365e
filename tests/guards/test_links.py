"""Links: targets that are not what they promise."""

import base64

import pytest

from auramail.core.accounts import Person
from auramail.guards.links import inspect
from tests.builders import a_message

ANA = Person(addresses=frozenset({"ana@example.com"}))


@pytest.mark.parametrize(
    ("target", "text", "least"),
    [
        ("https://evil.example/x", "https://www.privatbank.ua/login", 3.0),
        ("https://evil.example/x", "www.firm.example", 1.5),
        ("http://203.0.113.5/login", "Log in", 2.0),
        ("http://3405803781/login", "Log in", 2.0),
        ("https://bit.ly/3x", "Details", 1.0),
        ("https://accounts.google.com@evil.example/", "Check", 4.0),
        ("https://user@evil.example/", "Check", 2.0),
        ("https://evil.example:8081/x", "Check", 1.0),
        ("https://something.web.app/x", "Check", 1.0),
        ("https://docs.google.com/forms/d/1", "Check", 1.0),
        ("https://shop.top/x", "Check", 0.5),
        ("javascript:alert(1)", "Check", 4.0),
        ("data:text/html;base64,PGh0bWw+", "Check", 4.0),
        ("https://evil.example/paypal/login", "Check", 1.0),
        ("https://evil%2Eexample/x", "Check", 2.0),
        ("https://evil.example/x#ana@example.com", "Check", 2.0),
    ],
)
def test_a_crooked_link_is_seen(target: str, text: str, least: float) -> None:
    finding = inspect(a_message(links={target: text}), ANA)

    assert finding is not None
    assert finding.weight >= least


@pytest.mark.parametrize(
    ("target", "text"),
    [
        ("https://www.firm.example/a", "firm.example"),
        ("https://www.firm.example/a", "https://firm.example/a?b=1"),
        ("https://firm.example/report.pdf", "report.pdf"),
        ("https://firm.example/a", "Read more"),
        ("https://youtu.be/abc", "Watch. Now"),
        ("https://mail.google.com/a", "gmail.com"),  # both are Google's
        ("mailto:ivan@firm.example", "ivan@firm.example"),
        ("#top", "Up"),
        ("http://192.168.1.1/", "Your router"),
        ("https://firm.example:443/", "Firm"),
        ("https://[broken", "Broken"),
        ("https://firm.example:port/", "Broken"),
        ("", ""),
        ("https://firm.example/unsubscribe?e=ana@example.com", "Unsubscribe"),
    ],
)
def test_a_straight_link_is_left_alone(target: str, text: str) -> None:
    assert inspect(a_message(links={target: text}), ANA) is None


def test_a_newsletter_may_count_clicks() -> None:
    links = {"https://click.esp.example/1": "shop.example", "https://click.esp.example/2?e=ana@example.com": "Look"}
    message = a_message(sender="Shop <news@shop.example>", links=links, headers={"list-unsubscribe": "<x>"})

    assert inspect(message, ANA) is None


def test_the_senders_own_name_over_a_foreign_target_weighs_less_than_a_banks() -> None:
    own = inspect(a_message(sender="Shop <a@shop.example>", links={"https://evil.example/": "shop.example"}), ANA)
    bank = inspect(a_message(sender="Shop <a@shop.example>", links={"https://evil.example/": "privatbank.ua"}), ANA)

    assert own is not None
    assert bank is not None
    assert own.weight < bank.weight


def test_a_message_in_a_brands_name_that_leads_elsewhere_is_seen() -> None:
    finding = inspect(a_message(sender="Netflix <info@bill.example>", links={"https://bill.example/": "Pay"}), ANA)

    assert finding is not None
    assert "Netflix" in finding.evidence.say()


def test_a_message_in_a_brands_name_that_leads_to_it_is_left_alone() -> None:
    links = {"https://www.netflix.com/": "Netflix", "https://bill.example/": "Bill"}

    assert inspect(a_message(sender="Netflix <info@bill.example>", links=links), ANA) is None


def test_the_readers_address_is_found_in_base64_too() -> None:
    hidden = base64.b64encode(b"ana@example.com").decode()

    assert inspect(a_message(links={f"https://evil.example/?u={hidden}": "Open"}), ANA) is not None


def test_long_and_encoded_targets_add_to_other_signs() -> None:
    short = inspect(a_message(links={"https://shop.top/x": "a"}), ANA)
    long = inspect(a_message(links={"https://shop.top/x?" + "%41" * 300: "a"}), ANA)

    assert short is not None
    assert long is not None
    assert long.weight > short.weight


def test_no_links_no_finding() -> None:
    assert inspect(a_message(), ANA) is None
