"""Time zones by the names mail uses: IANA and Windows."""

import re
from datetime import tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+-]{0,30}(?:/[A-Za-z0-9_+-]{1,30}){0,2}\Z")

# The Windows zones of the places our users' invitations come from (CLDR, windowsZones.xml).
_WINDOWS = {
    "fle standard time": "Europe/Kyiv",
    "e. europe standard time": "Europe/Chisinau",
    "gtb standard time": "Europe/Bucharest",
    "central europe standard time": "Europe/Budapest",
    "central european standard time": "Europe/Warsaw",
    "w. europe standard time": "Europe/Berlin",
    "romance standard time": "Europe/Paris",
    "gmt standard time": "Europe/London",
    "greenwich standard time": "Atlantic/Reykjavik",
    "turkey standard time": "Europe/Istanbul",
    "israel standard time": "Asia/Jerusalem",
    "russian standard time": "Europe/Moscow",
    "georgian standard time": "Asia/Tbilisi",
    "arabian standard time": "Asia/Dubai",
    "india standard time": "Asia/Kolkata",
    "china standard time": "Asia/Shanghai",
    "tokyo standard time": "Asia/Tokyo",
    "aus eastern standard time": "Australia/Sydney",
    "eastern standard time": "America/New_York",
    "central standard time": "America/Chicago",
    "mountain standard time": "America/Denver",
    "pacific standard time": "America/Los_Angeles",
    "atlantic standard time": "America/Halifax",
    "e. south america standard time": "America/Sao_Paulo",
    "utc": "UTC",
}


@lru_cache(maxsize=256)
def zone_of(name: str) -> tzinfo | None:
    """The zone of that name, or None; names come from mail and may be anything."""
    name = name.strip().strip('"')
    known = _WINDOWS.get(name.lower())
    if known is None:
        # Some programs put their own name in front: `/freeassociation.sourceforge.net/Europe/Kyiv`.
        known = "/".join(name.split("/")[-2:]) if name.startswith("/") else name
    if not _NAME.match(known):
        return None
    try:
        return ZoneInfo(known)
    except (KeyError, ValueError, OSError):
        return None
