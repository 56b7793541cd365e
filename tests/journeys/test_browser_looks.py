"""Every page as it looks: to screen readers, on small screens, in both themes and languages, from our server only."""

import gzip
import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response

from tests.journeys.conftest import Product, Tab
from tests.journeys.test_browser_sample import open_sample, sort_all

pytestmark = pytest.mark.browser

PAGES = (
    "/doors", "/", "/sort", "/policy", "/rules", "/search", "/history", "/history/1", "/reports/1", "/reports/2",
    "/nowhere",
)  # fmt: skip
FIRST_PAGE_BYTES = 100_000
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module")
def sorted_product(product: Product, chromium: object) -> Product:
    """The sample after a dry run and a sort, so that every page has something to show."""
    page: Page = chromium.new_page(locale="en-GB")  # type: ignore[attr-defined]  # the browser of the session
    open_sample(page, product)
    sort_all(page, dry_run=True)
    page.goto(product.address)
    sort_all(page, dry_run=False)
    page.close()
    return product


def signed_in(tab: Tab, product: Product) -> Page:
    tab.page.goto(f"{product.address}/doors")
    tab.page.locator("section[aria-labelledby=door-sample] button").click()
    tab.page.wait_for_load_state()
    return tab.page


def look(page: Page, product: Product) -> Iterator[str]:
    """Visit page after page; then the dialogs."""
    for path in PAGES:
        page.goto(product.address + path)
        page.wait_for_load_state("networkidle")
        yield path
    page.goto(f"{product.address}/search")
    page.locator("#search-text").fill("emails from Bob Bobbington-Smythe last week before Easter")
    page.locator("#search button[type=submit]").click()
    page.wait_for_selector("#search-query")
    yield "what a search became"
    page.goto(product.address)
    page.locator("[data-opens]").first.click()
    yield "the sort dialog"
    page.goto(f"{product.address}/history")
    page.locator("#entries a").first.click()
    page.wait_for_selector("#details-dialog[open]")
    yield "an entry's dialog"


@pytest.mark.parametrize(("locale", "theme"), [("uk-UA", "dark"), ("en-GB", "light")])
def test_no_page_breaks_a_rule_of_accessibility(
    sorted_product: Product, open_tab: Callable[..., Tab], theme: str, locale: str
) -> None:
    page = signed_in(open_tab(locale=locale, color_scheme=theme, reduced_motion="reduce"), sorted_product)

    for path in look(page, sorted_product):
        found = Axe().run(page, options=WCAG | {"resultTypes": ["violations"]}).response["violations"]
        assert found == [], (
            path,
            [(one["id"], [(node["html"], node["failureSummary"]) for node in one["nodes"]]) for one in found],
        )


@pytest.mark.parametrize("width", [320, 768, 3840])
def test_no_page_is_wider_than_its_screen(sorted_product: Product, open_tab: Callable[..., Tab], width: int) -> None:
    tab = open_tab(locale="uk-UA", viewport={"width": width, "height": 800})
    page = signed_in(tab, sorted_product)

    for path in look(page, sorted_product):
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_pages_ask_nobody_else_and_break_no_policy(sorted_product: Product, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    page = signed_in(tab, sorted_product)

    for _ in look(page, sorted_product):
        pass
    page.goto(f"{sorted_product.address}/api/docs")
    page.wait_for_selector(".opblock")

    assert tab.hosts == {f"127.0.0.1:{sorted_product.port}"}
    assert [said for said in tab.complaints if "status of 404" not in said] == []


@pytest.mark.parametrize("locale", ["uk-UA", "en-GB"])
def test_the_first_page_is_light(sorted_product: Product, open_tab: Callable[..., Tab], locale: str) -> None:
    weights: dict[str, int] = {}
    page = open_tab(locale=locale).page

    def weigh(response: Response) -> None:
        if response.ok:
            weights[response.url] = len(gzip.compress(response.body(), mtime=0))

    page.on("response", weigh)
    page.goto(f"{sorted_product.address}/doors")
    page.wait_for_load_state("networkidle")

    assert any(re.search(r"/app-\w+\.js$", url) for url in weights)
    assert sum(weights.values()) <= FIRST_PAGE_BYTES
