"""A stranger with the sample mailbox: a dry run, a sort, the reasons, and all of it taken back."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Product, Tab, free_port, running

pytestmark = pytest.mark.browser


def open_sample(page: Page, product: Product) -> None:
    page.goto(f"{product.address}/doors")
    page.get_by_role("button", name="Open the sample").click()
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()


def sort_all(page: Page, *, dry_run: bool) -> None:
    page.get_by_role("link", name="Sort mail…").first.click()
    dialog = page.get_by_role("dialog", name="Sort mail")
    if dry_run:
        dialog.get_by_label("Dry run").check()
    dialog.get_by_role("button", name="Start").click()
    page.wait_for_url(re.compile(r"/reports/\d+$"))


@pytest.fixture
def new_product(tmp_path: Path) -> Iterator[Product]:
    """The product as it is on its first day."""
    with running(tmp_path, free_port()) as started:
        yield started


def test_a_sort_is_tried_done_explained_and_taken_back(new_product: Product, open_tab: Callable[..., Tab]) -> None:
    product, tab = new_product, open_tab()
    page = tab.page
    open_sample(page, product)
    before = product.labels()

    sort_all(page, dry_run=True)
    expect(page.get_by_role("heading", name="The plan")).to_be_visible()
    assert product.labels() == before

    page.goto(product.address)
    sort_all(page, dry_run=False)
    expect(page.get_by_text("nothing was lost")).to_be_visible()
    changed = product.labels()
    assert changed != before

    page.get_by_role("link", name="History", exact=True).click()
    page.get_by_role("searchbox").fill("RIVERSIDE")
    page.get_by_role("button", name="Search", exact=True).click()
    page.locator("#entries a").first.click()
    expect(page.get_by_role("dialog").get_by_role("heading", name="Why")).to_be_visible()
    page.keyboard.press("Escape")

    page.goto(f"{product.address}/report")
    page.get_by_role("button", name="Undo this run").click()
    page.wait_for_url(re.compile(r"/reports/3$"))
    assert product.labels() == before
    assert tab.complaints == []
    assert tab.hosts == {f"127.0.0.1:{product.port}"}


def test_one_message_is_taken_back_in_the_list(product: Product, open_tab: Callable[..., Tab]) -> None:
    page = open_tab().page
    open_sample(page, product)
    page.goto(f"{product.address}/sort")
    page.get_by_text("Only some of the messages").click()
    page.get_by_label("Also what was sorted before and undone").check()
    page.get_by_role("button", name="Start").click()
    page.get_by_role("link", name="See the report").click()

    page.goto(f"{product.address}/history?state=applied")
    row = page.locator("#entries > li").first
    row.get_by_role("button", name="Undo").click()

    expect(row.get_by_text("Undone", exact=True)).to_be_visible(timeout=15_000)


def test_everything_works_without_scripts(product: Product, open_tab: Callable[..., Tab]) -> None:
    page = open_tab(java_script_enabled=False).page
    open_sample(page, product)

    page.get_by_role("link", name="Sort mail…").first.click()
    page.get_by_text("Only some of the messages").click()
    page.get_by_label("Subject").fill("the")
    page.get_by_label("Also what was sorted before and undone").check()
    page.get_by_role("button", name="Start").click()
    page.get_by_role("link", name="See the report").click(timeout=30_000)  # the page reloads itself
    expect(page.get_by_role("heading", name="Receipt")).to_be_visible()

    page.get_by_role("link", name="History", exact=True).click()
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_role("link", name="See the report")).to_be_visible(timeout=15_000)


def test_the_dialog_belongs_to_the_keyboard(product: Product, open_tab: Callable[..., Tab]) -> None:
    page = open_tab().page
    open_sample(page, product)
    opener = page.get_by_role("link", name="Sort mail…").first

    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Sort mail")
    expect(dialog).to_be_visible()
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("Escape")

    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_the_theme_changes_at_once_and_stays(product: Product, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(color_scheme="light")
    page = tab.page
    open_sample(page, product)

    page.get_by_label("Language and appearance").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.wait_for_load_state("networkidle")
    page.reload()

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"
    assert tab.complaints == []


def test_a_run_is_followed_without_its_stream(product: Product, open_tab: Callable[..., Tab]) -> None:
    page = open_tab().page
    page.route("**/events", lambda route: route.abort())
    open_sample(page, product)

    sort_all(page, dry_run=True)

    expect(page.get_by_role("heading", name="Receipt")).to_be_visible()
