"""A language model in the cloud: nothing leaves before the yes, and afterwards one can see what did."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.fakes.judging_model import FENCED, GOOD
from tests.fakes.model_server import ModelServer, Question
from tests.journeys.conftest import Product, Tab, free_port, running
from tests.journeys.test_browser_looks import WCAG, signed_in
from tests.journeys.test_browser_sample import open_sample, sort_all

pytestmark = pytest.mark.browser

WIDTHS = (320, 375, 1440)


def answer(question: Question) -> str:
    tags = [tag.strip() for _, tag, _ in FENCED.findall(question.text)]
    return json.dumps(GOOD if tags == [""] else {"answers": [{"mail": tag} | GOOD for tag in tags]})


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with ModelServer(answer) as started:
        yield started


@pytest.fixture(scope="module")
def product(server: ModelServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The product with a model that counts as somebody else's, though it is on this computer."""
    settings = {
        "OPENAI_BASE_URL": server.openai_url,
        "OPENAI_API_KEY": server.key,
        "OPENAI_MODEL": "llama3.2",
        "OPENAI_IS_CLOUD": "yes",
        "MODEL_PRICES": "llama3.2=0.30/2.50",
    }
    with running(tmp_path_factory.mktemp("home"), free_port(), **settings) as started:
        yield started


@dataclass(frozen=True, slots=True)
class Told:
    """What happened: how many questions had left before the yes, and where one sees what left afterwards."""

    product: Product
    asked_before: int
    shown: str


@pytest.fixture(scope="module")
def told(product: Product, server: ModelServer, chromium: Browser) -> Told:
    """The sample after a dry run without consent, the yes, and a sort."""
    page = chromium.new_page(locale="en-GB")
    open_sample(page, product)
    sort_all(page, dry_run=True)
    expect(page.get_by_role("heading", name="The plan")).to_be_visible()
    asked = len(server.questions)
    page.goto(f"{product.address}/model")
    page.get_by_role("button", name="Yes, it may be sent to llama3.2").click()
    expect(page.get_by_text("Allowed, from the next run on.")).to_be_visible()
    page.goto(product.address)
    sort_all(page, dry_run=False)
    expect(page.get_by_text("nothing was lost")).to_be_visible()
    shown = page.locator("section[aria-labelledby=shown] a").first.get_attribute("href")
    page.close()
    return Told(product, asked, str(shown))


def test_nothing_leaves_before_the_yes_and_then_it_can_be_looked_at(
    told: Told, server: ModelServer, open_tab: Callable[..., Tab]
) -> None:
    page = signed_in(open_tab(), told.product)

    page.goto(told.product.address + told.shown)

    assert told.asked_before == 0
    shown = page.locator("details pre").first.text_content()
    assert shown
    assert any(shown in question.text for question in server.questions)


@pytest.mark.parametrize(("locale", "theme"), [("uk-UA", "dark"), ("en-GB", "light")])
def test_its_pages_break_no_rule_of_accessibility_and_fit_every_screen(
    told: Told, open_tab: Callable[..., Tab], locale: str, theme: str
) -> None:
    page = signed_in(open_tab(locale=locale, color_scheme=theme, reduced_motion="reduce"), told.product)

    for path in ("/model", told.shown, "/report", "/"):
        page.goto(told.product.address + path)
        page.wait_for_load_state("networkidle")
        for details in page.locator("main details").all():
            details.evaluate("element => { element.open = true }")
        found = Axe().run(page, options=WCAG | {"resultTypes": ["violations"]}).response["violations"]
        assert found == [], (path, [(one["id"], [node["html"] for node in one["nodes"]]) for one in found])
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            page.wait_for_function("width => document.documentElement.scrollWidth <= width", arg=width)  # charts follow


def test_without_javascript_everything_can_be_chosen(told: Told, open_tab: Callable[..., Tab]) -> None:
    page = signed_in(open_tab(java_script_enabled=False), told.product)
    page.goto(f"{told.product.address}/model")

    page.get_by_label("An address, a @domain, or a label").fill("@clinic.example")
    page.get_by_role("button", name="Keep from the cloud").click()
    expect(page.get_by_role("button", name="Remove @clinic.example")).to_be_visible()
    page.get_by_role("button", name="Check now").click()
    expect(page.get_by_text("The model answers.")).to_be_visible()
    page.get_by_role("button", name="Turn the cloud off").click()

    expect(page.get_by_text("The cloud is off for this mailbox")).to_be_visible()
