import pytest

from auramail.reading.places import find_place
from tests.reading.letters import html_letter, letter, read


def place(text: str, *headers: str) -> str | None:
    found = find_place(read(letter(text, *headers)))
    return found[0] if found else None


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("Місце: вул. Хрещатик, 22\nЧас: 10:00", "вул. Хрещатик, 22"),
        ("Where: Town Hall, room 5", "Town Hall, room 5"),
        ("Location: Café Central\nBring a pen.", "Café Central"),
        ("Початок о 10:00\nАдреса: Львів, пл. Ринок, 1", "Львів, пл. Ринок, 1"),
        ("Репетиція 17 жовтня, 18:00, зал бібліотеки. Ноти беріть свої.", "зал бібліотеки"),
        ("Збори о 19:00, хол під’їзду, вул. Липова, 12", "хол під’їзду, вул. Липова, 12"),
        ("Чекаємо за адресою: м. Київ, вул. Хрещатик, 22. Дякуємо!", "м. Київ, вул. Хрещатик, 22"),
        ("Нарада у переговорній «Дніпро» о 15:00", "переговорній «Дніпро»"),
        ("Прийом у кабінеті 214.", "кабінеті 214"),
        ("We sync in meeting room 5 today", "meeting room 5"),
        ("Приходьте на вул. Саксаганського, 10, офіс 5", "вул. Саксаганського, 10, офіс 5"),
        ("Let's meet on Thursday at 3pm at Cafe Central.", "Cafe Central"),
        ("Зустріч у п'ятницю о 18:00 в кафе «Львівське»", "«Львівське»"),
        ("Dinner with Ben at the Grand Hotel on Friday", "Grand Hotel"),
    ],
)
def test_places_are_read_as_people_write_them(text: str, where: str) -> None:
    assert place(text) == where


@pytest.mark.parametrize(
    "text",
    [
        "Let's meet at 5.",
        "Meeting at Monday's pace",
        "See you at Friday",
        "Where: https://x.example/map",
        "Address: ana@example.org",
        "Location: TBD",
        "Нараховано за адресою вул. Липова, 12, кв. 47",
        "Hello",
        "Зустріч у П'ятницю",
    ],
)
def test_what_is_no_place_is_none(text: str) -> None:
    assert place(text) is None


def test_foot_of_mass_mail_is_no_place_but_a_label_is() -> None:
    unsubscribe = "List-Unsubscribe: <https://x.example>"

    assert place("Sale!\nAddress: 12 Main St, London", unsubscribe) is None
    assert place("Concert!\nWhere: Opera House", unsubscribe) == "Opera House"


@pytest.mark.parametrize(
    "link",
    [
        "https://us02web.zoom.us/j/123456?pwd=x",
        "https://meet.google.com/abc-defg-hij",
        "https://teams.microsoft.com/l/meetup-join/19%3ax",
    ],
)
def test_video_call_is_no_place(link: str) -> None:
    assert place(f"Join: {link}") is None
    assert place("Where: Zoom") is None
    assert place(f"Where: Town Hall\nor join {link}") == "Town Hall"


def test_invitation_and_markup_come_first() -> None:
    event = "BEGIN:VEVENT\r\nUID:1\r\nLOCATION:Hall 1\r\nEND:VEVENT"
    invitation = read(letter(event, "Content-Type: text/calendar"))
    html = '<script type="application/ld+json">{{"@type":"{}","reservationFor":{{"name":"{}"}}}}</script>'

    assert find_place(invitation) == ("Hall 1", "Hall 1")
    assert find_place(read(html_letter(html.format("LodgingReservation", "Hotel Dnipro")))) == (
        "Hotel Dnipro",
        "Hotel Dnipro",
    )
    assert find_place(read(html_letter(html.format("EventReservation", "Concert")))) is None


def test_address_in_markup_is_written_out() -> None:
    html = (
        '<script type="application/ld+json">{"@type":"LodgingReservation","reservationFor":{"name":"Hotel Dnipro",'
        '"address":{"streetAddress":"Khreshchatyk 1","addressLocality":"Kyiv"}}}</script>'
    )

    assert find_place(read(html_letter(html))) == ("Khreshchatyk 1, Kyiv", "Khreshchatyk 1, Kyiv")


def test_cancelled_meeting_takes_place_nowhere() -> None:
    event = "BEGIN:VEVENT\r\nUID:1\r\nLOCATION:Hall 1\r\nEND:VEVENT"

    assert find_place(read(letter(event, "Content-Type: text/calendar; method=CANCEL"))) is None
