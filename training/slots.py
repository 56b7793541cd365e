"""Draws the values of slots: names, companies, dates, sums and numbers, as each language writes them."""

import functools
import random
import string
from pathlib import Path
from typing import Final

LEXICON: Final = Path(__file__).parent / "lexicon"
_CURRENCIES: Final = {
    "uk": ("{} грн", "{} грн.", "{} UAH", "{} ₴", "₴{}", "{} гривень"),
    "en": ("${}", "£{}", "€{}", "{} USD", "GBP {}", "US${}"),
    "ru": ("{} грн", "{} руб.", "{} тенге", "{} ₽"),
    "de": ("{} €", "{} EUR", "EUR {}"),
    "pl": ("{} zł", "{} PLN"),
    "": ("{} €", "{} EUR", "€ {}"),
}
_DAYS: Final = {
    "uk": ("{d} {monthly}", "{d:02}.{m:02}.{y}", "{d} {monthly} {y} року", "{d:02}.{m:02}", "{d} {monthly} {y} р."),
    "en": ("{monthly} {d}", "{d} {monthly} {y}", "{m:02}/{d:02}/{y}", "{d} {monthly}", "{y}-{m:02}-{d:02}",
           "{monthly} {d}, {y}"),
    "ru": ("{d} {monthly}", "{d:02}.{m:02}.{y}", "{d} {monthly} {y} г."),
    "de": ("{d}. {monthly}", "{d:02}.{m:02}.{y}", "{d}. {monthly} {y}"),
    "pl": ("{d} {monthly}", "{d:02}.{m:02}.{y}", "{d} {monthly} {y} r."),
    "": ("{d:02}/{m:02}/{y}", "{d:02}.{m:02}.{y}", "{d:02}/{m:02}"),
}  # fmt: skip
_ENDINGS: Final = {
    "uk": ("com.ua", "ua", "com", "kiev.ua"),
    "de": ("de", "com"),
    "pl": ("pl", "com.pl"),
    "": ("com", "net", "co.uk", "io", "org", "com"),
}
_DEVICES: Final = (
    "iPhone",
    "Windows",
    "MacBook",
    "Chrome, Windows 10",
    "Android",
    "Linux",
    "Safari, macOS",
    "Samsung Galaxy",
)


@functools.cache
def lexicon(language: str) -> dict[str, tuple[str, ...]]:
    """Word lists by name; a language without a list of its own borrows the English one."""
    path = LEXICON / f"{language}.txt"
    words = dict(lexicon("en")) if language != "en" else {}
    if path.exists():
        for line in path.read_text("utf-8").splitlines():
            name, found, items = line.partition(":")
            if found:
                words[name] = tuple(item.strip() for item in items.split(";"))
    return words


def company(sector: str, language: str, dice: random.Random) -> tuple[str, str]:
    """A name and its domain; one in four is invented, so that no real name decides."""
    if dice.random() < 0.25:
        return invented_company(language, dice)
    if language != "en" and dice.random() < 0.2:
        language = "en"
    name, _, domain = dice.choice(lexicon(language)[sector]).partition("|")
    return name, domain


def invented_company(language: str, dice: random.Random) -> tuple[str, str]:
    core = "".join(dice.choice("bdfgklmnprstvz") + dice.choice("aeiou") for _ in range(dice.randint(2, 3)))
    core += dice.choice(("", "", "n", "x", "ris", "tek", "lia"))
    name = core.capitalize() + dice.choice(("", "", " Group", " Online", "24", " Plus", " & Co", " Pro"))
    tail = dice.choice(("", "", "", "-group", "shop", "app"))
    return name, f"{core}{tail}.{dice.choice(_ENDINGS.get(language, _ENDINGS['']))}"


def money(language: str, dice: random.Random) -> str:
    value = dice.choice((dice.uniform(3, 100), dice.uniform(50, 2000), dice.uniform(500, 90000)))
    english = language == "en"
    text = f"{value:,.2f}" if dice.random() < 0.6 else f"{value:,.0f}"
    if not english:
        text = text.replace(",", dice.choice((" ", "", " "))).replace(".", ",")
    return dice.choice(_CURRENCIES.get(language, _CURRENCIES[""])).format(text)


def day(language: str, dice: random.Random) -> str:
    months = lexicon(language)["monthly"]
    month = dice.randint(1, 12)
    form = dice.choice(_DAYS.get(language, _DAYS[""]))
    return form.format(
        d=dice.randint(1, 28), m=month, y=dice.choice((2001, 2002, *range(2004, 2028))), monthly=months[month - 1]
    )


def clock(language: str, dice: random.Random) -> str:
    hour, minute = dice.randint(7, 21), dice.choice((0, 0, 15, 30, 45, dice.randint(0, 59)))
    if language == "en" and dice.random() < 0.6:
        half = "am" if hour < 12 else "pm"
        return dice.choice((f"{(hour - 1) % 12 + 1}:{minute:02} {half.upper()}", f"{(hour - 1) % 12 + 1}{half}"))
    return f"{hour}:{minute:02}"


def slots(language: str, sender: tuple[str, str], dice: random.Random) -> dict[str, str]:
    """One value for every slot a pool may name; `sender` is the company's (or person's) name and domain."""
    words = lexicon(language)
    name, domain = sender
    number = str(dice.randint(10 ** dice.randint(3, 8), 10**9))
    values = {key: dice.choice(words[key]) for key in _PLAIN}
    shown = number if dice.random() < 0.6 else "".join(dice.choices(string.ascii_uppercase, k=2)) + "-" + number[:6]
    return values | {
        "you": dice.choice(words["vocative"]),
        "name": dice.choice(words["first"]),
        "person": f"{dice.choice(words['first'])} {dice.choice(words['last'])}",
        "company": name,
        "site": domain,
        "other": company("firm", language, dice)[0],
        "shop": company("shop", language, dice)[0],
        "bank": company("bank", language, dice)[0],
        "service": company("service", language, dice)[0],
        "money": money(language, dice),
        "money2": money(language, dice),
        "date": day(language, dice),
        "date2": day(language, dice),
        "time": clock(language, dice),
        "time2": clock(language, dice),
        "city2": dice.choice(words["city"]),
        "product2": dice.choice(words["product"]),
        "num": shown,
        "track": "".join(dice.choices(string.digits, k=dice.choice((10, 13, 14))))
        if dice.random() < 0.7
        else "RB" + "".join(dice.choices(string.digits, k=9)) + "UA",
        "code": "".join(dice.choices(string.digits, k=dice.choice((4, 5, 6, 6, 6, 8)))),
        "card": "".join(dice.choices(string.digits, k=4)),
        "pct": str(dice.choice((5, 10, 15, 20, 25, 30, 40, 50, 60, 70, 80))),
        "n": str(dice.randint(2, 30)),
        "ip": ".".join(str(dice.randint(1, 254)) for _ in range(4)),
        "device": dice.choice(_DEVICES),
        "mail": f"{dice.choice(words['email'])}@{dice.choice(('gmail.com', 'ukr.net', 'outlook.com', 'example.org'))}",
        "phone": f"+{dice.choice(('380', '44', '1', '49', '48'))} {dice.randint(10, 99)} {dice.randint(10**6, 10**7)}",
        "link": "{link}",
    }


_PLAIN: Final = ("first", "last", "city", "street", "month", "weekday", "topic", "project", "hobby", "job", "product")
