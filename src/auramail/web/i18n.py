"""Language, numbers and times as the reader of a page has them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel import Locale, dates, numbers, units
from babel.core import UnknownLocaleError
from flask import Flask, g, request

from auramail.core.costs import MILLION
from auramail.core.decisions import Money
from auramail.core.wording import Wording
from auramail.translations import LANGUAGES, catalogue

LANGUAGE_COOKIE = "language"
SECONDS_MATTER_BELOW = 600
LOCALES = {"en": Locale("en", "GB"), "uk": Locale("uk", "UA")}


def language() -> str:
    """What this reader reads: their own choice, else what their browser asks for, else English."""
    if "language" not in g:
        chosen = request.cookies.get(LANGUAGE_COOKIE, "")
        g.language = chosen if chosen in LANGUAGES else _asked_for()
    return str(g.language)


def _asked_for() -> str:
    """The first of our languages among those the browser names, by its own order; a region does not matter."""
    wanted = (tag.partition("-")[0].lower() for tag in request.accept_languages.values())
    return next((code for code in wanted if code in LANGUAGES), "en")


def locale() -> Locale:
    return LOCALES[language()]


def say(wording: Wording | None) -> str:
    """A sentence in the reader's language; nothing for nothing."""
    return wording.say(catalogue(language()).gettext) if wording and wording.text else ""


def zone() -> ZoneInfo:
    """The zone of the account in view; pages set it as `g.zone`."""
    return ZoneInfo(g.get("zone", "UTC"))


def format_time(moment: datetime | None) -> str:
    """Day and time in the reader's zone."""
    if moment is None:
        return ""
    local = moment.astimezone(zone())
    return f"{format_day(local.date())}, {format_clock(local)}"


def format_clock(local: datetime) -> str:
    return dates.format_skeleton("Hm", local.replace(tzinfo=None), locale=locale())


def format_near(moment: datetime | None, now: datetime) -> str:
    """A moment as one glances at it: the time today, the day this year, the date before that."""
    if moment is None:
        return ""
    local, today = moment.astimezone(zone()), now.astimezone(zone())
    if local.date() == today.date():
        return format_clock(local)
    return format_day(local.date(), "MMMd" if local.year == today.year else "yMMMd")


def format_day(day: date, skeleton: str = "yMMMd") -> str:
    """A day; `skeleton` names the parts shown, as Unicode's CLDR does (`yMMMd`, `MMMEd`)."""
    return dates.format_skeleton(skeleton, day, locale=locale())


def format_number(value: float | Decimal) -> str:
    return numbers.format_decimal(value, locale=locale())


def format_percent(value: float) -> str:
    """A share of 1 as whole per cent."""
    return numbers.format_percent(value, locale=locale())


def format_money(money: Money) -> str:
    """An amount in its currency; a code Unicode does not know stays a code."""
    try:
        return numbers.format_currency(money.value, money.currency, locale=locale())
    except (UnknownLocaleError, ValueError):
        return f"{money.value} {money.currency}"


def format_dollars(value: float) -> str:
    """What language models are paid in; less than a cent is said so."""
    least = Decimal("0.01")
    shown = Decimal(str(value)).quantize(least)
    return ("" if shown else "< ") + format_money(Money(max(shown, least), "USD"))


def format_micros(micros: int) -> str:
    """Millionths of a US dollar: whole cents from ten of them on, below that two figures that mean something."""
    value = Decimal(micros) / MILLION
    if abs(value) >= Decimal("0.1") or not value:
        return format_money(Money(value.quantize(Decimal("0.01")), "USD"))
    return numbers.format_currency(float(f"{value:.2g}"), "USD", locale=locale(), decimal_quantization=False)


def format_seconds(seconds: float) -> str:
    """A length of time in its two largest parts that matter: `1 hour 20 minutes`."""
    whole = round(seconds)
    hours, minutes, rest = whole // 3600, whole % 3600 // 60, whole % 60
    exact = rest if whole < SECONDS_MATTER_BELOW else 0
    parts = [(hours, "hour"), (minutes, "minute"), (exact, "second")]
    named = [amount_of(amount, unit) for amount, unit in parts if amount]
    return " ".join(named) or amount_of(0, "second")


def amount_of(amount: int, unit: str) -> str:
    """`5 min` in the reader's language, the plural right."""
    return units.format_unit(amount, unit, "short", locale=locale())


def install(app: Flask, now: Callable[[], datetime]) -> None:
    """Give templates `_()`, plurals and the formats."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # the extension adds it
        lambda text: catalogue(language()).gettext(text),
        lambda one, many, count: catalogue(language()).ngettext(one, many, count),
        newstyle=True,
    )
    app.jinja_env.globals.update(language=language)
    app.jinja_env.filters.update(
        say=say,
        time=format_time,
        near=lambda moment: format_near(moment, now()),
        day=format_day,
        number=format_number,
        percent=format_percent,
        money=format_money,
        dollars=format_dollars,
        micros=format_micros,
        seconds=format_seconds,
        iso=lambda moment: moment.astimezone(UTC).isoformat() if moment else "",
    )
