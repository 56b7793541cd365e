from zoneinfo import ZoneInfo

import pytest

from auramail.reading.zones import zone_of


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Europe/Kyiv", "Europe/Kyiv"),
        (' "Europe/Kyiv" ', "Europe/Kyiv"),
        ("FLE Standard Time", "Europe/Kyiv"),
        ("pacific standard time", "America/Los_Angeles"),
        ("/example.org/Europe/Kyiv", "Europe/Kyiv"),
        ("UTC", "UTC"),
    ],
)
def test_zones_are_known_by_the_names_mail_uses(name: str, zone: str) -> None:
    assert zone_of(name) == ZoneInfo(zone)


@pytest.mark.parametrize(
    "name", ["", "Nowhere/None", "../../etc/passwd", "/etc/passwd", "Europe", "a\0b", "Київ", "x" * 1000]
)
def test_other_names_are_no_zones(name: str) -> None:
    assert zone_of(name) is None
