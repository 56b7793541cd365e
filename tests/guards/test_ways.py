"""Ways: how far a message leads away from a sender who can be trusted."""

import pytest

from auramail.core.messages import Attachment
from auramail.guards.sender import Standing
from auramail.guards.ways import is_bulk, way_on
from tests.builders import a_message

PLAIN, FACELESS, BRAND, KNOWN = Standing.PLAIN, Standing.FACELESS, Standing.BRAND, Standing.KNOWN


def lead(sender: str, link: str, stands: Standing) -> float:
    return way_on(a_message(sender=sender, links={link: "here"}), stands)


def test_the_own_site_of_a_firm_leads_less_far_than_somebody_elses() -> None:
    own = lead("Larkfield <hello@larkfield.example>", "https://larkfield.example/a", PLAIN)
    other = lead("Larkfield <hello@larkfield.example>", "https://stranger.example/a", PLAIN)
    anybodys = lead("Larkfield <hello@larkfield.example>", "https://stranger.pages.dev/a", PLAIN)

    assert own < other < anybodys


def test_the_site_of_a_sender_whose_name_and_domain_have_nothing_in_common_leads_further() -> None:
    fitting = lead("Larkfield <hello@larkfield.example>", "https://larkfield.example/a", PLAIN)
    strange = lead("Postal Office <hello@larkfield.example>", "https://larkfield.example/a", PLAIN)

    assert fitting < strange


def test_links_to_a_brands_own_sites_lead_nowhere() -> None:
    assert lead("PayPal <service@paypal.com>", "https://www.paypal.com/activity", BRAND) == 0
    assert lead("PayPal <service@paypal.com>", "https://elsewhere.example/activity", BRAND) > 0


def test_counting_clicks_through_a_mailing_firm_is_like_ones_own_site() -> None:
    counted = lead("Larkfield <hello@larkfield.example>", "https://u1.ct.sendgrid.net/ls/click?upn=1", PLAIN)

    assert counted == lead("Larkfield <hello@larkfield.example>", "https://larkfield.example/a", PLAIN)


def test_a_link_through_an_open_redirect_leads_where_it_ends() -> None:
    through = "https://www.google.com/url?q=https%3A%2F%2Fcollect.web.app%2Fx&sa=D"

    assert lead("Larkfield <hello@larkfield.example>", through, PLAIN) == lead(
        "Larkfield <hello@larkfield.example>", "https://collect.web.app/x", PLAIN
    )


def test_a_file_of_somebody_with_a_name_leads_less_far_than_one_of_nobody() -> None:
    paper = (Attachment("papers.html", "text/html", 900),)
    somebody = way_on(a_message(sender="Kim Oak <kim.oak@larkfield.example>", attachments=paper), PLAIN)
    nobody = way_on(a_message(sender="Kim Oak <kim.oak@gmail.com>", attachments=paper), FACELESS)

    assert somebody < nobody


def test_somebody_known_leads_least_of_all_who_lead_somewhere() -> None:
    assert lead("Kim <kim@larkfield.example>", "https://stranger.example/a", KNOWN) < lead(
        "Kim <kim@larkfield.example>", "https://larkfield.example/a", PLAIN
    )


@pytest.mark.parametrize(
    ("links", "headers", "bulk"),
    [
        (0, {"list-unsubscribe": "<https://x.example>"}, True),
        (0, {}, False),
        (3, {}, False),
        (20, {}, True),
    ],
)
def test_mass_mail_says_so_or_has_many_links(links: int, headers: dict[str, str], *, bulk: bool) -> None:
    many = {f"https://firm.example/{number}": "read" for number in range(links)}

    assert is_bulk(a_message(links=many, headers=headers)) is bulk


def test_some_links_and_one_to_leave_by_are_mass_mail_too() -> None:
    some = {f"https://firm.example/{number}": "read" for number in range(6)}

    assert not is_bulk(a_message(links=some))
    assert is_bulk(a_message(links=some | {"https://firm.example/unsubscribe": "leave"}))
