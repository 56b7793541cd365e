"""Searching in a browser: typed, spoken to the browser's own recognition, recorded for the model, without scripts."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.fakes.model_server import ModelServer, Question
from tests.fakes.telling import part, parts
from tests.journeys.conftest import Product, Tab, free_port, running
from tests.journeys.test_browser_looks import WCAG, signed_in

pytestmark = pytest.mark.browser

SAID = "emails from my boss"
RECOGNISES = """window.SpeechRecognition = class extends EventTarget {
  start() {
    const heard = new Event("result");
    heard.results = [[{ transcript: "emails from Bob yesterday" }]];
    setTimeout(() => { this.dispatchEvent(heard); this.dispatchEvent(new Event("end")); });
  }
  stop() {}
};"""
RECORDS = """delete window.SpeechRecognition;
delete window.webkitSpeechRecognition;
navigator.mediaDevices.getUserMedia = async () => {
  const context = new AudioContext();
  const tone = context.createOscillator(), end = context.createMediaStreamDestination();
  tone.connect(end);
  tone.start();
  return end.stream;
};"""
REFUSES = """delete window.SpeechRecognition;
delete window.webkitSpeechRecognition;
navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("no", "NotAllowedError"); };"""


def mind(question: Question) -> object:
    """Hears the same in every recording, and reads `from my boss` in every request."""
    return {"text": SAID} if question.clip else parts(part("from", "boss", "from my boss"))


@pytest.fixture(scope="module")
def model() -> Iterator[ModelServer]:
    with ModelServer(mind) as server:
        yield server


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory, model: ModelServer) -> Iterator[Product]:
    home: Path = tmp_path_factory.mktemp("home")
    with running(home, free_port(), GEMINI_API_KEY=model.key, GEMINI_BASE_URL=model.gemini_url) as started:
        yield started


def opened(tab: Tab, product: Product, script: str = "") -> Page:
    page = signed_in(tab, product)
    if script:
        page.add_init_script(script)
    page.goto(f"{product.address}/search")
    page.wait_for_load_state("networkidle")
    return page


def test_words_are_typed_understood_changed_and_lead_to_gmail(product: Product, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    page = opened(tab, product)

    page.locator("#search-text").fill("unread emails from Bob")
    page.keyboard.press("Enter")
    query = page.locator("#search-query")
    expect(query).to_have_value("is:unread from:Bob")
    query.fill("from:Bob has:attachment")

    link = page.locator("#found a")
    expect(link).to_have_attribute("href", re.compile(r"#search/from%3ABob%20has%3Aattachment$"))
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    assert tab.complaints == []
    assert tab.hosts == {f"127.0.0.1:{product.port}"}


def test_what_the_browser_recognises_is_shown_and_understood(product: Product, open_tab: Callable[..., Tab]) -> None:
    page = opened(open_tab(), product, RECOGNISES)

    page.get_by_role("button", name="Speak").focus()
    page.keyboard.press("Enter")

    expect(page.locator("#found q")).to_have_text("emails from Bob yesterday")
    expect(page.locator("#search-query")).to_have_value(re.compile("^from:Bob after:"))
    expect(page.locator("#search-text")).to_have_value("emails from Bob yesterday")


def test_a_recording_is_made_by_keyboard_and_written_down(
    product: Product, open_tab: Callable[..., Tab], model: ModelServer
) -> None:
    tab = open_tab()
    page = opened(tab, product, RECORDS)
    button = page.get_by_role("button", name="Speak")

    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[x-ref=said]")).to_contain_text("Listening")
    expect(button).to_have_attribute("aria-pressed", "true")
    found = Axe().run(page, options=WCAG | {"resultTypes": ["violations"]}).response["violations"]
    page.keyboard.press("Enter")

    expect(page.locator("#found q")).to_have_text(SAID)
    expect(page.locator("#search-query")).to_have_value("from:boss")
    expect(button).to_have_attribute("aria-pressed", "false")
    assert found == []
    assert any(question.clip.startswith(b"\x1a\x45\xdf\xa3") for question in model.questions)
    assert tab.complaints == []


def test_a_microphone_that_is_refused_is_said_so(product: Product, open_tab: Callable[..., Tab]) -> None:
    page = opened(open_tab(), product, REFUSES)

    page.get_by_role("button", name="Speak").click()

    expect(page.locator("[x-ref=said]")).to_contain_text("Allow it in the address bar")


def test_without_scripts_words_are_understood_all_the_same(product: Product, chromium: Browser) -> None:
    context = chromium.new_context(locale="en-GB", java_script_enabled=False)
    page = signed_in(Tab(context.new_page()), product)
    page.goto(f"{product.address}/search")

    page.locator("#search-text").fill("unread emails from Bob")
    page.locator("#search button[type=submit]").click()
    page.locator("#search-query").fill("from:Bob is:starred")
    page.get_by_role("button", name="Check the query").click()

    assert page.locator("#search-query").input_value() == "from:Bob is:starred"
    assert "from%3ABob%20is%3Astarred" in (page.locator("#found a").get_attribute("href") or "")
    assert page.get_by_role("button", name="Speak").count() == 0
    context.close()
